import { runAsProcess } from './cli/tool.ts';
import { paleoTranslate } from './translate/command.ts';

await runAsProcess(paleoTranslate);
