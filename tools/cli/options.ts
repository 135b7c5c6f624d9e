/** Command-line options as declarations: parsing, help and errors come from the same table. */
import { parseArgs } from 'node:util';

/** One option. A `flag` takes no value, a `value` one, an `optional` one after `=` or none, a `list` may be repeated. */
export interface OptionSpec {
  readonly kind: 'flag' | 'value' | 'optional' | 'list';
  /** What an `optional` without a value means. */
  readonly implied?: string;
  readonly doc: string;
  /** What the value is called in help. */
  readonly metavar?: string;
  readonly short?: string;
  /** Left out of help; kept for habit. */
  readonly hidden?: boolean;
}
/** Options by their names without dashes. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;
/** What was given: values by option name. */
export type OptionValues<S extends OptionSpecs> = {
  readonly [K in keyof S]: S[K]['kind'] extends 'flag'
    ? boolean
    : S[K]['kind'] extends 'list'
      ? readonly string[]
      : string | undefined;
};

/** The command was not used as it is meant; exit code 2. */
export class UsageError extends Error {}

/** An option and its value in the order in which they were written. */
export interface WrittenOption {
  readonly name: string;
  readonly value: string | undefined;
}

/** A parsed command line. */
export interface CommandLine<S extends OptionSpecs> {
  readonly options: OptionValues<S>;
  readonly files: readonly string[];
  /** Options that `extra` accepted, in the order written: the passes of a pipeline. */
  readonly extras: readonly WrittenOption[];
}

const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] as number) + 1,
        (next[j - 1] as number) + 1,
        (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] as number;
};

/** The known name that is closest to a mistyped one. */
export function closest(wrong: string, known: readonly string[]): string | undefined {
  const best = [...known].sort((a, b) => distance(wrong, a) - distance(wrong, b))[0];
  return best !== undefined && distance(wrong, best) <= Math.max(2, wrong.length / 3) ? best : undefined;
}

/** Long options may be written with one dash, as in LLVM's tools. */
const withTwoDashes = (argument: string, specs: OptionSpecs): string =>
  /^-[A-Za-z][\w-]/.test(argument) && !Object.values(specs).some((spec) => spec.short === argument.slice(1))
    ? `-${argument}`
    : argument;

/** Reads arguments; throws a `UsageError` that names the option and what would be right. */
export function parseCommandLine<const S extends OptionSpecs>(
  args: readonly string[],
  specs: S,
  extra: { readonly names: readonly string[]; readonly what: string } = { names: [], what: 'option' },
): CommandLine<S> {
  const { tokens } = parseArgs({
    args: args.map((argument) => withTwoDashes(argument, specs)),
    options: Object.fromEntries(
      Object.entries(specs).flatMap(([name, spec]) => {
        const type = spec.kind === 'flag' || spec.kind === 'optional' ? ('boolean' as const) : ('string' as const);
        const short = spec.short ? { short: spec.short } : {};
        return [
          [name, { type, ...short }],
          ...(name.startsWith('mlir-') ? [[name.slice('mlir-'.length), { type }]] : []),
        ];
      }),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, boolean | string | string[]> = {};
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.kind === 'flag') values[name] = false;
    else if (spec.kind === 'list') values[name] = [];
  }
  const files: string[] = [];
  const extras: WrittenOption[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') files.push(token.value);
    if (token.kind !== 'option') continue;
    // Upstream's options may be written without the prefix that most of them have.
    const name = specs[token.name] || !specs[`mlir-${token.name}`] ? token.name : `mlir-${token.name}`;
    const spec = specs[name];
    if (!spec) {
      if (!extra.names.includes(token.name)) {
        const near = closest(token.name, [...Object.keys(specs), ...extra.names]);
        throw new UsageError(`unknown ${extra.what} '${token.rawName}'${near ? `; did you mean '--${near}'?` : ''}`);
      }
      extras.push({ name: token.name, value: token.value });
    } else if (spec.kind === 'flag') {
      if (token.value !== undefined && !['true', 'false', '1', '0'].includes(token.value))
        throw new UsageError(`option '--${name}' is '${token.value}', expected true or false`);
      values[name] = token.value === undefined || token.value === 'true' || token.value === '1';
    } else if (spec.kind === 'optional') values[name] = token.value ?? spec.implied ?? '';
    else if (token.value === undefined || token.value === '') {
      throw new UsageError(`option '--${name}' needs a ${spec.metavar ?? 'value'}`);
    } else if (spec.kind === 'list') (values[name] as string[]).push(token.value);
    else values[name] = token.value;
  }
  return { options: values as OptionValues<S>, files, extras };
}

const valueText = ({ kind, metavar = 'VALUE' }: OptionSpec): string =>
  kind === 'flag' ? '' : kind === 'optional' ? `[=${metavar}]` : `=${metavar}`;

/** The help page of a command. */
export function helpText(
  name: string,
  summary: string,
  usage: readonly string[],
  specs: OptionSpecs,
  notes: string,
): string {
  const shown = Object.entries(specs).filter(([, spec]) => !spec.hidden);
  const left = ([key, spec]: readonly [string, OptionSpec]): string =>
    `  ${spec.short ? `-${spec.short}, ` : ''}--${key}${valueText(spec)}`;
  const width = Math.min(38, Math.max(...shown.map((entry) => left(entry).length)) + 2);
  const options = shown.map((entry) => {
    const head = left(entry);
    return head.length < width
      ? `${head.padEnd(width)}${entry[1].doc}`
      : `${head}\n${' '.repeat(width)}${entry[1].doc}`;
  });
  return [
    `${name}: ${summary}`,
    '',
    ...usage.map((line, at) => `${at === 0 ? 'usage: ' : '       '}${line}`),
    '',
    'options:',
    ...options,
    ...(notes ? ['', notes] : []),
    '',
  ].join('\n');
}
