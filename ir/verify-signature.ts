/**
 * The part of verification that depends on nothing but an operation's own signature: its name,
 * attributes, operand and result types, and how many regions and successors it has. Operations
 * repeat, so each signature is judged once.
 */
import { bindOperation } from './binding.ts';
import type { Columns } from './columns.ts';
import type { OpDefinition } from './definition.ts';
import type { Operation } from './operation.ts';

/** Every way in which the signature of `operation` breaks its declaration. */
export function signatureErrors(operation: Operation, definition: OpDefinition): readonly string[] {
  const { error } = bindOperation(operation, definition);
  if (error !== undefined) return [error];
  const errors = shapeErrors(operation, definition);
  if (definition.traits.has('same-operands-and-result-type')) {
    const types = new Set([...operation.operands, ...operation.results].map((value) => value.type.text));
    if (types.size > 1) errors.push(`has types ${[...types].join(' and ')}, expected the same type everywhere`);
  }
  if (errors.length > 0) return errors;
  const message = definition.verifySignature?.(operation);
  return message === undefined ? [] : [message];
}

function shapeErrors(operation: Operation, definition: OpDefinition): string[] {
  const errors: string[] = [];
  const regions = operation.regions.length;
  const fixed = definition.regions.filter((region) => !region.many).length;
  if (definition.regions.some((region) => region.many) ? regions < fixed : regions !== fixed)
    errors.push(
      `has ${regions} regions, expected ${fixed === definition.regions.length ? fixed : `at least ${fixed}`}`,
    );
  const successors = operation.successors.length;
  const named = definition.successors.length - (definition.variadicSuccessors ? 1 : 0);
  if (definition.variadicSuccessors ? successors < named : successors !== named)
    errors.push(
      `has ${successors} successors, expected ${definition.variadicSuccessors ? `at least ${named}` : named}`,
    );
  return errors;
}

/** Signatures that were found right: operations that stand for them, in an open hash table. */
export class SignatureTable {
  private readonly columns: Columns;
  private slots: Int32Array;
  private count: number;
  private slot: number;

  constructor(columns: Columns) {
    this.columns = columns;
    this.slots = new Int32Array(256);
    this.count = 0;
    this.slot = 0;
  }

  /** Whether an operation with the signature of `op` was found right before. */
  has(op: number): boolean {
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = this.hash(op) & mask;
    for (let known = slots[slot] as number; known !== 0; known = slots[slot] as number) {
      if (this.same(known, op)) return true;
      slot = (slot + 1) & mask;
    }
    this.slot = slot;
    return false;
  }

  /** Remembers the signature that `has` was last asked for. */
  add(op: number): void {
    this.slots[this.slot] = op;
    if (++this.count * 2 < this.slots.length) return;
    const before = this.slots;
    this.slots = new Int32Array(before.length * 2);
    for (const known of before)
      if (known !== 0) {
        this.has(known);
        this.slots[this.slot] = known;
      }
  }

  private hash(op: number): number {
    const { columns } = this;
    let hash = Math.imul(columns.opName[op] as number, 0x9e3779b1) ^ (columns.opDictionary[op] as number);
    const slot = columns.opOperands[op] as number;
    const operands = columns.opOperandCount[op] as number;
    for (let at = 0; at < operands; at++)
      hash = Math.imul(hash ^ (columns.valueType[columns.slotValue[slot + at] as number] as number), 0x85ebca6b);
    const first = columns.opResults[op] as number;
    const results = columns.opResultCount[op] as number;
    for (let at = 0; at < results; at++) hash = Math.imul(hash ^ (columns.valueType[first + at] as number), 0xc2b2ae35);
    return (hash ^ (hash >>> 15)) & 0x7fffffff;
  }

  private same(a: number, b: number): boolean {
    const { columns } = this;
    const { opOperandCount, opResultCount, valueType } = columns;
    const operands = opOperandCount[a] as number;
    const results = opResultCount[a] as number;
    if (
      columns.opName[a] !== columns.opName[b] ||
      columns.opDictionary[a] !== columns.opDictionary[b] ||
      operands !== opOperandCount[b] ||
      results !== opResultCount[b]
    )
      return false;
    const slotA = columns.opOperands[a] as number;
    const slotB = columns.opOperands[b] as number;
    for (let at = 0; at < operands; at++)
      if (valueType[columns.slotValue[slotA + at] as number] !== valueType[columns.slotValue[slotB + at] as number])
        return false;
    const firstA = columns.opResults[a] as number;
    const firstB = columns.opResults[b] as number;
    for (let at = 0; at < results; at++) if (valueType[firstA + at] !== valueType[firstB + at]) return false;
    return this.regions(a) === this.regions(b) && this.successors(a) === this.successors(b);
  }

  private regions(op: number): number {
    const { columns } = this;
    let count = 0;
    for (let region = columns.opRegion[op] as number; region !== 0; region = columns.regionNext[region] as number)
      count++;
    return count;
  }

  private successors(op: number): number {
    const first = this.columns.opSuccessors[op] as number;
    return first === 0 ? 0 : this.columns.successorsFrom(first).length;
  }
}
