/**
 * The verifier: whether a module is what its declarations say. It walks the columns, so that an
 * operation like one that was judged before costs a look-up; handles are made for the rest.
 */
import type { Columns } from './columns.ts';
import type { Context } from './context.ts';
import type { OpDefinition } from './definition.ts';
import { type Diagnostic, errorAt, noteAt } from './diagnostic.ts';
import { Dominance } from './dominance.ts';
import type { Operation } from './operation.ts';
import { symbolName } from './symbol-table.ts';
import { SignatureTable, signatureErrors } from './verify-signature.ts';

/** After this many errors the rest is not looked for. */
const errorLimit = 20;

/** Every way in which `root` breaks its declarations, at most twenty; empty when it is valid. */
export function verify(root: Operation): readonly Diagnostic[] {
  const { columns, allowUnregistered } = root.context;
  if (isVerified(root.context, root.id)) return [];
  const diagnostics = new Verification(root.context, root.id).run();
  if (diagnostics.length === 0) verified.set(columns, { version: columns.version, allowUnregistered, root: root.id });
  return diagnostics;
}

/** What was last found valid, and when. */
const verified = new WeakMap<
  Columns,
  { readonly version: number; readonly allowUnregistered: boolean; readonly root: number }
>();

/** Whether `op` was found valid, by itself or as a part, and nothing has changed since. */
export function isVerified({ columns, allowUnregistered }: Context, op: number): boolean {
  const found = verified.get(columns);
  if (found?.version !== columns.version || found.allowUnregistered !== allowUnregistered) return false;
  for (let at = op; at !== 0; ) {
    if (at === found.root) return true;
    const block = columns.opParent[at] as number;
    at = block === 0 ? 0 : (columns.regionOwner[columns.blockParent[block] as number] as number);
  }
  return false;
}

/** So many operations behind a changed one are looked at for what it reads. */
const nearby = 64;

/**
 * Verifies single operations while IR is rewritten, each signature once. Of the order of definition
 * and use it sees what is wrong close by; the rest is for `verify`.
 */
export class LocalVerifier {
  private readonly context: Context;
  private readonly verification: Verification;

  constructor(context: Context) {
    this.context = context;
    this.verification = new Verification(context, 0);
  }

  /** What is wrong with an operation, without its name; undefined when nothing is. */
  errorOf(op: number): string | undefined {
    const found = this.verification.alone(op);
    if (found) return found.message.replace(`'${this.context.operation(op).name}' op `, '');
    const { columns } = this.context;
    const first = columns.opOperands[op] as number;
    const count = columns.opOperandCount[op] as number;
    let next = columns.opNext[op] as number;
    for (let steps = 0; next !== 0 && steps < nearby && count > 0; steps++) {
      for (let at = 0; at < count; at++)
        if (columns.valueOwner[columns.slotValue[first + at] as number] === next)
          return `operand #${at} does not dominate this use`;
      next = columns.opNext[next] as number;
    }
    return undefined;
  }
}

/** One run of the verifier over one operation and all inside it. */
class Verification {
  private readonly context: Context;
  private readonly columns: Columns;
  private readonly root: number;
  private readonly signatures: SignatureTable;
  private readonly dominance: Dominance;
  /** Operations that the walk has been at: of two in one block, whether one stands before the other. */
  private readonly seen: Uint8Array;
  private readonly diagnostics: Diagnostic[];

  constructor(context: Context, root: number) {
    this.context = context;
    this.columns = context.columns;
    this.root = root;
    this.signatures = new SignatureTable(this.columns);
    this.dominance = new Dominance();
    this.seen = root === 0 ? new Uint8Array(0) : new Uint8Array(this.columns.opEnd);
    this.diagnostics = [];
  }

  run(): readonly Diagnostic[] {
    for (let op = this.root; op !== 0; op = this.after(op)) {
      if (this.diagnostics.length >= errorLimit) break;
      const before = this.diagnostics.length;
      this.check(op);
      if (op !== this.root && this.diagnostics.length === before) this.checkOperands(op);
      this.seen[op] = 1;
    }
    return this.diagnostics;
  }

  /** What is wrong with one operation by itself. */
  alone(op: number): Diagnostic | undefined {
    this.check(op);
    return this.diagnostics.pop();
  }

