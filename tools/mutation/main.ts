import { fileURLToPath } from 'node:url';
import { runAsProcess } from '../cli/tool.ts';
import { mutateCommand } from './command.ts';

await runAsProcess(mutateCommand(process.env['MUTATION_ROOT'] ?? fileURLToPath(new URL('../..', import.meta.url))));
