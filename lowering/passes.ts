/** Every pass that pipelines may name. Membership is this list. */
import { cse, dce, type Pass, symbolDce } from '../rewrite/index.ts';
import { mlu100 } from '../target-mlu/index.ts';
import { hardwarePasses } from './compile.ts';

/** The passes of paleozoic, for the `mlu100`. */
export const allPasses: readonly Pass[] = [cse, dce, symbolDce, ...hardwarePasses(mlu100)] as unknown as readonly Pass[];
