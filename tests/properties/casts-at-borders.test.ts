/** Casts of constants at the ends of what their types hold: folded where the result is certain, and then rounded once. */
import { describe, expect, test } from 'vitest';
import { Context, type Operation } from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { canonicalizePass } from '../../lowering/pipelines.ts';
import { runPass } from '../../rewrite/index.ts';
import { Random } from '../../tools/check/random.ts';
import { allDialects } from '../../tools/lists.ts';

/** What a function returns after canonicalisation: the constant's attribute as text, or undefined where it is still computed. */
function folded(cast: string, value: string, from: string, to: string): string | undefined {
  const text = `func.func @f() -> ${to} {
    %0 = arith.constant ${value} : ${from}
    %1 = arith.${cast} %0 : ${from} to ${to}
    return %1 : ${to}
  }`;
  const module = parseModule(text, new Context(allDialects));
  runPass(canonicalizePass, module);
  const block = module.region().entry?.first?.region().entry;
  const owner: Operation | undefined = block?.last?.operand(0).owner;
  const attribute = owner?.hasTrait('constant-like') ? owner.attribute('value') : undefined;
  if (!attribute) return undefined;
  return attribute.kind === 'integer' || attribute.kind === 'float' ? String(attribute.value) : attribute.text;
}

/** Numbers with `precision` significant bits: the nearest to an integer, ties to even. */
function nearest(x: bigint, precision: number): bigint {
  const magnitude = x < 0n ? -x : x;
  const drop = Math.max(0, magnitude.toString(2).length - precision);
  const unit = 1n << BigInt(drop);
  const [low, rest] = [magnitude / unit, magnitude % unit];
  const up = rest * 2n > unit || (rest * 2n === unit && low % 2n === 1n);
  return (x < 0n ? -1n : 1n) * (low + (up ? 1n : 0n)) * unit;
}

describe('numbers to integers', () => {
  test.each([8, 16, 32, 64])('of %i bits', (width) => {
    for (const [cast, least, most] of [
      ['fptosi', -(2 ** (width - 1)), 2 ** (width - 1)],
      ['fptoui', 0, 2 ** width],
    ] as const)
      for (const at of [least, most])
        for (const step of [-1, -0.75, -0.5, 0, 0.5, 0.75, 1]) {
          // Beyond 2^53 halves are no numbers; the neighbours are further away.
          const value = at + step * Math.max(1, 2 ** (width - 53));
          const whole = Math.trunc(value);
          const isInside = whole >= least && whole < most;
          const found = folded(cast, `0x${bitsOfDouble(value)}`, 'f64', `i${width}`);
          const told = `${cast} ${value} to i${width}`;
          if (isInside)
            expect(BigInt.asUintN(width, BigInt(found ?? 'x0')), told).toBe(BigInt.asUintN(width, BigInt(whole)));
          else expect(found, told).toBeUndefined();
        }
  });
});

const bitsOfDouble = (value: number): string => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0').toUpperCase();
};

describe('integers of 64 bits to numbers', () => {
  test.each([
    ['f32', 24],
    ['f64', 53],
    ['bf16', 8],
  ] as const)('%s', (to, precision) => {
    const random = new Random(7, precision);
    let found = 0;
    for (let number = 0; number < 300; number++) {
      const bits = 2 + random.below(61);
      // Near a tie of the result, so that two roundings would show.
      const top = (1n << BigInt(bits)) | (BigInt(random.below(2 ** 20)) << BigInt(Math.max(0, bits - 21)));
      const half = bits - precision >= 0 ? 1n << BigInt(Math.max(0, bits - precision)) : 0n;
      const x = BigInt.asIntN(64, (top & ~(half - 1n)) | half) + BigInt(random.below(3) - 1);
      for (const value of [x, -x]) {
        const result = folded('sitofp', String(value), 'i64', to);
        if (result === undefined) continue;
        found++;
        expect(BigInt(Number(result)), `${value} to ${to}`).toBe(nearest(value, precision));
      }
    }
    expect(found).toBeGreaterThan(100);
  });
});
