import { demo } from './demo/command.ts';
import { runAsProcess } from './cli/tool.ts';

void runAsProcess(demo);
