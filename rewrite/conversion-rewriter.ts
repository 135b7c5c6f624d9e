/** The rewriter of a conversion: bridges old and new types with placeholders that end with it. */
import type { Block } from '../ir/block.ts';
import type { Operation } from '../ir/operation.ts';
import type { Region } from '../ir/region.ts';
import { type Type, typeOfId } from '../ir/type.ts';
import type { Value } from '../ir/value.ts';
import type { Contract } from './contract.ts';
import { failAt, Rewriter, type RewriteListener } from './rewriter.ts';
import type { TypeConverter } from './type-converter.ts';

/** The name of the placeholders; none is left when a conversion returns. */
const bridgeName = 'rewrite.bridge';

/** Rewrites while values of old types are still read as such. */
export class ConversionRewriter extends Rewriter {
  readonly types: TypeConverter;
  private readonly bridges: Set<Operation>;
  private readonly contract: Contract | undefined;

  constructor(block: Block, types: TypeConverter, listener: RewriteListener, contract?: Contract) {
    super(block, undefined, contract ? contract.listening(listener) : listener);
    this.types = types;
    this.contract = contract;
    this.bridges = new Set();
  }

  /** `value` as a value of its new type, for reading before the operation that is converted. */
  converted(value: Value, reader: Operation): Value {
    const type = this.types.convert(value.type);
    if (type === undefined)
      return failAt(reader, `type ${value.type.text}, read by '${reader.name}', has no conversion`);
    if (type === value.type) return value;
    const { owner } = value;
    if (owner && this.bridges.has(owner) && owner.operand(0).type === type) return owner.operand(0);
    return this.bridge(value, type);
  }

  /** Gives the arguments of all blocks of `region` their new types. */
  convertArguments(region: Region): void {
    for (const block of region.blocks)
      for (const argument of block.arguments) {
        const old = argument.type;
        const type = this.types.convert(old);
        if (type === undefined)
          failAt(region.owner, `block argument #${argument.index} has type ${old.text}, which has no conversion`);
        if (type === undefined || type === old) continue;
        const uses = argument.uses;
        argument.setType(type);
        if (uses.length === 0) continue;
        const bridge = this.context.create(bridgeName, [argument], [old], { location: region.owner.location });
        block.prepend(bridge);
        this.bridges.add(bridge);
        for (const { owner, index } of uses) this.modify(owner, () => owner.setOperand(index, bridge.result(0)));
      }
  }

  private bridge(value: Value, type: Type): Value {
    const make = (): Operation => this.insert(this.context.create(bridgeName, [value], [type]));
    const bridge = this.contract ? this.contract.internally(make) : make();
    this.bridges.add(bridge);
    return bridge.result(0);
  }

  protected override substitute(operation: Operation, from: number, to: number): void {
    const { columns } = this.context;
    if (columns.valueType[from] === columns.valueType[to]) return super.substitute(operation, from, to);
    if (columns.valueUse[from] === 0) return;
    const old = typeOfId(columns.valueType[from] as number);
    const expected = this.types.convert(old);
    const given = typeOfId(columns.valueType[to] as number);
    if (given !== expected)
      failAt(
        operation,
        `'${operation.name}' has a result of type ${old.text}, which converts to ${expected?.text ?? 'nothing'}, ` +
          `but is replaced by a value of type ${given.text}`,
      );
    this.redirect(from, this.bridge(this.context.value(to), old).id);
  }

  /**
   * Ends the placeholders: those that meet their inverse vanish, the others become operations of
   * the type converter. Gives what could not be bridged: the reader and why.
   */
  finish(): readonly (readonly [Operation, string])[] {
    const failures: (readonly [Operation, string])[] = [];
    for (const bridge of this.bridges) {
      const source = bridge.operand(0);
      const above = source.owner;
      if (above && this.bridges.has(above) && above.operand(0).type === bridge.result(0).type)
        bridge.result(0).replaceAllUsesWith(above.operand(0));
    }
    // Later ones first, so that a chain of unused ones goes at once.
    for (const bridge of [...this.bridges].reverse())
      if (bridge.isUnused) {
        this.bridges.delete(bridge);
        bridge.erase();
      }
    for (const bridge of this.bridges) {
      const source = bridge.operand(0);
      const { type } = bridge.result(0);
      this.moveBefore(bridge);
      const made = this.types.materialize?.(source, type);
      if (made === undefined) {
        const reader = bridge.result(0).users[0] ?? bridge;
        failures.push([
          reader,
          `reads ${type.text}, but is given ${source.type.text} and nothing leads from one to the other`,
        ]);
        continue;
      }
      this.bridges.delete(bridge);
      this.replace(bridge, made);
    }
    return failures;
  }

  /** Whether `operation` is a placeholder. */
  isBridge(operation: Operation): boolean {
    return this.bridges.has(operation);
  }
}
