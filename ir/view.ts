/** Typed views: accessors by name over one operation, made once per declaration. */
import { denseArrayAttribute } from './attribute.ts';
import type { AttributeKind } from './attribute-kind.ts';
import type { Arity, ValueConstraint } from './constraint.ts';
import type { OpView } from './op.ts';
import type { Operation } from './operation.ts';
import { i32 } from './type.ts';
import type { Value } from './value.ts';

/** The name of the property that counts the values of each operand group. */
export const operandSegments = 'operandSegmentSizes';
/** The name of the property that counts the values of each result group. */
export const resultSegments = 'resultSegmentSizes';

/**
 * The first position and the count of every declared group in a list of `total` values. Several
 * groups of free size need `sizes`; without them, or when they do not fit, the result is undefined.
 */
export function segments(
  arities: readonly Arity[],
  total: number,
  sizes: readonly number[] | undefined,
): readonly (readonly [number, number])[] | undefined {
  const free = arities.filter((arity) => arity !== 'one').length;
  if (free > 1) {
    if (!sizes || sizes.length !== arities.length) return undefined;
    let at = 0;
    const found = sizes.map((size) => [at, ((at += size), size)] as const);
    const fits = arities.every((arity, i) => {
      const size = sizes[i] as number;
      return arity === 'one' ? size === 1 : arity === 'optional' ? size === 0 || size === 1 : size >= 0;
    });
    return at === total && fits ? found : undefined;
  }
  const spare = total - (arities.length - free);
  if (spare < 0 || (free === 0 && spare !== 0)) return undefined;
  let at = 0;
  const found: [number, number][] = [];
  for (const arity of arities) {
    const size = arity === 'one' ? 1 : spare;
    if (arity === 'optional' && size > 1) return undefined;
    found.push([at, size]);
    at += size;
  }
  return found;
}

/** The counts stored for several groups of free size. */
export function storedSegments(operation: Operation, name: string): readonly number[] | undefined {
  const attribute = operation.attribute(name);
  return attribute?.kind === 'dense-array' ? attribute.values.map(Number) : undefined;
}

/** Stores the counts of several operand groups of free size. */
export function storeOperandSegments(operation: Operation, sizes: readonly number[]): void {
  operation.setAttribute(operandSegments, denseArrayAttribute(sizes, i32));
}

/** The values of a group: one, one or none, or a list. */
function pick(arity: Arity, operation: Operation, which: 'operand' | 'result', first: number, size: number): unknown {
  if (arity === 'one') return operation[which](first);
  if (arity === 'optional') return size === 0 ? undefined : operation[which](first);
  const values: Value[] = [];
  for (let at = first; at < first + size; at++) values.push(operation[which](at));
  return values;
}

type Named<T> = Readonly<Record<string, T>>;

function defineValues(prototype: object, declared: Named<ValueConstraint>, which: 'operand' | 'result'): void {
  const names = Object.keys(declared);
  const arities = names.map((name) => (declared[name] as ValueConstraint).arity);
  const count = which === 'operand' ? 'operandCount' : 'resultCount';
  const segmentName = which === 'operand' ? operandSegments : resultSegments;
  for (const [i, name] of names.entries()) {
    const get =
      // Before the first group of free size a position is the same in every operation.
      arities.slice(0, i + 1).every((arity) => arity === 'one')
        ? function (this: OpView): unknown {
            return this.operation[which](i);
          }
        : function (this: OpView): unknown {
            const { operation } = this;
            const found = segments(arities, operation[count], storedSegments(operation, segmentName))?.[i];
            if (!found)
              throw new RangeError(`'${operation.name}' has ${operation[count]} ${which}s, no group '${name}'`);
            return pick(arities[i] as Arity, operation, which, found[0], found[1]);
          };
    Object.defineProperty(prototype, name, { get, enumerable: true });
  }
}

/** Makes the function that views an operation through one declaration's names. */
export function viewFactory(
  operands: Named<ValueConstraint>,
  attributes: Named<AttributeKind<unknown>>,
  results: Named<ValueConstraint>,
  regions: Named<{ readonly many: boolean }>,
): (operation: Operation) => OpView {
  function View(this: { operation: Operation }, operation: Operation): void {
    this.operation = operation;
  }
  const prototype: object = View.prototype;
  defineValues(prototype, operands, 'operand');
  defineValues(prototype, results, 'result');
  for (const [name, kind] of Object.entries(attributes))
    Object.defineProperty(prototype, name, {
      enumerable: true,
      get(this: OpView): unknown {
        const stored = this.operation.attribute(name);
        return stored === undefined ? kind.default : kind.read(stored);
      },
    });
  for (const [i, [name, { many }]] of Object.entries(regions).entries())
    Object.defineProperty(prototype, name, {
      enumerable: true,
      get(this: OpView): unknown {
        return many ? this.operation.regions.slice(i) : this.operation.region(i);
      },
    });
  const Constructor = View as unknown as new (operation: Operation) => OpView;
  return (operation) => new Constructor(operation);
}
