import { demo } from './demo/command.ts';
import { runAsProcess } from './cli/tool.ts';

await runAsProcess(demo);
