/** What every command does alike: help, version, diagnostics, exit codes, closed pipes. */
import { readFileSync } from 'node:fs';
import { DiagnosticError, formatDiagnostic } from '../../ir/index.ts';
import { parseCommandLine, type CommandLine, helpText, type OptionSpecs, UsageError } from './options.ts';

/** Exit codes: 0 done, 1 a diagnostic, 2 wrong usage, 3 not supported, 4 a bug of ours. */
export const exitCode = { done: 0, diagnostic: 1, usage: 2, unsupported: 3, bug: 4 } as const;

/** Where a command reads and writes. */
export interface ToolStreams {
  out(text: string | Uint8Array): void;
  err(text: string): void;
}

/** The lines of the files that were read, for source frames. */
export class Sources {
  private readonly texts: Map<string, Uint8Array | string>;
  constructor() {
    this.texts = new Map();
  }
  /** Remembers a text under the name that its locations have. */
  add(file: string, text: Uint8Array | string): void {
    this.texts.set(file, text);
  }
  /** A line of a file, without what ends it. */
  line(file: string, line: number): string | undefined {
    const text = this.texts.get(file);
    if (text === undefined) return undefined;
    const whole = typeof text === 'string' ? text : new TextDecoder().decode(text);
    return whole.split('\n')[line - 1]?.replace(/\r$/, '');
  }
}

/** Names that are options as well, and what they are the names of. */
export interface ExtraOptions {
  readonly names: readonly string[];
  readonly what: string;
}

/** A command: its options, and what it does. */
export interface Tool<S extends OptionSpecs> {
  readonly name: string;
  readonly summary: string;
  readonly usage: readonly string[];
  readonly options: S;
  /** Further options that are names of something, such as passes; asked for when there is an option that is not declared. */
  extra?(args: readonly string[]): Promise<ExtraOptions>;
  /** What stands below the options on the help page. */
  readonly notes?: string | (() => Promise<string>);
  /** Gives the exit code. */
  run(command: CommandLine<S>, streams: ToolStreams, sources: Sources): number | Promise<number>;
}

/** Declares a command. */
export const tool = <const S extends OptionSpecs>(declared: Tool<S>): Tool<S> => declared;

const common: OptionSpecs = {
  help: { kind: 'flag', doc: 'show this page', short: 'h' },
  version: { kind: 'flag', doc: 'show the version' },
  debug: { kind: 'flag', doc: 'show stack traces of internal errors', hidden: true },
};

/** The version of the package, found above the running file. */
export function packageVersion(): string {
  for (const up of ['../../package.json', '../../../package.json', '../package.json']) {
    try {
      const found = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as {
        name?: string;
        version?: string;
      };
      if (found.name === 'paleozoic') return found.version ?? 'unknown';
    } catch {
      // Not there: the file may lie at another depth in a bundle.
    }
  }
  return 'unknown';
}

/** Reads the arguments; what is not declared may be one of the extra names, which are loaded then. */
async function commandLine<S extends OptionSpecs>(
  of: Tool<S>,
  args: readonly string[],
): Promise<CommandLine<S & typeof common>> {
  const specs = { ...common, ...of.options } as S & typeof common;
  try {
    return parseCommandLine(args, specs);
  } catch (error) {
    if (!(error instanceof UsageError) || !of.extra) throw error;
    return parseCommandLine(args, specs, await of.extra(args));
  }
}

/** Runs a command on arguments and gives its exit code; reports everything that goes wrong. */
export async function runTool<S extends OptionSpecs>(
  of: Tool<S>,
  args: readonly string[],
  streams: ToolStreams,
): Promise<number> {
  const sources = new Sources();
  const debug = args.includes('--debug');
  try {
    const command = await commandLine(of, args);
    if (command.options['help']) {
      const notes = typeof of.notes === 'function' ? await of.notes() : (of.notes ?? '');
      streams.out(helpText(of.name, of.summary, of.usage, { ...of.options, ...common }, notes));
      return exitCode.done;
    }
    if (command.options['version']) {
      streams.out(`${of.name} (paleozoic) ${packageVersion()}\n`);
      return exitCode.done;
    }
    return await of.run(command as unknown as CommandLine<S>, streams, sources);
  } catch (error) {
    if (error instanceof UsageError) {
      streams.err(`${of.name}: ${error.message}\nsee '${of.name} --help'\n`);
      return exitCode.usage;
    }
    if (error instanceof DiagnosticError) {
      for (const diagnostic of error.diagnostics)
        streams.err(`${formatDiagnostic(diagnostic, (file, line) => sources.line(file, line))}\n`);
      return exitCode.diagnostic;
    }
    if (isFileError(error)) {
      streams.err(`${of.name}: error: ${fileErrorText(error)}\n`);
      return exitCode.diagnostic;
    }
    streams.err(`${of.name}: internal error: ${error instanceof Error ? error.message : String(error)}\n`);
    streams.err(
      debug && error instanceof Error
        ? `${error.stack}\n`
        : `this is a bug; please report it with the input and the output of --debug\n`,
    );
    return exitCode.bug;
  }
}

interface FileError extends Error {
  readonly code: string;
  readonly path?: string;
}
const fileCodes = [
  'ENOENT',
  'EACCES',
  'EISDIR',
  'ENOTDIR',
  'EPERM',
  'ENOSPC',
  'EROFS',
  'ERR_FS_FILE_TOO_LARGE',
  'ENAMETOOLONG',
];
const isFileError = (error: unknown): error is FileError =>
  error instanceof Error && 'code' in error && fileCodes.includes(String((error as FileError).code));
function fileErrorText(error: FileError): string {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or directory',
    EACCES: 'permission denied',
    EISDIR: 'is a directory',
    ENOTDIR: 'not a directory',
    ENOSPC: 'no space left',
    EROFS: 'read-only file system',
    ERR_FS_FILE_TOO_LARGE: 'larger than 2 GiB',
  };
  return `cannot open '${error.path ?? 'file'}': ${reasons[error.code] ?? error.code}`;
}

/** Runs something as the process: its arguments, its streams, its exit code. A closed pipe ends it quietly. */
export async function asProcess(of: (args: readonly string[], streams: ToolStreams) => Promise<number>): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCode.done);
    throw error;
  });
  process.exitCode = await of(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  });
}

/** Runs a command as the process. */
export const runAsProcess = <S extends OptionSpecs>(of: Tool<S>): Promise<void> =>
  asProcess((args, streams) => runTool(of, args, streams));
