/**
 * Matrix products in single precision. Work is shared out over results, never along a sum: every sum adds its
 * products in ascending k from +0, each product and each sum rounded, exactly as the meanings say.
 */

/** Columns that are computed side by side. */
const lanes = 4;

/** A matrix of k rows and n columns as panels: data[(column div 4) · 4k + row · 4 + column mod 4]. */
export interface Panels {
  readonly k: number;
  readonly n: number;
  readonly data: Float32Array;
}

/** Packs a matrix; element (row, column) is `matrix[offset + row · rowStride + column · columnStride]`. */
export function packPanels(
  matrix: Float32Array,
  offset: number,
  k: number,
  n: number,
  rowStride: number,
  columnStride: number,
): Panels {
  const count = Math.ceil(n / lanes);
  const data = new Float32Array(count * lanes * k);
  for (let column = 0; column < n; column++) {
    const panel = Math.floor(column / lanes) * lanes * k + (column % lanes);
    const from = offset + column * columnStride;
    for (let row = 0; row < k; row++) data[panel + row * lanes] = matrix[from + row * rowStride] as number;
  }
  return { k, n, data };
}

/** result[m, n] = Σ rows[m, k] · panels[k, n], rows from `rowsAt` on, results from `at` on. */
export function multiply(
  rows: Float32Array,
  rowsAt: number,
  m: number,
  { k, n, data }: Panels,
  result: Float32Array,
  at: number,
): void {
  for (let column = 0; column < n; column += lanes) {
    const panel = data.subarray(column * k, (column + lanes) * k);
    const width = Math.min(lanes, n - column);
    let row = 0;
    for (; row + 4 <= m && width === lanes; row += 4)
      fourRows(rows, rowsAt + row * k, panel, k, result, at + row * n + column, n);
    for (; row < m; row++) oneRow(rows, rowsAt + row * k, panel, k, result, at + row * n + column, width);
  }
}

function oneRow(
  rows: Float32Array,
  x: number,
  panel: Float32Array,
  k: number,
  result: Float32Array,
  at: number,
  width: number,
): void {
  const fround = Math.fround;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0, w = 0; i < k; i++, w += 4) {
    const value = rows[x + i] as number;
    a = fround(a + fround(value * (panel[w] as number)));
    b = fround(b + fround(value * (panel[w + 1] as number)));
    c = fround(c + fround(value * (panel[w + 2] as number)));
    d = fround(d + fround(value * (panel[w + 3] as number)));
  }
  result[at] = a;
  if (width > 1) result[at + 1] = b;
  if (width > 2) result[at + 2] = c;
  if (width > 3) result[at + 3] = d;
}

function fourRows(
  rows: Float32Array,
  x: number,
  panel: Float32Array,
  k: number,
  result: Float32Array,
  at: number,
  n: number,
): void {
  const fround = Math.fround;
  let a0 = 0,
    b0 = 0,
    c0 = 0,
    d0 = 0;
  let a1 = 0,
    b1 = 0,
    c1 = 0,
    d1 = 0;
  let a2 = 0,
    b2 = 0,
    c2 = 0,
    d2 = 0;
  let a3 = 0,
    b3 = 0,
    c3 = 0,
    d3 = 0;
  const [x1, x2, x3] = [x + k, x + 2 * k, x + 3 * k];
  for (let i = 0, w = 0; i < k; i++, w += 4) {
    const wa = panel[w] as number;
    const wb = panel[w + 1] as number;
    const wc = panel[w + 2] as number;
    const wd = panel[w + 3] as number;
    const v0 = rows[x + i] as number;
    const v1 = rows[x1 + i] as number;
    const v2 = rows[x2 + i] as number;
    const v3 = rows[x3 + i] as number;
    a0 = fround(a0 + fround(v0 * wa));
    b0 = fround(b0 + fround(v0 * wb));
    c0 = fround(c0 + fround(v0 * wc));
    d0 = fround(d0 + fround(v0 * wd));
    a1 = fround(a1 + fround(v1 * wa));
    b1 = fround(b1 + fround(v1 * wb));
    c1 = fround(c1 + fround(v1 * wc));
    d1 = fround(d1 + fround(v1 * wd));
    a2 = fround(a2 + fround(v2 * wa));
    b2 = fround(b2 + fround(v2 * wb));
    c2 = fround(c2 + fround(v2 * wc));
    d2 = fround(d2 + fround(v2 * wd));
    a3 = fround(a3 + fround(v3 * wa));
    b3 = fround(b3 + fround(v3 * wb));
    c3 = fround(c3 + fround(v3 * wc));
    d3 = fround(d3 + fround(v3 * wd));
  }
  store(result, at, a0, b0, c0, d0);
  store(result, at + n, a1, b1, c1, d1);
  store(result, at + 2 * n, a2, b2, c2, d2);
  store(result, at + 3 * n, a3, b3, c3, d3);
}

function store(result: Float32Array, at: number, a: number, b: number, c: number, d: number): void {
  result[at] = a;
  result[at + 1] = b;
  result[at + 2] = c;
  result[at + 3] = d;
}
