import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignedRows, sameLines } from '../../../tools/report/line-diff.ts';

/** How many lines two texts can have in common, by the table of all prefixes. */
function longest(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let x = 1; x <= a.length; x++)
    for (let y = 1; y <= b.length; y++) {
      const row = table[x] as number[];
      const above = table[x - 1] as number[];
      row[y] =
        a[x - 1] === b[y - 1] ? (above[y - 1] as number) + 1 : Math.max(above[y] as number, row[y - 1] as number);
    }
  return table[a.length]?.[b.length] as number;
}

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 14 });

test('as many lines as can be are the same, in order', () => {
  fc.assert(
    fc.property(lines, lines, (a, b) => {
      const pairs = sameLines(a, b);
      for (const [at, [x, y]] of pairs.entries()) {
        expect(a[x]).toBe(b[y]);
        const [lastX, lastY] = pairs[at - 1] ?? [-1, -1];
        expect(x > lastX && y > lastY).toBe(true);
      }
      expect(pairs.length).toBe(longest(a, b));
    }),
    { numRuns: 300 },
  );
});

test('numbers of values are not what a line says', () => {
  expect(sameLines(['%0 = a %1 : i32', '%2 = b'], ['%7 = a %x#2 : i32', '%0 = c'])).toEqual([[0, 0]]);
});

test('every line of every text stands in a row of its own, in order, beside its like', () => {
  fc.assert(
    fc.property(fc.array(lines, { minLength: 1, maxLength: 4 }), (texts) => {
      const rows = alignedRows(texts);
      for (const [column, text] of texts.entries()) {
        const cells = rows.flatMap((row) => row[column] ?? []);
        expect(cells.map(({ at }) => at)).toEqual(text.map((_, at) => at));
        for (const row of rows) {
          const [left, right] = [row[column - 1], row[column]];
          if (!right) continue;
          const paired = left !== undefined && !left.isGone && !right.isNew;
          expect(right.isNew).toBe(column > 0 && !paired);
          if (paired) expect(texts[column - 1]?.[left.at]).toBe(text[right.at]);
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('a line that is changed stands beside what it was', () => {
  const rows = alignedRows([
    ['start', 'old', 'end'],
    ['start', 'new', 'end'],
  ]);
  expect(rows.map((row) => row.map((cell) => cell && [cell.at, cell.isNew, cell.isGone]))).toEqual([
    [
      [0, false, false],
      [0, false, false],
    ],
    [
      [1, false, true],
      [1, true, false],
    ],
    [
      [2, false, false],
      [2, false, false],
    ],
  ]);
});
