/**
 * Numbers with 512 bits behind the point, as integers: every product and sum of singles is exact, and functions are good
 * to far more than any bound asks for. Written for comparison with bounds only; nothing of the product is used.
 */

/** Bits behind the point. */
const places = 512n;
/** Bits beyond them while a function is computed. */
const guard = 64n;
/** The number 1. */
export const unit = 1n << places;

const cell = new DataView(new ArrayBuffer(8));
/** A double as an exact number; what is below 2^-512 is cut off. Undefined for NaN and infinities. */
export function exactOf(x: number): bigint | undefined {
  if (!Number.isFinite(x)) return undefined;
  cell.setFloat64(0, x);
  const bits = cell.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & ((1n << 52n) - 1n);
  const significand = exponent === 0n ? fraction : fraction | (1n << 52n);
  const shift = (exponent === 0n ? 1n : exponent) - 1075n + places;
  const magnitude = shift >= 0n ? significand << shift : significand >> -shift;
  return bits >> 63n === 1n ? -magnitude : magnitude;
}

/** The double below an exact number in magnitude, at most a unit in the last place from it. */
export function doubleOf(x: bigint): number {
  const magnitude = absolute(x);
  const spare = Math.max(0, magnitude.toString(16).length * 4 - 60);
  const value = Number(magnitude >> BigInt(spare)) * 2 ** (spare / 2 - 256) * 2 ** (spare / 2 - 256);
  return x < 0n ? -value : value;
}

/** |x|. */
export const absolute = (x: bigint): bigint => (x < 0n ? -x : x);
/** x · y. */
export const times = (x: bigint, y: bigint): bigint => (x * y) >> places;
/** x / y; undefined for division by zero. */
export const over = (x: bigint, y: bigint): bigint | undefined => (y === 0n ? undefined : (x << places) / y);

/** √x; undefined below zero. */
export function squareRoot(x: bigint): bigint | undefined {
  if (x < 0n) return undefined;
  const square = x << places;
  if (square === 0n) return 0n;
  let root = 1n << BigInt(Math.ceil(square.toString(2).length / 2));
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Σ of a series of terms until they vanish. */
function series(first: bigint, next: (term: bigint, n: bigint) => bigint): bigint {
  let [total, term] = [0n, first];
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    total += term;
    term = next(term, n);
  }
  return total;
}
const wide = places + guard;
const wideUnit = 1n << wide;
/** arctan(1/n) with guard bits. */
const inverseTangent = (n: bigint): bigint => {
  let [total, power, sign] = [0n, wideUnit / n, 1n];
  for (let k = 1n; power > 0n; k += 2n) {
    total += (sign * power) / k;
    power /= n * n;
    sign = -sign;
  }
  return total;
};
const pi = 4n * (4n * inverseTangent(5n) - inverseTangent(239n));
/** ln 2 = 2 · artanh(1/3). */
const logarithmOfTwo = (() => {
  let [total, power] = [0n, wideUnit / 3n];
  for (let k = 1n; power > 0n; k += 2n) {
    total += power / k;
    power /= 9n;
  }
  return 2n * total;
})();

/** e^x; undefined where it is beyond any number that is compared. */
export function exponential(x: bigint): bigint | undefined {
  if (x > 1000n * unit) return undefined;
  if (x < -1000n * unit) return 0n;
  const widened = x << guard;
  const exponent = widened / logarithmOfTwo;
  const rest = widened - exponent * logarithmOfTwo;
  const halvings = 16n;
  let value = series(wideUnit, (term, n) => (((term * rest) >> wide) >> halvings) / n);
  for (let i = 0n; i < halvings; i++) value = (value * value) >> wide;
  const shift = exponent - guard;
  return shift >= 0n ? value << shift : value >> -shift;
}

/** ln x by Newton's method; undefined from zero down. */
export function logarithm(x: bigint): bigint | undefined {
  if (x <= 0n) return undefined;
  let y = exactOf(Math.log(doubleOf(x))) as bigint;
  for (let i = 0; i < 4; i++) y += times(x, exponential(-y) as bigint) - unit;
  return y;
}

/** 1 / (1 + e^-x). */
export function logistic(x: bigint): bigint {
  if (x < 0n) return unit - logistic(-x);
  return over(unit, unit + (exponential(-x) as bigint)) as bigint;
}

/** tanh x. */
export function hyperbolicTangent(x: bigint): bigint {
  if (x < 0n) return -hyperbolicTangent(-x);
  const small = exponential(-2n * x) as bigint;
  return over(unit - small, unit + small) as bigint;
}

/** sin x. */
export function sine(x: bigint): bigint {
  const turn = 2n * pi;
  let angle = (x << guard) % turn;
  if (angle > pi) angle -= turn;
  if (angle < -pi) angle += turn;
  const square = (angle * angle) >> wide;
  return series(angle, (term, n) => -(((term * square) >> wide) / (2n * n * (2n * n + 1n)))) >> guard;
}
/** cos x = sin(x + π/2). */
export const cosine = (x: bigint): bigint => sine(x + (pi >> (guard + 1n)));

/** x · Φ(x), with the series of the error function. */
export function gaussianUnit(x: bigint): bigint {
  const limit = 18n * unit;
  if (x > limit) return x;
  if (x < -limit) return 0n;
  const z = over(x, squareRoot(2n * unit) as bigint) as bigint;
  const square = times(z, z);
  let [total, power, factorial] = [0n, z, 1n];
  for (let n = 0n; n < 1200n && (power / factorial !== 0n || n < 4n); n++) {
    total += power / (factorial * (2n * n + 1n));
    power = -times(power, square);
    factorial *= n + 1n;
  }
  const errorFunction = over(2n * total, squareRoot(pi >> guard) as bigint) as bigint;
  return times(x, unit + errorFunction) >> 1n;
}
