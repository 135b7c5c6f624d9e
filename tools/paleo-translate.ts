import { runAsProcess } from './cli/tool.ts';
import { paleoTranslate } from './translate/command.ts';

void runAsProcess(paleoTranslate);
