/** Operations on one line, for messages about rewriting: short, and with the same name for a value as long as it is there. */
import type { Operation } from '../ir/operation.ts';
import type { Value } from '../ir/value.ts';

const longest = 60;
const clipped = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

/** Stands around the id of a value until its number is known. */
const mark = '\u0001';

/** A value in lines that `numbered` has still to number. */
export const valueMark = (value: Value): string => `${mark}${value.id}${mark}`;

/** Lines with their values numbered in the order in which they are met. */
export function numbered(lines: readonly string[]): readonly string[] {
  const names = new Map<string, string>();
  return lines.map((line) =>
    line
      .split(mark)
      .map((part, at) => {
        if (at % 2 === 0) return part;
        const name = names.get(part) ?? `%${names.size}`;
        names.set(part, name);
        return name;
      })
      .join(''),
  );
}

/** `%2 = "t.add"(%0, %1) {attributes} : (i32, i32) -> i32`, with regions as `{...}`. */
export function operationLine(operation: Operation): string {
  const { operands, results, attributes } = operation;
  const list = (values: readonly Value[]): string => values.map(valueMark).join(', ');
  const read = list(operands);
  const types = (values: readonly Value[]): string => values.map((value) => clipped(value.type.text)).join(', ');
  const shown = attributes.map(({ name, value }) =>
    value.kind === 'unit' ? name : `${name} = ${clipped(value.text)}`,
  );
  return [
    results.length > 0 ? `${list(results)} = ` : '',
    `"${operation.name}"(${read})`,
    operation.successors.length > 0 ? `[${operation.successors.length} successors]` : '',
    operation.hasRegions ? ' ({...})' : '',
    shown.length > 0 ? ` {${shown.join(', ')}}` : '',
    ` : (${types(operands)}) -> (${types(results)})`,
  ].join('');
}