  /** The next operation, outer before inner; 0 at the end. */
  private after(from: number): number {
    const { columns } = this;
    let first = this.firstIn(columns.opRegion[from] as number);
    for (let op = from; first === 0; ) {
      if (op === this.root) return 0;
      if (columns.opNext[op] !== 0) return columns.opNext[op] as number;
      const block = columns.opParent[op] as number;
      const region = columns.blockParent[block] as number;
      first = this.firstOfBlocks(columns.blockNext[block] as number);
      if (first === 0) first = this.firstIn(columns.regionNext[region] as number);
      op = columns.regionOwner[region] as number;
    }
    return first;
  }

  private firstIn(from: number): number {
    const { columns } = this;
    for (let region = from; region !== 0; region = columns.regionNext[region] as number) {
      const op = this.firstOfBlocks(columns.regionFirst[region] as number);
      if (op !== 0) return op;
    }
    return 0;
  }

  private firstOfBlocks(from: number): number {
    const { columns } = this;
    for (let block = from; block !== 0; block = columns.blockNext[block] as number)
      if (columns.blockFirst[block] !== 0) return columns.blockFirst[block] as number;
    return 0;
  }

  private fail(op: number, message: string, notes: readonly Diagnostic[] = []): void {
    const operation = this.context.operation(op);
    this.diagnostics.push(errorAt(operation.location, `'${operation.name}' op ${message}`, notes));
  }

  /** The operation by itself: signature, place, regions and what its declaration asks beyond. */
  private check(op: number): void {
    const { columns, context } = this;
    const slot = columns.opOperands[op] as number;
    for (let at = 0; at < (columns.opOperandCount[op] as number); at++) {
      const value = columns.slotValue[slot + at] as number;
      if (value === 0 || columns.valueOwner[value] === 0)
        return this.fail(op, `operand #${at} is null; it was erased or never given`);
    }
    const definition = context.definitionOf(columns.opName[op] as number);
    const found = this.diagnostics.length;
    if (columns.opRegion[op] !== 0) this.checkBlocks(op, definition);
    if (columns.opSuccessors[op] !== 0) this.checkSuccessors(op, definition);
    if (!definition) {
      if (!context.allowUnregistered)
        this.fail(op, 'is not registered; load its dialect or allow unregistered dialects');
      return;
    }
    if (!this.signatures.has(op)) {
      const errors = signatureErrors(context.operation(op), definition);
      for (const message of errors) this.fail(op, message);
      if (errors.length > 0) return;
      this.signatures.add(op);
    }
    if (definition.parents.length > 0) this.checkParent(op, definition);
    this.checkTraits(op, definition);
    if (this.diagnostics.length > found) return;
    const message = definition.verifyOperation?.(context.operation(op));
    if (message !== undefined) this.fail(op, message);
  }

  /** Blocks end in a terminator where the operation asks for it. */
  private checkBlocks(op: number, definition: OpDefinition | undefined): void {
    const { columns, context } = this;
    const singleBlock = definition?.traits.has('single-block') ?? false;
    const free = !definition || definition.traits.has('no-terminator') || definition.traits.has('graph-region');
    let number = 0;
    for (let region = columns.opRegion[op] as number; region !== 0; region = columns.regionNext[region] as number) {
      if (singleBlock && columns.regionFirst[region] !== columns.regionLast[region])
        this.fail(op, `expects region #${number} to have 0 or 1 blocks`);
      number++;
      if (columns.blockUse[columns.regionFirst[region] as number] !== 0)
        this.diagnostics.push(
          errorAt(context.operation(op).location, 'entry block of region may not have predecessors'),
        );
      if (free) continue;
      for (let block = columns.regionFirst[region] as number; block !== 0; block = columns.blockNext[block] as number) {
        const last = columns.blockLast[block] as number;
        if (last === 0) {
          this.diagnostics.push(
            errorAt(
              context.operation(op).location,
              `empty block: expect at least a terminator in '${definition.opName}'`,
            ),
          );
          continue;
        }
        const ending = context.definitionOf(columns.opName[last] as number);
        if (ending && !ending.traits.has('terminator'))
          this.diagnostics.push(
            errorAt(
              context.operation(last).location,
              `block with no terminator, has '${ending.opName}' at its end, expected a terminator of '${definition.opName}'`,
            ),
          );
      }
    }
  }

