import { runAsProcess } from './cli/tool.ts';
import { paleoReduce } from './reduce/command.ts';

void runAsProcess(paleoReduce);
