/** Patterns by the operation that they start from, and facts by operation name, as arrays. */
import type { Context } from '../ir/context.ts';
import type { InterfaceToken, OpDefinition } from '../ir/definition.ts';
import { memoryEffects } from '../ir/effects.ts';
import type { RewritePattern } from './pattern.ts';

const none: readonly RewritePattern[] = [];

const rootNameOf = ({ root, rootName }: RewritePattern): string | undefined => root?.opName ?? rootName;

/** The patterns of a driver by interned operation name, the largest benefit first. */
export class PatternTable {
  private readonly byName: Map<string, RewritePattern[]>;
  private readonly onAny: readonly RewritePattern[];
  private readonly byId: (readonly RewritePattern[] | undefined)[];
  private readonly context: Context;

  constructor(context: Context, patterns: readonly RewritePattern[]) {
    this.context = context;
    this.byName = new Map();
    this.byId = [];
    this.onAny = patterns.filter((pattern) => rootNameOf(pattern) === undefined);
    for (const pattern of patterns) {
      const name = rootNameOf(pattern);
      if (name === undefined) continue;
      const known = this.byName.get(name);
      if (known) known.push(pattern);
      else this.byName.set(name, [pattern]);
    }
  }

  /** The patterns to try on operations with the interned name `nameId`. */
  of(nameId: number): readonly RewritePattern[] {
    while (this.byId.length <= nameId) this.byId.push(undefined);
    let found = this.byId[nameId];
    if (found === undefined) {
      const own = this.byName.get(this.context.nameOf(nameId)) ?? none;
      found = [...own, ...this.onAny].sort((a, b) => b.benefit - a.benefit);
      this.byId[nameId] = found;
    }
    return found;
  }
}

/** Bits of `OpFacts`: what drivers ask of every operation. */
export const fact = {
  pure: 1,
  constantLike: 2,
  folds: 4,
  terminator: 8,
  isolated: 16,
  commutative: 32,
  symbol: 64,
  /** Says what it does to memory, itself or by what is inside. */
  effects: 256,
} as const;
const known = 128;

/** Traits by interned operation name, as bits. */
export class OpFacts {
  private readonly context: Context;
  private bits: Uint16Array;

  constructor(context: Context) {
    this.context = context;
    this.bits = new Uint16Array(256);
  }

  /** The bits of the operation name `nameId`. */
  of(nameId: number): number {
    if (nameId >= this.bits.length) {
      const grown = new Uint16Array(nameId * 2);
      grown.set(this.bits);
      this.bits = grown;
    }
    const bits = this.bits[nameId] as number;
    if (bits !== 0) return bits;
    const found = known | factsOf(this.context.definitionOf(nameId));
    this.bits[nameId] = found;
    return found;
  }
}

function factsOf(definition: OpDefinition | undefined): number {
  // Of what is not registered nothing is known: it may be isolated, as upstream has it.
  if (!definition) return fact.isolated;
  const { traits, interfaces } = definition;
  return (
    (traits.has('pure') ? fact.pure : 0) |
    (traits.has('constant-like') ? fact.constantLike : 0) |
    (definition.fold ? fact.folds : 0) |
    (traits.has('terminator') ? fact.terminator : 0) |
    (traits.has('isolated-from-above') ? fact.isolated : 0) |
    (traits.has('commutative') ? fact.commutative : 0) |
    (traits.has('symbol') ? fact.symbol : 0) |
    (traits.has('recursive-effects') || interfaces.has(memoryEffects as InterfaceToken<unknown>) ? fact.effects : 0)
  );
}
