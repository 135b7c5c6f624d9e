/** Folding: operations that are equal to existing values or to constants. */
import type { Attribute } from '../ir/attribute.ts';
import type { Columns } from '../ir/columns.ts';
import type { Context } from '../ir/context.ts';
import type { Operation } from '../ir/operation.ts';
import { typeOfId } from '../ir/type.ts';
import { Value } from '../ir/value.ts';
import { fact, type OpFacts } from './pattern-table.ts';
import { failAt, type Rewriter } from './rewriter.ts';
import { visitInside } from './walk-columns.ts';

/** The attribute that holds the value of a constant-like operation. */
export const constantAttribute = 'value';

/**
 * Folds operations, and keeps each constant once, at the entry of the nearest isolated region. Constants are looked at
 * once an iteration and in order, so that they keep it.
 */
export class Folder {
  private readonly context: Context;
  private readonly columns: Columns;
  private readonly facts: OpFacts;
  private readonly root: number;
  /** The constants by region, then by dialect and by value and type. */
  private readonly constants: Map<number, Map<string, Operation>>;

  constructor(context: Context, facts: OpFacts, root: number) {
    this.context = context;
    this.columns = context.columns;
    this.facts = facts;
    this.root = root;
    this.constants = new Map();
  }

  /** The attribute of a constant value; undefined for what is not constant. */
  constantOf(value: number): Attribute | undefined {
    const owner = this.columns.valueOwner[value] as number;
    if (owner <= 0) return undefined;
    if ((this.facts.of(this.columns.opName[owner] as number) & fact.constantLike) === 0) return undefined;
    return this.context.dictionaries.get(this.columns.opDictionary[owner] as number, constantAttribute);
  }

  /** Replaces `operation` by what it folds to; whether it did. */
  fold(operation: Operation, rewriter: Rewriter): boolean {
    const { columns } = this;
    const fold = operation.definition?.fold;
    if (!fold) return false;
    const op = operation.id;
    const first = columns.opOperands[op] as number;
    const constants: (Attribute | undefined)[] = [];
    for (let at = 0; at < (columns.opOperandCount[op] as number); at++)
      constants.push(this.constantOf(columns.slotValue[first + at] as number));
    const folded = fold(operation, constants);
    if (folded === undefined) return false;
    const { resultCount } = operation;
    if (folded.length !== resultCount)
      failAt(operation, `'${operation.name}' folds to ${folded.length} values, but has ${resultCount} results`);
    const values: Value[] = [];
    for (const [at, to] of folded.entries()) {
      if (to instanceof Value && to.owner === operation) return false;
      const value = to instanceof Value ? to : this.constant(operation, at, to, rewriter);
      if (value === undefined) return false;
      values.push(value);
    }
    rewriter.replace(operation, values);
    return true;
  }

  /** The constant for result `at` of `operation`, made before it; the next iteration finds it a place and its equals. */
  private constant(operation: Operation, at: number, attribute: Attribute, rewriter: Rewriter): Value | undefined {
    const type = typeOfId(this.columns.valueType[(this.columns.opResults[operation.id] as number) + at] as number);
    const { dialectName } = operation;
    const made = this.context.dialects.get(dialectName)?.materializeConstant?.(attribute, type)?.operation;
    if (!made) return undefined;
    if (made.resultCount !== 1 || made.result(0).type !== type)
      failAt(
        operation,
        `dialect '${dialectName}' materialises '${made.name}' for a constant of type ${type.text}, of another type`,
      );
    rewriter.insert(made);
    return made.result(0);
  }

  /** Adopts every constant inside the root, in order; gives how many were replaced by an equal one. */
  adoptAll(rewriter: Rewriter): number {
    const { columns } = this;
    const constants: Operation[] = [];
    visitInside(columns, this.root, (op) => {
      if ((this.facts.of(columns.opName[op] as number) & fact.constantLike) !== 0)
        constants.push(this.context.operation(op));
    });
    let merged = 0;
    for (const operation of constants) if (this.adopt(operation, rewriter)) merged++;
    return merged;
  }

  /**
   * Takes note of an existing constant: one that is there already takes its place, and one outside
   * the entry block moves there. Whether the operation was replaced.
   */
  private adopt(operation: Operation, rewriter: Rewriter): boolean {
    const { columns } = this;
    const op = operation.id;
    const { attributes } = operation;
    const [only] = attributes;
    // Anything said beside the value is a reason to stay apart.
    if (!only || attributes.length !== 1 || only.name !== constantAttribute || operation.resultCount !== 1)
      return false;
    const region = this.homeOf(op);
    const home = this.constantsOf(region);
    const key = constantKey(
      operation.dialectName,
      only.value.id,
      columns.valueType[columns.opResults[op] as number] as number,
    );
    const known = home.get(key);
    if (known === operation) return false;
    if (known && !known.isErased) {
      rewriter.replace(operation, known.result(0));
      return true;
    }
    home.set(key, operation);
    const entry = columns.regionFirst[region] as number;
    if (columns.opParent[op] !== entry || !this.amongConstants(columns.opPrevious[op] as number)) {
      const front = this.context.operation(columns.blockFirst[entry] as number);
      if (front !== operation) rewriter.relocateBefore(operation, front);
    }
    return false;
  }

  /** Whether only constants stand before what follows `op`, judged by its nearest neighbour. */
  private amongConstants(op: number): boolean {
    return op === 0 || (this.facts.of(this.columns.opName[op] as number) & fact.constantLike) !== 0;
  }

  private constantsOf(region: number): Map<string, Operation> {
    let home = this.constants.get(region);
    if (!home) {
      home = new Map();
      this.constants.set(region, home);
    }
    return home;
  }

  /** The region whose entry holds the constants for `op`: the nearest that is isolated, or the root's. */
  private homeOf(op: number): number {
    const { columns } = this;
    for (let at = op; ; ) {
      const region = columns.blockParent[columns.opParent[at] as number] as number;
      const owner = columns.regionOwner[region] as number;
      if (owner === this.root || (this.facts.of(columns.opName[owner] as number) & fact.isolated) !== 0) return region;
      at = owner;
    }
  }
}

const constantKey = (dialect: string, attribute: number, type: number): string => `${dialect} ${attribute} ${type}`;
