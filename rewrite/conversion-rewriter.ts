/** The rewriter of a conversion: bridges old and new types with placeholders that end with it. */
import type { Block } from '../ir/block.ts';
import type { ValueLike } from '../ir/op.ts';
import { Operation } from '../ir/operation.ts';
import type { Region } from '../ir/region.ts';
import { type Type, typeOfId } from '../ir/type.ts';
import { Value } from '../ir/value.ts';
import type { Contract } from './contract.ts';
import { failAt, Rewriter, type RewriteListener } from './rewriter.ts';
import { convertedTypes, type TypeConverter } from './type-converter.ts';

/** The name of the placeholders; none is left when a conversion returns. */
const bridgeName = 'rewrite.bridge';

const listed = (types: readonly Type[]): string =>
  types.length === 1 ? (types[0] as Type).text : `(${types.map((type) => type.text).join(', ')})`;
const typesOf = (values: readonly Value[]): readonly Type[] => values.map((value) => value.type);
const same = (a: readonly Type[], b: readonly Type[]): boolean =>
  a.length === b.length && a.every((type, at) => type === b[at]);

/** Rewrites while values of old types are still read as such. */
export class ConversionRewriter extends Rewriter {
  readonly types: TypeConverter;
  private readonly bridges: Set<Operation>;
  private readonly contract: Contract | undefined;

  constructor(block: Block, types: TypeConverter, listener: RewriteListener, contract?: Contract) {
    super(block, undefined, listener);
    this.types = types;
    this.contract = contract;
    this.bridges = new Set();
  }

  /** The new types of an old one; an error about `reader` when there are none. */
  private newTypes(type: Type, reader: Operation, part: string): readonly Type[] {
    const types = convertedTypes(this.types, type);
    return types ?? failAt(reader, `${part} has type ${type.text}, which has no conversion`);
  }

  /**
   * `value` as a value of its new type, for reading before the operation that is converted. Throws
   * a `DiagnosticError` where its type becomes none or several: `convertedList` gives these.
   */
  converted(value: Value, reader: Operation): Value {
    const [only, ...more] = this.convertedList(value, reader);
    if (only && more.length === 0) return only;
    return failAt(
      reader,
      `'${reader.name}' reads ${value.type.text}, which becomes ${only ? 1 + more.length : 'no'} values; ` +
        `read them with rewriter.convertedList`,
    );
  }

  /** `value` as values of its new types, for reading before the operation that is converted. */
  convertedList(value: Value, reader: Operation): readonly Value[] {
    const types = this.newTypes(value.type, reader, `a value that '${reader.name}' reads`);
    if (types.length === 1 && types[0] === value.type) return [value];
    const { owner } = value;
    if (owner && this.bridges.has(owner) && owner.resultCount === 1 && same(typesOf(owner.operands), types))
      return owner.operands;
    return this.bridge([value], types);
  }

  /** Puts lists of values in the place of the results of `operation`, one list for each result, and erases it. */
  replaceByLists(operation: Operation, lists: readonly (readonly ValueLike[])[]): void {
    if (lists.length !== operation.resultCount)
      failAt(
        operation,
        `'${operation.name}' has ${operation.resultCount} results, but is replaced by ${lists.length} lists`,
      );
    this.moveBefore(operation);
    const values = lists.map((list) => list.map((like) => this.settled(like)));
    this.listener.replaced?.(
      operation.id,
      values.flat().map((value) => value.id),
    );
    for (const [at, given] of values.entries()) {
      const old = operation.result(at);
      if (old.isUnused) continue;
      if (given.length === 1 && given[0]?.type === old.type) {
        this.redirect(old.id, (given[0] as Value).id);
        continue;
      }
      const expected = this.newTypes(old.type, operation, `result #${at} of '${operation.name}'`);
      if (!same(typesOf(given), expected))
        failAt(
          operation,
          `'${operation.name}' has a result of type ${old.type.text}, which converts to ${listed(expected)}, ` +
            `but is replaced by values of type ${listed(typesOf(given))}`,
        );
      this.redirect(old.id, (this.bridge(given, [old.type])[0] as Value).id);
    }
    this.erase(operation);
  }

  private settled(like: ValueLike): Value {
    if (like instanceof Value) return like;
    const operation = like instanceof Operation ? like : like.operation;
    return this.insert(operation).result(0);
  }

