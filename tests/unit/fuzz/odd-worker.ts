/** The program of the workers of `odd-campaign.ts`; the test bundles it, as a thread runs no TypeScript. */
import { work } from '../../../tools/fuzz/worker.ts';
import { oddCampaign } from './odd-campaign.ts';

work([oddCampaign]);
