import { runSubcommand } from './cli/subcommands.ts';
import { asProcess } from './cli/tool.ts';
import { paleoDiff } from './diff/command.ts';

void asProcess((args, streams) => runSubcommand(paleoDiff, args, streams));
