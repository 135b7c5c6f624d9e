/**
 * Modules as `mlir-opt` reads them when our dialects come from an IRDL file. Operations from IRDL
 * have no properties and no defaults, so both go into the dictionary of attributes.
 */
import {
  clone,
  denseArrayAttribute,
  DiagnosticError,
  type Dialect,
  errorAt,
  i32,
  type NamedAttribute,
  type OpDefinition,
  type Operation,
  type Value,
  type ValueDefinition,
} from '../../ir/index.ts';
import { operandSegments, resultSegments, segments, storedSegments } from '../../ir/view.ts';
import { freeRuns, groupsOf, needsSizes } from './value-constraint.ts';

/** A copy of `module` in which the operations of `dialects` stand as IRDL knows them; print it in generic form. */
export function dynamicForm(module: Operation, dialects: readonly Dialect[]): Operation {
  const copy = clone(module);
  const own = new Set(dialects.flatMap(({ ops }) => Object.values(ops).map(({ definition }) => definition)));
  copy.walk((operation) => {
    const { definition } = operation;
    if (definition && own.has(definition)) operation.setAttributes(attributesOf(operation, definition));
  });
  return copy;
}

function attributesOf(operation: Operation, definition: OpDefinition): readonly NamedAttribute[] {
  const entries = new Map(operation.attributes.map(({ name, value }) => [name, value]));
  for (const { name, kind } of definition.attributes)
    if (kind.presence === 'default' && !entries.has(name)) entries.set(name, kind.write(kind.default));
  for (const [name, declared, values] of [
    [operandSegments, definition.operands, operation.operands],
    [resultSegments, definition.results, operation.results],
  ] as const) {
    const sizes = needsSizes(declared) ? groupSizes(operation, name, declared, values) : undefined;
    if (sizes) entries.set(name, denseArrayAttribute(sizes, i32));
  }
  return [...entries].map(([name, value]) => ({ name, value, property: false }));
}

/** How many values stand in each group of IRDL; undefined when they do not fit the declaration. */
function groupSizes(
  operation: Operation,
  attribute: string,
  declared: readonly ValueDefinition[],
  values: readonly Value[],
): readonly number[] | undefined {
  const arities = declared.map(({ constraint }) => constraint.arity);
  const found = segments(arities, values.length, storedSegments(operation, attribute));
  return found?.flatMap(([first, count], group) => {
    const value = declared[group] as ValueDefinition;
    if (groupsOf(value) === 1) return [count];
    const runs = runLengths(values.slice(first, first + count));
    if (runs.length > freeRuns)
      throw new DiagnosticError([
        errorAt(
          operation.location,
          `'${operation.name}' op changes type ${runs.length - 1} times in '${value.name}', expected at most ` +
            `${freeRuns - 1} changes: IRDL needs a group for each run of one type`,
        ),
      ]);
    return Array.from({ length: freeRuns }, (_, at) => runs[at] ?? 0);
  });
}

function runLengths(values: readonly Value[]): readonly number[] {
  const runs: number[] = [];
  for (const [at, value] of values.entries())
    if (at > 0 && value.type === values[at - 1]?.type) runs[runs.length - 1] = (runs.at(-1) as number) + 1;
    else runs.push(1);
  return runs;
}
