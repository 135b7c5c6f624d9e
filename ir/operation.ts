/** Operations: the unit of the IR. */
import type { Attribute } from './attribute.ts';
import type { Block } from './block.ts';
import type { Context } from './context.ts';
import type { NamedAttribute } from './dictionary-table.ts';
import type { AnyOp, OpOf } from './op.ts';
import type { InterfaceToken, OpDefinition, Trait } from './definition.ts';
import type { Location } from './location.ts';
import type { Region } from './region.ts';
import { type Type, typeOfId } from './type.ts';
import type { Value } from './value.ts';

/** An operation. The same operation is the same handle, and an erased handle has `isErased`. */
export class Operation {
  readonly context: Context;
  /** The column index; −1 after the operation was erased. */
  id: number;

  constructor(context: Context, id: number) {
    this.context = context;
    this.id = id;
  }

  /** The full name, `dialect.operation`. */
  get name(): string {
    return this.context.nameOf(this.context.columns.opName[this.id] as number);
  }

  /** The dialect part of the name. */
  get dialectName(): string {
    const { name } = this;
    const dot = name.indexOf('.');
    return dot < 0 ? '' : name.slice(0, dot);
  }

  /** The declaration; undefined when the operation is not registered in the context. */
  get definition(): OpDefinition | undefined {
    return this.context.definitionOf(this.context.columns.opName[this.id] as number);
  }

  /** Whether the handle's operation is gone. */
  get isErased(): boolean {
    return this.id < 0;
  }

  /** Whether the declaration has a trait. */
  hasTrait(trait: Trait): boolean {
    return this.definition?.traits.has(trait) ?? false;
  }

  /** The declaration's implementation of an interface. */
  interface<T>(token: InterfaceToken<T>): T | undefined {
    return this.definition?.interfaces.get(token as InterfaceToken<unknown>) as T | undefined;
  }

  /** The typed view, when this is an instance of `definition`. */
  as<D extends AnyOp>(definition: D): OpOf<D> | undefined {
    return this.is(definition) ? (definition.view(this) as OpOf<D>) : undefined;
  }

  /** Whether this is an instance of `definition`. */
  is(definition: AnyOp): boolean {
    return this.definition === definition.definition;
  }

  // Operands and results.

  /** How many operands there are. */
  get operandCount(): number {
    return this.context.columns.opOperandCount[this.id] as number;
  }

  /** Operand `at`; throws a `RangeError` when there is none. */
  operand(at: number): Value {
    const { columns } = this.context;
    if (!(at >= 0 && at < (columns.opOperandCount[this.id] as number))) throw this.noSuch('operand', at);
    return this.context.value(columns.slotValue[(columns.opOperands[this.id] as number) + at] as number);
  }

  /** The type of operand `at`, which must be there. */
  operandType(at: number): Type {
    const { columns } = this.context;
    const value = columns.slotValue[(columns.opOperands[this.id] as number) + at] as number;
    return typeOfId(columns.valueType[value] as number);
  }

  /** All operands, in order. */
  get operands(): readonly Value[] {
    const { columns } = this.context;
    const first = columns.opOperands[this.id] as number;
    const count = columns.opOperandCount[this.id] as number;
    const operands: Value[] = [];
    for (let at = 0; at < count; at++) operands.push(this.context.value(columns.slotValue[first + at] as number));
    return operands;
  }

  /** Makes operand `at` read `value`. */
  setOperand(at: number, value: Value): void {
    const { columns } = this.context;
    columns.setSlot((columns.opOperands[this.id] as number) + at, value.id);
  }

  /** Replaces the whole operand list. */
  setOperands(values: readonly Value[]): void {
    const { columns } = this.context;
    if (values.length !== this.operandCount) columns.resizeOperands(this.id, values.length);
    const first = columns.opOperands[this.id] as number;
    for (const [at, value] of values.entries()) columns.setSlot(first + at, value.id);
  }

  /** How many results there are. */
  get resultCount(): number {
    return this.context.columns.opResultCount[this.id] as number;
  }

