/** What the dialects of a program say of how their operations are drawn, together. */
import type { AnyOp, Dialect, DialectGeneration, Operation, OperationGenerator } from '../../../ir/index.ts';
import { ownGenerations } from './own-generations.ts';

/** Why an operation is not drawn by itself. */
export type Reach =
  | { readonly by: 'declaration' | 'generator' }
  | { readonly by: 'others'; readonly makers: readonly string[] }
  | { readonly by: 'nothing'; readonly why: string };

/** Answers for a list of dialects. */
export class Generations {
  private readonly ops: ReadonlyMap<string, AnyOp>;
  private readonly byDialect: ReadonlyMap<string, DialectGeneration>;
  /** The operations that can be drawn by themselves. */
  readonly drawable: readonly AnyOp[];

  constructor(dialects: readonly Dialect[], given: readonly DialectGeneration[] = []) {
    this.byDialect = new Map([...ownGenerations, ...given].map((one) => [one.dialect.name, one] as const));
    const all = dialects.flatMap(({ ops }) => Object.values(ops) as readonly AnyOp[]);
    this.ops = new Map(all.map((op) => [op.opName, op] as const));
    this.drawable = all.filter((op) => this.isDrawable(op));
  }

  private of(opName: string): DialectGeneration | undefined {
    return this.byDialect.get(opName.slice(0, opName.indexOf('.')));
  }

  /** An operation of the dialects by its name. */
  named(opName: string): AnyOp | undefined {
    return this.ops.get(opName);
  }

  /** The generator that a dialect declares for an operation. */
  generatorOf(opName: string): OperationGenerator | undefined {
    return this.of(opName)?.generators?.[opName];
  }

  /** The operations that an operation comes with. */
  makersOf({ opName, definition }: AnyOp): readonly string[] {
    const declared = this.of(opName)?.comesWith?.[opName] ?? [];
    return declared.length > 0 ? declared : definition.parents;
  }

  /** How an operation comes into programs. */
  reach(op: AnyOp): Reach {
    const { opName, definition } = op;
    const why = this.of(opName)?.withheld?.[opName];
    if (why !== undefined) return { by: 'nothing', why };
    if (this.generatorOf(opName)) return { by: 'generator' };
    const makers = this.makersOf(op);
    if (makers.length > 0) return { by: 'others', makers };
    if (definition.traits.has('terminator')) return { by: 'nothing', why: 'ends a block, and none is known for it' };
    if (definition.traits.has('symbol')) return { by: 'nothing', why: 'is named by others' };
    return { by: 'declaration' };
  }

  /** Whether an operation can be drawn by itself. */
  isDrawable(op: AnyOp): boolean {
    const { by } = this.reach(op);
    return by === 'declaration' || by === 'generator';
  }

  /** Whether an operation and all in it surely have a meaning, as far as their dialects say. */
  isDefined(root: Operation): boolean {
    let defined = true;
    root.walk((operation) => {
      const { defined: rules } = this.of(operation.name) ?? {};
      for (const rule of [rules?.[operation.name], rules?.['*']]) if (rule && !rule(operation)) defined = false;
    });
    return defined;
  }
}
