import { runAsProcess } from './cli/tool.ts';
import { paleoRun } from './run/command.ts';

void runAsProcess(paleoRun);
