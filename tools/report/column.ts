/** One state of a program in a report: its text, and what its operations gave. */
import { evaluateFunctionBounds } from '../../interpreter/bound.ts';
import { bounded } from '../../interpreter/bound/arithmetic.ts';
import { NdArray, type RuntimeValue } from '../../interpreter/index.ts';
import { DiagnosticError, type Location, locationBody, type Operation, symbolsIn } from '../../ir/index.ts';
import { Execution } from '../check/execution.ts';
import { scalarText } from '../check/values.ts';
import { type AnnotatedLine, annotatedText } from './annotated-text.ts';

/** What an operation gave when the program was run. */
export interface GivenValue {
  readonly values: readonly RuntimeValue[];
  /** How often it was executed. */
  readonly times: number;
  /** The largest certified bound on how far an element is from the exact program; undefined where none is known. */
  readonly bound: number | undefined;
}

/** An operation of a column. */
export interface ColumnOperation {
  readonly name: string;
  /** The places that it comes from, as text; those of fused locations each by itself. */
  readonly places: readonly string[];
  readonly given: GivenValue | undefined;
}

/** A program as it was at some point. */
export interface Column {
  readonly lines: readonly AnnotatedLine[];
  readonly operations: readonly ColumnOperation[];
}

function placesOf(location: Location): readonly string[] {
  switch (location.kind) {
    case 'unknown':
      return [];
    case 'fused':
      return location.locations.flatMap(placesOf);
    case 'call-site':
      return placesOf(location.callee);
    case 'name':
      return location.child && location.child.kind !== 'unknown' ? placesOf(location.child) : [locationBody(location)];
    default:
      return [locationBody(location)];
  }
}

/** Runs one entry, and takes note of what each operation gave first. */
function valuesOf(
  module: Operation,
  entry: string,
  inputs: readonly RuntimeValue[],
): ReadonlyMap<Operation, GivenValue> {
  const found = new Map<Operation, { values: readonly RuntimeValue[]; times: number; bound: number | undefined }>();
  new Execution(module, {
    observer(operation, _, values) {
      const known = found.get(operation);
      if (known) known.times++;
      else if (values.length > 0) found.set(operation, { values, times: 1, bound: undefined });
    },
  }).run(entry, inputs);
  const callee = symbolsIn(module).get(entry);
  const arrays = inputs.filter((value) => value instanceof NdArray);
  if (!callee || arrays.length < inputs.length || callee.regions.length !== 1) return found;
  try {
    evaluateFunctionBounds(
      callee,
      arrays.map((value) => bounded(value)),
      (operation, { bound }) => {
        const known = found.get(operation);
        if (known)
          known.bound = Array.from(bound.data as Float64Array).reduce((a, b) => (b > a || Number.isNaN(b) ? b : a), 0);
      },
    );
  } catch (error) {
    // Programs with control flow, and those of the machine, have no bounds.
    if (!(error instanceof DiagnosticError)) throw error;
  }
  return found;
}

/** The column of a module; `input` is what one of its functions is run on. */
export function columnOf(
  module: Operation,
  input: { readonly entry: string; readonly values: readonly RuntimeValue[] } | undefined,
): Column {
  const values = input ? valuesOf(module, input.entry, input.values) : new Map<Operation, GivenValue>();
  const operations: ColumnOperation[] = [];
  module.walk((operation) => {
    operations.push({ name: operation.name, places: placesOf(operation.location), given: values.get(operation) });
  });
  return { lines: annotatedText(module), operations };
}

const shownElements = 5;

/** A value in a few words: its extents, its first elements, and where all lie. */
export function valueText(value: RuntimeValue): string {
  if (typeof value !== 'object') return scalarText(value);
  if (!(value instanceof NdArray)) return `a ${value.runtimeKind}`;
  const all = Array.from(value.data as ArrayLike<number | bigint>);
  const first = all.slice(0, shownElements).map(shortText).join(', ');
  const extents = [...value.shape, value.element.text].join('×');
  if (all.length <= shownElements) return `${extents} [${first}]`;
  let [least, most] = [all[0] as number | bigint, all[0] as number | bigint];
  let nans = 0;
  for (const one of all) {
    if (Number.isNaN(one)) nans++;
    if (one < least || Number.isNaN(least)) least = one;
    if (one > most || Number.isNaN(most)) most = one;
  }
  return `${extents} [${first}, …] from ${shortText(least)} to ${shortText(most)}${nans > 0 ? `, ${nans} NaN` : ''}`;
}

/** A number that takes little room. */
export const shortText = (x: number | bigint): string =>
  typeof x === 'bigint' || Number.isInteger(x) || !Number.isFinite(x)
    ? scalarText(x)
    : String(Number(x.toPrecision(5)));
