/**
 * Side effects and speculation: what passes must know before they erase, merge, or move an operation.
 * As upstream's `MemoryEffectsOpInterface` and `ConditionallySpeculatable`.
 */
import { signedInteger } from './attribute.ts';
import { defineInterface, type InterfaceToken } from './definition.ts';
import type { Operation } from './operation.ts';
import type { Value } from './value.ts';

/** What an operation does to memory; without a value, to some memory that cannot be named. */
export interface Effect {
  readonly kind: 'read' | 'write' | 'allocate' | 'free';
  readonly value?: Value;
}

/** The effects of an operation itself; those inside its regions come with the trait `recursive-effects`. */
export const memoryEffects: InterfaceToken<(operation: Operation) => readonly Effect[]> =
  defineInterface('memory-effects');

/** Whether an operation may run where it was not asked for. */
export type Speculation = 'always' | 'never' | 'if-inside-is';

/** When an operation may run though its result is not needed; asked of operations that are not simply pure. */
export const speculation: InterfaceToken<(operation: Operation) => Speculation> = defineInterface('speculation');

/** An implementation of `memoryEffects` for operations that always have the same effects. */
export const effectsOn =
  (...effects: readonly { readonly kind: Effect['kind']; readonly operand?: number; readonly result?: number }[]) =>
  (operation: Operation): readonly Effect[] =>
    effects.map(({ kind, operand, result }) => {
      const value =
        operand !== undefined
          ? operation.operand(operand)
          : result !== undefined
            ? operation.result(result)
            : undefined;
      return value ? { kind, value } : { kind };
    });

/** What `operation` and everything inside it do to memory; undefined when that is not known. */
export function effectsOf(operation: Operation): readonly Effect[] | undefined {
  if (operation.hasTrait('pure')) return [];
  const own = operation.interface(memoryEffects)?.(operation);
  const recursive = operation.hasTrait('recursive-effects');
  if (own === undefined && !recursive) return undefined;
  const effects = [...(own ?? [])];
  if (recursive)
    for (const region of operation.regions)
      for (const block of region.blocks)
        for (const inner of block.operations) {
          const found = effectsOf(inner);
          if (found === undefined) return undefined;
          for (const effect of found) effects.push(effect);
        }
  return effects;
}

/** Whether neither `operation` nor anything inside it touches memory. */
export const hasNoEffects = (operation: Operation): boolean =>
  operation.hasTrait('pure') || effectsOf(operation)?.length === 0;

/** Whether `operation` may read memory, but changes none. */
export const onlyReads = (operation: Operation): boolean =>
  effectsOf(operation)?.every(({ kind }) => kind === 'read') ?? false;

/**
 * Whether nothing would miss `operation` if its results were unused: it has no effect but to read,
 * and to make memory that nobody else has.
 */
export function isErasable(operation: Operation): boolean {
  if (operation.hasTrait('terminator') || operation.hasTrait('symbol')) return false;
  if (operation.hasTrait('pure')) return true;
  const effects = effectsOf(operation);
  if (!effects) return false;
  const made = new Set<Value>();
  for (const { kind, value } of effects)
    if (kind === 'allocate' && value && isMadeIn(value, operation)) made.add(value);
  return effects.every(({ kind, value }) => kind === 'read' || (value !== undefined && made.has(value)));
}

const isMadeIn = (value: Value, operation: Operation): boolean => {
  for (let owner = value.owner; owner; owner = owner.parentOperation) if (owner === operation) return true;
  return false;
};

/** Whether `operation` does no harm where it would not have run: it has no effect and always comes to an end. */
export function isSpeculatable(operation: Operation): boolean {
  const answer = operation.interface(speculation)?.(operation);
  if (answer === 'never') return false;
  if (answer === 'always') return true;
  if (answer === undefined) return operation.hasTrait('pure') && !operation.hasTrait('terminator');
  return operation.regions.every((region) =>
    region.blocks.every((block) =>
      block.operations.every((inner) => inner.hasTrait('terminator') || isSpeculatable(inner)),
    ),
  );
}

/** When the extent of a dimension may be asked for: when its number, operand 1, is known. The verifier refuses wrong ones. */
export const dimensionIsKnown = (operation: Operation): Speculation => {
  const { owner } = operation.operand(1);
  const type = operation.operand(0).type;
  if (!owner?.hasTrait('constant-like') || !('shape' in type)) return 'never';
  const at = signedInteger(owner.attribute('value'));
  return at !== undefined && at >= 0n && at < BigInt(type.shape.length) ? 'always' : 'never';
};