  private checkSuccessors(op: number, definition: OpDefinition | undefined): void {
    const { columns } = this;
    if (columns.opNext[op] !== 0 && !definition?.traits.has('terminator'))
      this.fail(op, 'with block successors must terminate its parent block');
    const region = columns.blockParent[columns.opParent[op] as number];
    for (const block of columns.successorsFrom(columns.opSuccessors[op] as number))
      if (columns.blockParent[block] !== region) this.fail(op, 'passes control to a block of another region');
  }

  private checkParent(op: number, { parents }: OpDefinition): void {
    const { columns, context } = this;
    const block = columns.opParent[op] as number;
    if (block === 0) return;
    const name = context.nameOf(
      columns.opName[columns.regionOwner[columns.blockParent[block] as number] as number] as number,
    );
    if (parents.includes(name)) return;
    const [only] = parents;
    const expected = parents.length === 1 ? `parent op '${only}'` : `parent op to be one of '${parents.join(', ')}'`;
    this.fail(op, `expects ${expected}`);
  }

  private checkTraits(op: number, { traits }: OpDefinition): void {
    if (traits.has('terminator') && this.columns.opNext[op] !== 0 && op !== this.root)
      this.fail(op, 'must be the last operation in its block');
    if (traits.has('symbol') && symbolName(this.context.operation(op)) === undefined)
      this.fail(op, `is a symbol and needs the string attribute 'sym_name'`);
    if (traits.has('symbol-table')) this.checkSymbols(op);
  }

  private checkSymbols(op: number): void {
    const seen = new Map<string, Operation>();
    for (const region of this.context.operation(op).regions)
      for (const block of region.blocks)
        for (const symbol of block.operations) {
          const name = symbolName(symbol);
          if (name === undefined) continue;
          const first = seen.get(name);
          if (first)
            this.diagnostics.push(
              errorAt(symbol.location, `redefinition of symbol named '${name}'`, [
                noteAt(first.location, 'see existing symbol definition here'),
              ]),
            );
          else seen.set(name, symbol);
        }
  }

  /** Every operand is there before it is read, and no isolated operation is between. */
  private checkOperands(op: number): void {
    const { columns } = this;
    const slot = columns.opOperands[op] as number;
    const count = columns.opOperandCount[op] as number;
    const block = columns.opParent[op] as number;
    for (let at = 0; at < count; at++) {
      const value = columns.slotValue[slot + at] as number;
      const owner = columns.valueOwner[value] as number;
      if (owner > 0 ? columns.opParent[owner] === block && this.seen[owner] === 1 : -owner === block) continue;
      this.checkFarOperand(op, at, value);
    }
  }

  /** An operand that is not simply defined above in the same block. */
  private checkFarOperand(op: number, at: number, value: number): void {
    const { columns, context } = this;
    const owner = columns.valueOwner[value] as number;
    const home = columns.blockParent[owner > 0 ? (columns.opParent[owner] as number) : -owner] as number;
    for (let inner = op; inner !== this.root; ) {
      const region = columns.blockParent[columns.opParent[inner] as number] as number;
      if (region === home) {
        const there = columns.opParent[inner] as number;
        if (
          owner > 0 ? columns.opParent[owner] === there && owner !== inner && this.seen[owner] === 1 : -owner === there
        )
          return;
        break;
      }
      inner = columns.regionOwner[region] as number;
      if (inner === 0) break;
      if (!context.definitionOf(columns.opName[inner] as number)?.traits.has('isolated-from-above')) continue;
      // A value that is nowhere around is an error of dominance, not of isolation.
      const isolated = context.operation(inner);
      const around = isolated.parent?.parent;
      if (!home || !around || !context.region(home).isAncestorOf(around)) break;
      return this.fail(op, 'using value defined outside the region', [
        noteAt(isolated.location, 'required by region isolation constraints'),
      ]);
    }
    const user = context.operation(op);
    const read = context.value(value);
    if (this.dominance.dominates(read, user)) return;
    const defining = read.owner;
    const place =
      home && user.parent?.parent && context.region(home) === user.parent.parent
        ? 'the same region'
        : 'a different region';
    this.fail(
      op,
      `operand #${at} does not dominate this use`,
      defining ? [noteAt(defining.location, `operand defined here (op in ${place})`)] : [],
    );
  }
}
