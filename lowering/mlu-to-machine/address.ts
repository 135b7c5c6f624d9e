/** Addresses and index values as sums: a constant plus multiples of loop counters. */
import { arith } from '../../dialects/arith/index.ts';
import { elementBytes, layoutOf, mlu } from '../../dialects/mlu/index.ts';
import { DiagnosticError, errorAt, type MemRefType, type Value } from '../../ir/index.ts';

/** constant + Σ factor · counter. */
export interface Affine {
  readonly constant: number;
  readonly terms: ReadonlyMap<Value, number>;
}

/** A known number. */
export const known = (constant: number): Affine => ({ constant, terms: new Map() });

/** a + b. */
export function plus(a: Affine, b: Affine): Affine {
  const terms = new Map(a.terms);
  for (const [counter, factor] of b.terms) terms.set(counter, (terms.get(counter) ?? 0) + factor);
  return { constant: a.constant + b.constant, terms: new Map([...terms].filter(([, factor]) => factor !== 0)) };
}

/** a · factor. */
export const times = (a: Affine, factor: number): Affine =>
  factor === 0
    ? known(0)
    : { constant: a.constant * factor, terms: new Map([...a.terms].map(([counter, f]) => [counter, f * factor])) };

/** An index value as a sum; throws a `DiagnosticError` for arithmetic that is not one. */
export function indexOf(value: Value): Affine {
  const owner = value.owner;
  if (!owner) return { constant: 0, terms: new Map([[value, 1]]) };
  const constant = owner.as(arith.ops.constant)?.value;
  if (constant?.kind === 'integer') return known(Number(constant.value));
  const sum = owner.as(arith.ops.addi);
  if (sum) return plus(indexOf(sum.lhs), indexOf(sum.rhs));
  const difference = owner.as(arith.ops.subi);
  if (difference) return plus(indexOf(difference.lhs), times(indexOf(difference.rhs), -1));
  const product = owner.as(arith.ops.muli);
  if (product) {
    const [lhs, rhs] = [indexOf(product.lhs), indexOf(product.rhs)];
    if (lhs.terms.size === 0) return times(rhs, lhs.constant);
    if (rhs.terms.size === 0) return times(lhs, rhs.constant);
  }
  throw new DiagnosticError([
    errorAt(
      owner.location,
      `'${owner.name}' op is not a sum of multiples of loop counters, which is what addresses are made of`,
    ),
  ]);
}

/** The byte address of a memref, given where buffers lie. */
export function addressOf(memref: Value, bufferAddress: (symbol: string) => number): Affine {
  const owner = memref.owner;
  const type = memref.type as MemRefType;
  const bytes = elementBytes(type);
  const allocated = owner?.as(mlu.ops.alloc);
  if (owner && allocated) {
    if (allocated.address === undefined)
      throw new DiagnosticError([errorAt(owner.location, `'${owner.name}' op has no address; run plan-memory before`)]);
    return known(allocated.address);
  }
  const buffer = owner?.as(mlu.ops.getBuffer);
  if (buffer) return known(bufferAddress(buffer.buffer));
  const reshaped = owner?.as(mlu.ops.reshape);
  if (reshaped) return addressOf(reshaped.source, bufferAddress);
  const windows = owner?.as(mlu.ops.windows);
  if (windows) {
    const start = plus(windows.start ? indexOf(windows.start) : known(0), known(windows.offset));
    return plus(addressOf(windows.source, bufferAddress), times(start, bytes));
  }
  const part = owner?.as(mlu.ops.subview);
  if (part) {
    const strides = layoutOf(part.source.type as MemRefType)?.strides ?? [];
    const dynamic = [...part.dynamic];
    let address = addressOf(part.source, bufferAddress);
    for (const [at, offset] of part.offsets.entries()) {
      const start = offset < 0 ? indexOf(dynamic.shift() as Value) : known(offset);
      address = plus(address, times(start, (strides[at] as number) * bytes));
    }
    return address;
  }
  throw new DiagnosticError([
    errorAt(owner?.location ?? { kind: 'unknown' }, `memory of ${type.text} has no known address`),
  ]);
}