  /** Result `at`; throws a `RangeError` when there is none. */
  result(at = 0): Value {
    const { columns } = this.context;
    if (!(at >= 0 && at < (columns.opResultCount[this.id] as number))) throw this.noSuch('result', at);
    return this.context.value((columns.opResults[this.id] as number) + at);
  }

  private noSuch(part: 'operand' | 'result', at: number): RangeError {
    if (this.isErased) return new RangeError(`${part} ${at} is asked of an operation that was erased before`);
    const count = part === 'operand' ? this.operandCount : this.resultCount;
    return new RangeError(`'${this.name}' has ${count} ${part}s, none at ${at}`);
  }

  /** The type of result `at`, which must be there. */
  resultType(at: number): Type {
    const { columns } = this.context;
    return typeOfId(columns.valueType[(columns.opResults[this.id] as number) + at] as number);
  }

  /** All results, in order. */
  get results(): readonly Value[] {
    const { columns } = this.context;
    const first = columns.opResults[this.id] as number;
    const count = columns.opResultCount[this.id] as number;
    const results: Value[] = [];
    for (let at = 0; at < count; at++) results.push(this.context.value(first + at));
    return results;
  }

  /** Whether no result is read. */
  get isUnused(): boolean {
    const { columns } = this.context;
    const first = columns.opResults[this.id] as number;
    const end = first + (columns.opResultCount[this.id] as number);
    for (let value = first; value < end; value++) if (columns.valueUse[value] !== 0) return false;
    return true;
  }

  // Attributes.

  /** The attributes, properties and discardable ones, sorted by name. */
  get attributes(): readonly NamedAttribute[] {
    return this.context.dictionaries.entries(this.context.columns.opDictionary[this.id] as number);
  }

  /** The attribute called `name`. */
  attribute(name: string): Attribute | undefined {
    return this.context.dictionaries.get(this.context.columns.opDictionary[this.id] as number, name);
  }

  /** Sets or, with undefined, removes the attribute called `name`. */
  setAttribute(name: string, value: Attribute | undefined): void {
    const rest = this.attributes.filter((entry) => entry.name !== name);
    const property =
      this.attributes.find((entry) => entry.name === name)?.property ??
      this.definition?.attributes.some((attribute) => attribute.name === name) ??
      false;
    this.setAttributes(value === undefined ? rest : [...rest, { name, value, property }]);
  }

  /** Replaces all attributes. */
  setAttributes(entries: readonly NamedAttribute[]): void {
    this.context.columns.version++;
    this.context.columns.opDictionary[this.id] = this.context.dictionaries.idOf(entries);
  }

  // Regions and successors.

  /** The regions, in order. */
  get regions(): readonly Region[] {
    const { columns } = this.context;
    const regions: Region[] = [];
    for (let at = columns.opRegion[this.id] as number; at > 0; at = columns.regionNext[at] as number)
      regions.push(this.context.region(at));
    return regions;
  }

  /** Region `at`; throws a `RangeError` when there is none. */
  region(at = 0): Region {
    const { columns } = this.context;
    let region = this.isErased || !(at >= 0) ? 0 : (columns.opRegion[this.id] as number);
    for (let left = at; left > 0 && region > 0; left--) region = columns.regionNext[region] as number;
    if (!(region > 0)) throw new RangeError(`'${this.name}' has no region ${at}`);
    return this.context.region(region);
  }

  /** Whether the operation has regions. */
  get hasRegions(): boolean {
    return this.context.columns.opRegion[this.id] !== 0;
  }

  /** Adds an empty region after the others. */
  addRegion(): Region {
    const { columns } = this.context;
    const last = this.regions.at(-1);
    const region = columns.newRegion(this.id, last?.id ?? 0);
    if (!last) columns.opRegion[this.id] = region;
    return this.context.region(region);
  }

  /** The blocks that the operation may pass control to. */
  get successors(): readonly Block[] {
    const { columns } = this.context;
    return columns.successorsFrom(columns.opSuccessors[this.id] as number).map((block) => this.context.block(block));
  }

