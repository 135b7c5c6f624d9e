/** Commands of several commands, the first word saying which. */
import { closest, type OptionSpecs } from './options.ts';
import { exitCode, packageVersion, runTool, type Tool, type ToolStreams } from './tool.ts';

/** A command of several. */
export interface Subcommands {
  readonly name: string;
  readonly summary: string;
  /** The commands by the word that asks for them. */
  readonly commands: Readonly<Record<string, Tool<OptionSpecs>>>;
}

const help = ({ name, summary, commands }: Subcommands): string => {
  const width = Math.max(...Object.keys(commands).map((word) => word.length)) + 2;
  const lines = Object.entries(commands).map(([word, command]) => `  ${word.padEnd(width)}${command.summary}`);
  return [`${name}: ${summary}`, '', `usage: ${name} COMMAND …`, '', 'commands:', ...lines, ''].join('\n');
};

/** Runs the command that the first argument names on the others; gives its exit code. */
export async function runSubcommand(of: Subcommands, args: readonly string[], streams: ToolStreams): Promise<number> {
  const [word, ...rest] = args;
  const command = word !== undefined && Object.hasOwn(of.commands, word) ? of.commands[word] : undefined;
  if (command) return runTool(command, rest, streams);
  if (word === '--help' || word === '-h') streams.out(help(of));
  else if (word === '--version') streams.out(`${of.name} (paleozoic) ${packageVersion()}\n`);
  else {
    const near = word === undefined ? undefined : closest(word, Object.keys(of.commands));
    const what = word === undefined ? 'needs a command' : `unknown command '${word}'`;
    streams.err(`${of.name}: ${what}${near ? `; did you mean '${near}'?` : ''}\nsee '${of.name} --help'\n`);
    return exitCode.usage;
  }
  return exitCode.done;
}
