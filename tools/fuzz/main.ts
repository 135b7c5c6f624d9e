import { isMainThread } from 'node:worker_threads';
import { runAsProcess } from '../cli/tool.ts';
import { fuzzCommand } from './command.ts';
import { checkEachCampaign } from './check-each/campaign.ts';
import { nativeCampaign } from './native/campaign.ts';
import { onnxCampaign } from './onnx/campaign.ts';
import { passesCampaign } from './passes/campaign.ts';
import { textCampaign } from './text/campaign.ts';
import { work } from './worker.ts';

const campaigns = [textCampaign, passesCampaign, checkEachCampaign, nativeCampaign, onnxCampaign];
if (isMainThread) await runAsProcess(fuzzCommand(campaigns, new URL(import.meta.url)));
else work(campaigns);