  /** Replaces the successors. */
  setSuccessors(blocks: readonly Block[]): void {
    this.context.columns.setSuccessors(
      this.id,
      blocks.map((block) => block.id),
    );
  }

  // Place.

  /** Where the operation comes from. */
  get location(): Location {
    return this.context.locations.of(this.context.columns.opLocation[this.id] as number);
  }

  /** Changes where the operation comes from. */
  setLocation(location: Location): void {
    this.context.columns.opLocation[this.id] = this.context.locations.idOf(location);
  }

  /** The block that holds the operation; undefined when detached. */
  get parent(): Block | undefined {
    const block = this.context.columns.opParent[this.id] as number;
    return block === 0 ? undefined : this.context.block(block);
  }

  /** The operation whose region holds this one. */
  get parentOperation(): Operation | undefined {
    return this.parent?.parentOperation;
  }

  /** The operation after this one in its block. */
  get next(): Operation | undefined {
    return this.context.operationOrNone(this.context.columns.opNext[this.id] as number);
  }

  /** The operation before this one in its block. */
  get previous(): Operation | undefined {
    return this.context.operationOrNone(this.context.columns.opPrevious[this.id] as number);
  }

  /** Whether this stands before `other` in the same block. */
  isBefore(other: Operation): boolean {
    return this.context.columns.isBefore(this.id, other.id);
  }

  /** Whether this is `other` or holds it. */
  isAncestorOf(other: Operation): boolean {
    for (let op: Operation | undefined = other; op; op = op.parentOperation) if (op === this) return true;
    return false;
  }

  /** Takes the operation out of its block; it can be put elsewhere. */
  remove(): void {
    this.context.columns.unlink(this.id);
  }

  /** Moves the operation to just before `other`. */
  moveBefore(other: Operation): void {
    if (other === this) return;
    this.remove();
    const { columns } = this.context;
    columns.link(this.id, columns.opParent[other.id] as number, other.id);
  }

  /** Moves the operation to just after `other`. */
  moveAfter(other: Operation): void {
    if (other === this) return;
    this.remove();
    const { columns } = this.context;
    columns.link(this.id, columns.opParent[other.id] as number, columns.opNext[other.id] as number);
  }

  /** Erases the operation with all it holds; throws when a result is still read. */
  erase(): void {
    if (!this.isUnused) throw new Error(`'${this.name}' is erased while its results have uses; replace them before`);
    this.context.eraseOperation(this.id);
  }

  /** Visits this operation and all inside it, outer before inner; `false` skips the inside. */
  walk(visit: (operation: Operation) => boolean | undefined | void): void {
    const pending: Operation[] = [this];
    for (let op = pending.pop(); op; op = pending.pop()) {
      if (op.isErased || visit(op) === false || op.isErased || !op.hasRegions) continue;
      const inside: Operation[] = [];
      for (const region of op.regions)
        for (const block of region.blocks) for (const inner of block.operations) inside.push(inner);
      while (inside.length > 0) pending.push(inside.pop() as Operation);
    }
  }

  /** Visits all inside this operation and then itself, inner before outer. */
  walkPostOrder(visit: (operation: Operation) => void): void {
    const order: Operation[] = [];
    this.walk((op) => {
      order.push(op);
    });
    // Reversed pre-order has the inner before the outer; siblings are put back in their order.
    for (const op of postOrder(order)) if (!op.isErased) visit(op);
  }
}

function postOrder(preOrder: readonly Operation[]): readonly Operation[] {
  const depth = new Map<Operation, number>();
  for (const op of preOrder) depth.set(op, (depth.get(op.parentOperation as Operation) ?? 0) + 1);
  const open: Operation[] = [];
  const order: Operation[] = [];
  for (const op of preOrder) {
    while (open.length > 0 && (depth.get(open.at(-1) as Operation) as number) >= (depth.get(op) as number))
      order.push(open.pop() as Operation);
    open.push(op);
  }
  while (open.length > 0) order.push(open.pop() as Operation);
  return order;
}
