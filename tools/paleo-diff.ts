import { runAsProcess } from './cli/tool.ts';
import { paleoDiff } from './diff/command.ts';

void runAsProcess(paleoDiff);
