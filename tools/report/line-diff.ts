/** Which lines of two texts are the same, and many texts side by side with equal lines in one row. */

/** A line as far as comparing goes: the numbers of values are not what it says. */
const key = (line: string): string => line.replace(/%[\w$.-]+(?:[:#]\d+)?/g, '%').trim();

/** Beyond so many different lines, what is in between counts as changed as a whole. */
const mostSteps = 4000;

/**
 * Pairs of places of lines that are the same, in order; as many as there can be. Source: Myers, "An O(ND) difference
 * algorithm and its variations", 1986.
 */
export function sameLines(before: readonly string[], after: readonly string[]): readonly (readonly [number, number])[] {
  const [a, b] = [before.map(key), after.map(key)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const middle = shortestEdit(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return [
    ...Array.from({ length: start }, (_, at) => [at, at] as const),
    ...middle.map(([x, y]) => [x + start, y + start] as const),
    ...Array.from({ length: end }, (_, at) => [a.length - end + at, b.length - end + at] as const),
  ];
}

function shortestEdit(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  const most = Math.min(a.length + b.length, mostSteps);
  const reach = new Map<number, number>([[1, 0]]);
  const history: Map<number, number>[] = [];
  for (let steps = 0; steps <= most; steps++) {
    history.push(new Map(reach));
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      const down =
        diagonal === -steps ||
        (diagonal !== steps && (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1));
      let x = down ? (reach.get(diagonal + 1) ?? 0) : (reach.get(diagonal - 1) ?? 0) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      reach.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return traced(a, b, history);
    }
  }
  return [];
}

/** The way back through what was reached. */
function traced(
  a: readonly string[],
  b: readonly string[],
  history: readonly ReadonlyMap<number, number>[],
): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  let [x, y] = [a.length, b.length];
  for (let steps = history.length - 1; steps >= 0; steps--) {
    const reach = history[steps] as ReadonlyMap<number, number>;
    const diagonal = x - y;
    const down =
      diagonal === -steps || (diagonal !== steps && (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1));
    const from = down ? diagonal + 1 : diagonal - 1;
    const [fromX, fromY] = [reach.get(from) ?? 0, (reach.get(from) ?? 0) - from];
    while (x > Math.max(fromX, 0) && y > Math.max(fromY, 0) && x - 1 >= 0 && y - 1 >= 0 && a[x - 1] === b[y - 1])
      pairs.unshift([--x, --y]);
    [x, y] = [fromX, fromY];
  }
  return pairs;
}

/** A line of one column, and whether the columns beside it have it too. */
export interface Cell {
  /** The place in its text. */
  readonly at: number;
  /** Not in the column before, although there is one. */
  isNew: boolean;
  /** Not in the column after, although there is one. */
  isGone: boolean;
}

/** Texts as rows: equal lines of neighbours stand in one row; a row has a cell or nothing for each text. */
export function alignedRows(texts: readonly (readonly string[])[]): readonly (readonly (Cell | undefined)[])[] {
  let rows: (Cell | undefined)[][] = [];
  for (const [column, lines] of texts.entries()) {
    const cells: Cell[] = lines.map((_, at) => ({ at, isNew: column > 0, isGone: column < texts.length - 1 }));
    if (column === 0) {
      rows = cells.map((cell) => [cell]);
      continue;
    }
    const before = texts[column - 1] as readonly string[];
    const partner = new Map(sameLines(before, lines).map(([old, now]) => [old, now]));
    const paired = new Set(partner.values());
    const merged: (Cell | undefined)[][] = [];
    let next = 0;
    const take = (to: number): void => {
      for (; next < to; next++) merged.push([...Array<undefined>(column).fill(undefined), cells[next]]);
    };
    for (const row of rows) {
      const old = row[column - 1];
      const now = old && partner.get(old.at);
      if (old && now !== undefined) {
        take(now);
        const cell = cells[next++] as Cell;
        cell.isNew = false;
        old.isGone = false;
        merged.push([...row, cell]);
        continue;
      }
      // What took the place of a line that is gone stands beside it, while there is something that is not paired.
      const isFree = old && next < cells.length && !paired.has(next);
      merged.push([...row, isFree ? cells[next++] : undefined]);
    }
    take(cells.length);
    rows = merged;
  }
  return rows;
}
