/** Which operation gives another value first: values of two runs, put side by side by the locations of operations. */
import { NdArray, type Observer, type RuntimeValue } from '../../interpreter/index.ts';
import { fileOf, type Location, locationBody, type Operation } from '../../ir/index.ts';
import { execute } from '../check/execution.ts';
import { type ValueDifference, valueDifference } from '../check/values.ts';

/** An operation whose value differs. */
export interface DifferentValue {
  readonly operation: string;
  readonly location: Location;
  readonly value: ValueDifference;
}

/** Values of so many bytes are kept of a run; later ones are not compared. */
const enough = 256 * 2 ** 20;

interface Computed {
  readonly name: string;
  readonly location: Location;
  readonly values: RuntimeValue[];
}

/** What each place computed, in the order of the first time. Places that several operations share are told apart by type. */
function valuesByPlace(
  module: Operation,
  entry: string,
  inputs: readonly RuntimeValue[],
): ReadonlyMap<string, Computed> {
  const found = new Map<string, Computed>();
  let bytes = 0;
  const observer: Observer = (operation, _, results) => {
    const { location } = operation;
    if (!fileOf(location) || bytes > enough) return;
    for (const [index, value] of results.entries()) {
      const key = `${locationBody(location)} ${index} ${operation.resultType(index).text}`;
      let computed = found.get(key);
      if (!computed) {
        computed = { name: operation.name, location, values: [] };
        found.set(key, computed);
      }
      computed.values.push(value);
      bytes += value instanceof NdArray ? value.data.byteLength : 8;
    }
  };
  execute(module, entry, inputs, { observer });
  return found;
}

/** The first place, in the order of the run after, whose value is another than before; places in only one are passed over. */
export function firstDifferentValue(
  before: Operation,
  after: Operation,
  entry: string,
  inputs: readonly RuntimeValue[],
): DifferentValue | undefined {
  const old = valuesByPlace(before, entry, inputs);
  for (const [key, { name, location, values }] of valuesByPlace(after, entry, inputs)) {
    const known = old.get(key)?.values;
    if (known?.length !== values.length) continue;
    for (const [turn, value] of values.entries()) {
      const difference = valueDifference(known[turn], value);
      if (difference) return { operation: name, location, value: difference };
    }
  }
  return undefined;
}
