/** From a checked run of a pipeline to the page about it. */
import { NdArray, type RuntimeValue } from '../../interpreter/index.ts';
import type { Operation } from '../../ir/index.ts';
import { type Pipeline, printPipeline, runPipeline } from '../../rewrite/index.ts';
import type { InputList } from '../check/inputs.ts';
import { valueDifference } from '../check/values.ts';
import { findingText } from '../diff/finding-text.ts';
import { passRows, passTableHeadings } from '../diff/pass-table.ts';
import type { PipelineCheck } from '../diff/pipeline-check.ts';
import type { Subject } from '../diff/replay.ts';
import { type Column, type ColumnOperation, columnOf, shortText, valueText } from './column.ts';
import { type PageColumn, pageText } from './page.ts';

/** A run of a pipeline that was checked, to its end or to the pass that is wrong. */
export interface CheckedRun {
  readonly check: PipelineCheck;
  readonly subject: Subject;
  /** The name of the input. */
  readonly file: string;
}

class Enough extends Error {}

/** The program before the first pass and after each one that ran, and whether it changed anything. */
function columnsOf({ subject, check }: CheckedRun, pipeline: Pipeline): readonly (Column | undefined)[] {
  const module: Operation = subject.module();
  const { shownInput } = check;
  const input = shownInput && { entry: shownInput.entry, values: shownInput.input.values };
  const columns: (Column | undefined)[] = [columnOf(module, input)];
  try {
    runPipeline(pipeline, module, {
      verify: false,
      after(_pass, _root, { changed }) {
        columns.push(changed ? columnOf(module, input) : undefined);
        if (columns.length > check.lines.length) throw new Enough();
      },
    });
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return columns;
}

/** Operations by place and type, so that one finds what it was in the column before. */
function byPlace(column: Column | undefined): ReadonlyMap<string, ColumnOperation> {
  const found = new Map<string, ColumnOperation>();
  for (const operation of column?.operations ?? [])
    for (const place of operation.places) {
      const key = `${place} ${typeOf(operation)}`;
      if (!found.has(key)) found.set(key, operation);
    }
  return found;
}
const typeOf = ({ given }: ColumnOperation): string => {
  const [value] = given?.values ?? [];
  return value instanceof NdArray ? value.shape.join() : typeof value;
};

/** The largest distance between the elements of two values; undefined where they cannot be compared. */
function distance(a: RuntimeValue | undefined, b: RuntimeValue | undefined): number | undefined {
  const elements = (value: RuntimeValue | undefined): ArrayLike<number> | undefined =>
    value instanceof NdArray && !(value.data instanceof BigInt64Array) && !(value.data instanceof BigUint64Array)
      ? value.data
      : typeof value === 'number'
        ? [value]
        : undefined;
  const [x, y] = [elements(a), elements(b)];
  if (!x || !y || x.length !== y.length) return undefined;
  let most = 0;
  for (let at = 0; at < x.length; at++) {
    const apart = Math.abs((x[at] as number) - (y[at] as number));
    if (!Object.is(x[at], y[at]) && !(apart <= most)) most = apart;
  }
  return most;
}

/** What is said of an operation's value beside the value. */
function comparison(
  { given }: ColumnOperation,
  before: ColumnOperation | undefined,
): { readonly text: string | undefined; readonly differs: boolean } {
  const parts: string[] = [];
  const [value] = given?.values ?? [];
  const [old] = before?.given?.values ?? [];
  let differs = false;
  if (value !== undefined && old !== undefined) {
    differs = valueDifference(old, value) !== undefined;
    const apart = distance(old, value);
    parts.push(
      !differs ? 'as before' : apart === undefined ? 'another value' : `up to ${shortText(apart)} from before`,
    );
  }
  if (given?.bound !== undefined && given.bound > 0)
    parts.push(Number.isFinite(given.bound) ? `bound ${shortText(given.bound)}` : 'no finite bound');
  if (given && given.times > 1) parts.push(`${given.times} times`);
  return { text: parts.length > 0 ? parts.join(', ') : undefined, differs };
}

const inputsText = ({ style, seed, values }: InputList): string =>
  `${style}${style === 'given' ? '' : `, seed ${seed}`}: ${values.map(valueText).join('; ') || 'none'}`;

/** The page about a run, as HTML. */
export function reportText(request: CheckedRun): string {
  const { check, subject, file } = request;
  const { pipeline } = subject;
  const columns = columnsOf(request, pipeline);
  const numbers = new Map<string, number>();
  const numberOf = (place: string): number => {
    const known = numbers.get(place) ?? numbers.size;
    numbers.set(place, known);
    return known;
  };
  const { finding } = check;
  const wrongPlace = finding?.firstDifferent?.location;
  let before: Column | undefined;
  const pageColumns = columns.map((column, at): PageColumn => {
    const line = check.lines[at - 1];
    const title = line?.pass ?? 'input';
    if (!column) return { title, note: 'changed nothing', lines: undefined };
    const known = byPlace(before);
    const told = new Set<number>();
    const isLast = finding !== undefined && at === columns.length - 1;
    const lines = column.lines.map(({ text, operation: number }) => {
      const operation = number === undefined ? undefined : column.operations[number];
      const places = operation?.places.map(numberOf) ?? [];
      // What a region gives stands at its first line.
      const isFirst = number !== undefined && !told.has(number);
      if (number !== undefined) told.add(number);
      if (!operation?.given || !isFirst)
        return { text, places, value: undefined, comparison: undefined, isWrong: false };
      const old = operation.places.map((place) => known.get(`${place} ${typeOf(operation)}`)).find(Boolean);
      const { text: compared, differs } = before ? comparison(operation, old) : comparison(operation, undefined);
      return {
        ...{ text, places },
        value: operation.given.values.map(valueText).join('; '),
        comparison: compared,
        isWrong: isLast && differs && wrongPlace !== undefined,
      };
    });
    before = column;
    return { title, note: noteOf(check, at), lines };
  });
  const shown = check.shownInput;
  return pageText({
    title: `${file}: ${check.lines.length} ${check.lines.length === 1 ? 'pass' : 'passes'}`,
    verdict: finding
      ? { text: `pass '${finding.pass}' changes what the program gives`, isGood: false }
      : check.judge.comparable === 0
        ? { text: `nothing was compared: ${check.judge.reason}`, isGood: false }
        : { text: 'every pass keeps what the program gives', isGood: true },
    facts: [
      ['pipeline', printPipeline(pipeline)],
      ['function', shown ? `@${shown.entry}` : 'none that can be run'],
      ['inputs', shown ? inputsText(shown.input) : ''],
      ['summary', check.summary().trimEnd()],
    ],
    passHeadings: passTableHeadings,
    passes: passRows(check).map((cells) => ({ cells, isWrong: cells.includes('differs') })),
    finding: finding && {
      text: findingText(finding),
      before: finding.reduced.before,
      after: finding.reduced.after,
      passName: finding.pass,
      replay: check.reproducerOf(finding),
    },
    columns: pageColumns,
  });
}

const noteOf = ({ lines, firstRuns }: PipelineCheck, at: number): string => {
  const line = lines[at - 1];
  if (!line) return `first runs took ${firstRuns.toFixed(0)} ms`;
  const contract = line.exact ? 'exact' : 'bounded';
  return line.verdict
    ? `${contract}; ${line.verdict.compared} runs compared in ${line.verdict.milliseconds.toFixed(0)} ms`
    : contract;
};
