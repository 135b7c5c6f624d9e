import { runAsProcess } from './cli/tool.ts';
import { paleoRun } from './run/command.ts';

await runAsProcess(paleoRun);
