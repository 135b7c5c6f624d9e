import { runAsProcess } from './cli/tool.ts';
import { paleoOpt } from './opt/command.ts';

void runAsProcess(paleoOpt);
