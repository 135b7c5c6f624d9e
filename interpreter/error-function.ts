/**
 * The error function in double precision, good to about 2^-44 relative: far more than the half and single results
 * that are rounded from it need.
 */

const twoOverRootPi = 2 / Math.sqrt(Math.PI);

/** erf(z) for 0 ≤ z ≤ 2 by the series 2/√π · e^(-z²) · Σ 2ⁿ z^(2n+1) / (2n+1)!!, whose terms are all positive. */
function seriesErf(z: number): number {
  let term = z;
  let total = z;
  for (let n = 1; term > total * 2 ** -60; n++) {
    term *= (2 * z * z) / (2 * n + 1);
    total += term;
  }
  return twoOverRootPi * Math.exp(-z * z) * total;
}

/** erfc(z) for z > 2 by its continued fraction, evaluated from the inside: z + (1/2)/(z + 1/(z + (3/2)/(z + …))). */
function fractionErfc(z: number): number {
  let tail = z;
  for (let n = 120; n >= 1; n--) tail = z + n / 2 / tail;
  return Math.exp(-z * z) / (tail * Math.sqrt(Math.PI));
}

/** erfc(z) = 1 - erf(z), without cancellation for large z. */
export function complementaryErrorFunction(z: number): number {
  if (Number.isNaN(z)) return NaN;
  if (z < 0) return 2 - complementaryErrorFunction(-z);
  if (z === Infinity) return 0;
  return z <= 2 ? 1 - seriesErf(z) : fractionErfc(z);
}

/** erf(z), the error function. */
export function errorFunction(z: number): number {
  if (z < 0) return -errorFunction(-z);
  return z <= 2 ? seriesErf(z) : 1 - complementaryErrorFunction(z);
}