  /** Gives the arguments of all blocks of `region` their new types; what branches pass is converted with the branches. */
  convertArguments(region: Region): void {
    for (const block of region.blocks) {
      const old = block.arguments;
      const types = old.map((argument) =>
        this.newTypes(argument.type, region.owner, `block argument #${argument.index}`),
      );
      if (types.every((list, at) => list.length === 1 && list[0] === old[at]?.type)) continue;
      // New arguments take the places in order; the old ones go when nothing reads them.
      for (const [at, argument] of old.entries()) {
        const made = (types[at] as readonly Type[]).map((type) => block.addArgument(type));
        for (const value of made) value.setLocation(argument.location);
        const uses = argument.uses;
        if (uses.length === 0) continue;
        const [only] = made;
        let replacement = only;
        if (made.length !== 1 || only?.type !== argument.type) {
          const bridge = this.context.create(bridgeName, made, [argument.type], { location: region.owner.location });
          block.prepend(bridge);
          this.bridges.add(bridge);
          replacement = bridge.result(0);
        }
        for (const { owner, index } of uses) this.modify(owner, () => owner.setOperand(index, replacement as Value));
      }
      for (let at = old.length - 1; at >= 0; at--) this.eraseArgument(block, at);
    }
  }

  private bridge(values: readonly Value[], types: readonly Type[]): readonly Value[] {
    const make = (): Operation => this.insert(this.context.create(bridgeName, values, types));
    const bridge = this.contract ? this.contract.internally(make) : make();
    this.bridges.add(bridge);
    return bridge.results;
  }

  protected override substitute(operation: Operation, from: number, to: number): void {
    const { columns } = this.context;
    if (columns.valueType[from] === columns.valueType[to]) return super.substitute(operation, from, to);
    if (columns.valueUse[from] === 0) return;
    const old = typeOfId(columns.valueType[from] as number);
    const expected = convertedTypes(this.types, old);
    const given = typeOfId(columns.valueType[to] as number);
    if (!expected || !same([given], expected))
      failAt(
        operation,
        `'${operation.name}' has a result of type ${old.text}, which converts to ` +
          `${expected ? listed(expected) : 'nothing'}, but is replaced by a value of type ${given.text}`,
      );
    this.redirect(from, (this.bridge([this.context.value(to)], [old])[0] as Value).id);
  }

  /**
   * Ends the placeholders: those that meet their inverse vanish, the others become operations of
   * the type converter. Gives what could not be bridged: the reader and why.
   */
  finish(): readonly (readonly [Operation, string])[] {
    for (const bridge of this.bridges) {
      const above = this.inverseOf(bridge);
      if (!above) continue;
      for (const [at, result] of bridge.results.entries()) result.replaceAllUsesWith(above.operand(at));
    }
    // Later ones first, so that a chain of unused ones goes at once.
    for (const bridge of [...this.bridges].reverse())
      if (bridge.isUnused) {
        this.bridges.delete(bridge);
        bridge.erase();
      }
    const failures: (readonly [Operation, string])[] = [];
    for (const bridge of this.bridges) {
      const [given, wanted] = [typesOf(bridge.operands), typesOf(bridge.results)];
      this.moveBefore(bridge);
      const made = this.materialized(bridge);
      if (made === undefined) {
        const reader = bridge.results.find((result) => !result.isUnused)?.users[0] ?? bridge;
        failures.push([
          reader,
          `reads ${listed(wanted)}, but is given ${listed(given)} and nothing leads from one to the other`,
        ]);
        continue;
      }
      this.bridges.delete(bridge);
      this.replace(bridge, made);
    }
    return failures;
  }

  /** The bridge whose results `bridge` takes back to what they were made of. */
  private inverseOf(bridge: Operation): Operation | undefined {
    const above = bridge.operandCount === 0 ? undefined : bridge.operand(0).owner;
    if (!above || !this.bridges.has(above) || above.resultCount !== bridge.operandCount) return undefined;
    if (!bridge.operands.every((value, at) => value === above.result(at))) return undefined;
    return same(typesOf(above.operands), typesOf(bridge.results)) ? above : undefined;
  }

  private materialized(bridge: Operation): ReturnType<NonNullable<TypeConverter['materialize']>> {
    const { types } = this;
    const { operands, results } = bridge;
    const [value] = operands;
    const [result] = results;
    if (result && results.length === 1) {
      const joined = types.materializeSource?.(operands, result.type);
      if (joined) return joined;
      if (value && operands.length === 1) return types.materialize?.(value, result.type);
    }
    return value && operands.length === 1 ? types.materializeTarget?.(value, typesOf(results)) : undefined;
  }

  /** Whether `operation` is a placeholder. */
  isBridge(operation: Operation): boolean {
    return this.bridges.has(operation);
  }
}
