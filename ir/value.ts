/** Values: what operations compute and blocks take. */
import type { Block } from './block.ts';
import type { Context } from './context.ts';
import type { Location } from './location.ts';
import type { AnyOp, OpOf } from './op.ts';
import type { Operation } from './operation.ts';
import { type Type, typeOfId } from './type.ts';

/** An SSA value: the result of an operation or an argument of a block. The same value is the same handle. */
export class Value {
  readonly context: Context;
  /** The column index; −1 after the value was erased. */
  id: number;

  constructor(context: Context, id: number) {
    this.context = context;
    this.id = id;
  }

  /** The type of the value. */
  get type(): Type {
    return typeOfId(this.context.columns.valueType[this.id] as number);
  }

  /** Changes the type in place; users are not told. */
  setType(type: Type): void {
    this.context.columns.version++;
    this.context.columns.valueType[this.id] = type.id;
  }

  /** Where the value comes from: its operation's location, or that of the block argument itself. */
  get location(): Location {
    const { columns, locations } = this.context;
    const owner = columns.valueOwner[this.id] as number;
    return locations.of((owner > 0 ? columns.opLocation[owner] : columns.argumentLocation[this.id]) ?? 0);
  }

  /** Says where a block argument comes from; a result comes from where its operation does. */
  setLocation(location: Location): void {
    const { columns, locations } = this.context;
    if ((columns.valueOwner[this.id] as number) < 0) columns.setArgumentLocation(this.id, locations.idOf(location));
  }

  /** The operation whose result this is; undefined for a block argument. */
  get owner(): Operation | undefined {
    const owner = this.context.columns.valueOwner[this.id] as number;
    return owner > 0 ? this.context.operation(owner) : undefined;
  }

  /** The block whose argument this is; undefined for a result. */
  get ownerBlock(): Block | undefined {
    const owner = this.context.columns.valueOwner[this.id] as number;
    return owner < 0 ? this.context.block(-owner) : undefined;
  }

  /** The block in which the value is defined; undefined when its operation is detached. */
  get parentBlock(): Block | undefined {
    return this.ownerBlock ?? this.owner?.parent;
  }

  /** The position among the results or the block arguments. */
  get index(): number {
    const { columns } = this.context;
    const owner = columns.valueOwner[this.id] as number;
    return owner > 0
      ? this.id - (columns.opResults[owner] as number)
      : (columns.blockArguments[-owner]?.indexOf(this.id) ?? -1);
  }

  /** The typed view of the defining operation, when that is an instance of `definition`. */
  definedBy<D extends AnyOp>(definition: D): OpOf<D> | undefined {
    return this.owner?.as(definition);
  }

  /** Whether nothing reads the value. */
  get isUnused(): boolean {
    return this.context.columns.valueUse[this.id] === 0;
  }

  /** Whether exactly one operand reads the value. */
  get hasOneUse(): boolean {
    const { columns } = this.context;
    const use = columns.valueUse[this.id] as number;
    return use !== 0 && columns.slotNext[use] === 0;
  }

  /** The operands that read the value, latest first. */
  get uses(): readonly Use[] {
    const { columns } = this.context;
    const uses: Use[] = [];
    for (let slot = columns.valueUse[this.id] as number; slot > 0; slot = columns.slotNext[slot] as number) {
      const owner = columns.slotOwner[slot] as number;
      uses.push({ owner: this.context.operation(owner), index: slot - (columns.opOperands[owner] as number) });
    }
    return uses;
  }

  /** The operations that read the value, each once, latest first. */
  get users(): readonly Operation[] {
    return [...new Set(this.uses.map((use) => use.owner))];
  }

  /** Makes every reader of this value read `other`. */
  replaceAllUsesWith(other: Value): void {
    this.context.columns.replaceUses(this.id, other.id);
  }
}

/** One operand that reads a value. */
export interface Use {
  readonly owner: Operation;
  readonly index: number;
}
