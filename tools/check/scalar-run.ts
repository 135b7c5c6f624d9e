/** Running functions of numbers on a few arguments: for comparing programs before and after a change. */
import { evaluate } from '../../interpreter/index.ts';
import { DiagnosticError, i1, type Operation, symbolsIn, type Type } from '../../ir/index.ts';
import { upperLevels } from './semantics.ts';

/** Small numbers that tell programs apart, exact in every type of number. */
const samples: readonly (readonly number[])[] = [
  [0, 0, 0, 0, 0, 0],
  [1, 2, 3, 4, 5, 6],
  [3, 1, 2, 0, 7, 5],
  [-1, 5, -3, 7, -2, 4],
  [7, -7, 1, 2, -1, 3],
];

const isNumber = (type: Type): boolean =>
  type.kind === 'index' || type.kind === 'float' || (type.kind === 'integer' && type.sign === 'signless');

/** The functions of a module that can be run on numbers and that others may call. */
export const runnableFunctions = (module: Operation): readonly string[] =>
  [...symbolsIn(module)].flatMap(([name, operation]) => {
    const { entry } = operation.regions[0] ?? {};
    const visibility = operation.attribute('sym_visibility');
    const isPublic = visibility?.kind !== 'string' || visibility.value === 'public';
    return isPublic && operation.name === 'func.func' && entry?.arguments.every(({ type }) => isNumber(type))
      ? [name]
      : [];
  });

/**
 * What each runnable function gives on the samples, as text by function: the values, or the fault. Functions that take
 * other things than numbers are left out.
 */
export function observedValues(
  module: Operation,
  names: readonly string[] = runnableFunctions(module),
  limits = { steps: 20_000 },
): ReadonlyMap<string, readonly string[]> {
  const symbols = symbolsIn(module);
  return new Map(
    names.map((name) => {
      const types =
        symbols
          .get(name)
          ?.region(0)
          .entry?.arguments.map(({ type }) => type) ?? [];
      return [name, samples.map((sample) => observed(module, name, types, sample, limits))];
    }),
  );
}

function observed(
  module: Operation,
  name: string,
  types: readonly Type[],
  sample: readonly number[],
  limits: { readonly steps: number },
): string {
  const values = types.map((type, at) => {
    const x = sample[at % sample.length] as number;
    return type === i1 ? x & 1 : type.kind === 'index' ? Math.abs(x) : x;
  });
  try {
    return evaluate(upperLevels, module, name, values, { limits })
      .map((value) => (Object.is(value, -0) ? '-0' : String(value)))
      .join(', ');
  } catch (error) {
    if (error instanceof DiagnosticError) return `fault: ${error.diagnostics[0]?.message}`;
    throw error;
  }
}
