/** Whether regions say the same: the same operations in the same order, reading the same or corresponding values. */
import type { Columns } from './columns.ts';

/** What corresponds between two pieces of IR that are compared. */
class Correspondence {
  private readonly values: Map<number, number>;
  private readonly blocks: Map<number, number>;

  constructor() {
    this.values = new Map();
    this.blocks = new Map();
  }

  pairValue(a: number, b: number): void {
    this.values.set(a, b);
  }
  pairBlock(a: number, b: number): void {
    this.blocks.set(a, b);
  }
  /** Values from outside correspond to themselves. */
  isValue(a: number, b: number): boolean {
    return (this.values.get(a) ?? a) === b;
  }
  isBlock(a: number, b: number): boolean {
    return (this.blocks.get(a) ?? a) === b;
  }
}

/** Whether the regions of operation `a` are those of `b`, up to the names of what they define. */
export function sameRegions(columns: Columns, a: number, b: number): boolean {
  return regionsMatch(columns, a, b, new Correspondence());
}

/** Whether block `a` takes and does what `b` does; both go to the same blocks. */
export function blocksMatch(columns: Columns, a: number, b: number): boolean {
  const known = new Correspondence();
  return pairArguments(columns, a, b, known) && blockMatches(columns, a, b, known);
}

function pairArguments(columns: Columns, a: number, b: number, known: Correspondence): boolean {
  const argumentsA = columns.blockArguments[a] ?? [];
  const argumentsB = columns.blockArguments[b] ?? [];
  if (argumentsA.length !== argumentsB.length) return false;
  for (const [at, value] of argumentsA.entries()) {
    const other = argumentsB[at] as number;
    if (columns.valueType[value] !== columns.valueType[other]) return false;
    known.pairValue(value, other);
  }
  return true;
}

function regionsMatch(columns: Columns, a: number, b: number, known: Correspondence): boolean {
  let regionA = columns.opRegion[a] as number;
  let regionB = columns.opRegion[b] as number;
  while (regionA !== 0 && regionB !== 0) {
    if (!regionMatches(columns, regionA, regionB, known)) return false;
    regionA = columns.regionNext[regionA] as number;
    regionB = columns.regionNext[regionB] as number;
  }
  return regionA === regionB;
}

function regionMatches(columns: Columns, a: number, b: number, known: Correspondence): boolean {
  const pairs: [number, number][] = [];
  let blockA = columns.regionFirst[a] as number;
  let blockB = columns.regionFirst[b] as number;
  // Blocks are paired before their operations are looked at: a branch may lead forward.
  for (; blockA !== 0 && blockB !== 0; ) {
    if (!pairArguments(columns, blockA, blockB, known)) return false;
    known.pairBlock(blockA, blockB);
    pairs.push([blockA, blockB]);
    blockA = columns.blockNext[blockA] as number;
    blockB = columns.blockNext[blockB] as number;
  }
  if (blockA !== blockB) return false;
  return pairs.every(([first, second]) => blockMatches(columns, first, second, known));
}

function blockMatches(columns: Columns, a: number, b: number, known: Correspondence): boolean {
  let opA = columns.blockFirst[a] as number;
  let opB = columns.blockFirst[b] as number;
  while (opA !== 0 && opB !== 0) {
    if (!operationMatches(columns, opA, opB, known)) return false;
    opA = columns.opNext[opA] as number;
    opB = columns.opNext[opB] as number;
  }
  return opA === opB;
}

function operationMatches(columns: Columns, a: number, b: number, known: Correspondence): boolean {
  if (columns.opName[a] !== columns.opName[b] || columns.opDictionary[a] !== columns.opDictionary[b]) return false;
  const operands = columns.opOperandCount[a] as number;
  const results = columns.opResultCount[a] as number;
  if (operands !== columns.opOperandCount[b] || results !== columns.opResultCount[b]) return false;
  const slotA = columns.opOperands[a] as number;
  const slotB = columns.opOperands[b] as number;
  for (let at = 0; at < operands; at++)
    if (!known.isValue(columns.slotValue[slotA + at] as number, columns.slotValue[slotB + at] as number)) return false;
  const firstA = columns.opResults[a] as number;
  const firstB = columns.opResults[b] as number;
  for (let at = 0; at < results; at++) {
    if (columns.valueType[firstA + at] !== columns.valueType[firstB + at]) return false;
    known.pairValue(firstA + at, firstB + at);
  }
  const successorsA = columns.successorsFrom(columns.opSuccessors[a] as number);
  const successorsB = columns.successorsFrom(columns.opSuccessors[b] as number);
  if (successorsA.length !== successorsB.length) return false;
  if (!successorsA.every((block, at) => known.isBlock(block, successorsB[at] as number))) return false;
  return regionsMatch(columns, a, b, known);
}
