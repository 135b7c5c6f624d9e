/** Whole programs: functions whose bodies are drawn operation by operation, each of which is verified at once. */
import { arith } from '../../../dialects/arith/index.ts';
import { builtin } from '../../../dialects/builtin/index.ts';
import { func } from '../../../dialects/func/index.ts';
import {
  type AnyOp,
  type Block,
  Builder,
  Context,
  type Draw,
  elementCount,
  functionType,
  isShaped,
  type Operation,
  type OperationGenerator,
  type OpView,
  typeAttribute,
  unknownLocation,
  type Value,
  verify,
  VerifyError,
  within,
} from '../../../ir/index.ts';
import { printOperation } from '../../../ir/text/index.ts';
import { Discarded } from '../choices.ts';
import { drawDeclared } from './declared.ts';
import { Generations } from './generations.ts';
import type { ProgramOptions } from './options.ts';
import { Place, type Surroundings } from './place.ts';
import { TypePool } from './type-pool.ts';

/** So often an operation is tried at one place before another one is. */
const attempts = 12;
/** So deep regions are nested at most. */
const deepest = 4;
/** So many values are returned at most beside the one that always is. */
const mostResults = 8;

/** An operation that can be drawn. */
interface Choice {
  readonly op: AnyOp;
  readonly weight: number;
  readonly generator: OperationGenerator | undefined;
}

/** Draws one module. */
export class ProgramWriter implements Surroundings {
  readonly module: Operation;
  readonly pool: TypePool;
  readonly dialects: ProgramOptions['dialects'];
  private readonly draw: Draw;
  private readonly options: ProgramOptions;
  private readonly generations: Generations;
  private readonly choices: readonly Choice[];
  private current: string;
  private left: number;

  constructor(draw: Draw, options: ProgramOptions) {
    this.draw = draw;
    this.options = options;
    this.dialects = options.dialects;
    this.pool = new TypePool(options);
    this.generations = new Generations(options.dialects, options.generations);
    this.choices = this.generations.drawable
      .map((op) => ({
        op,
        weight: options.weights?.[op.opName] ?? 1,
        generator: this.generations.generatorOf(op.opName),
      }))
      .filter(({ weight }) => weight > 0);
    this.current = '';
    this.left = 0;
    const context = new Context([...new Set([builtin, func, arith, ...options.dialects])]);
    this.module = within(context, unknownLocation, () => builtin.ops.module({}).operation);
    if (!this.module.region().entry) this.module.region().addBlock();
  }

  /** A module of one to several functions, as text. */
  program(): string {
    const count = this.draw.int(1, this.options.functions ?? 3);
    const size = this.options.size ?? 20;
    for (let at = 0; at < count; at++) {
      this.left = Math.max(1, Math.ceil(size / count));
      const isPrivate = at < count - 1 && this.draw.flag();
      this.function(`f${at}`, isPrivate, (place) => {
        while (this.left > 0) this.statements(place, this.left);
      });
    }
    return this.finished();
  }

  /** A module of one function that does one operation; undefined where that was not possible. */
  single(op: AnyOp): string {
    this.left = 1;
    const { opName } = op;
    this.function('main', false, (place) => {
      for (const name of [opName, ...this.generations.makersOf(op)]) {
        const maker = op.opName === name ? op : this.generations.named(name);
        const known = this.generations.generatorOf(name);
        if (!maker || (name === opName && !this.generations.isDrawable(op))) continue;
        for (let tries = 0; tries < attempts; tries++)
          if (this.attempt({ op: maker, weight: 1, generator: known }, place) && this.has(opName)) return;
      }
      if (!this.has(opName)) throw new Discarded(`no ${opName} was made`);
    });
    return this.finished();
  }

  private has(opName: string): boolean {
    let found = opName === 'func.return';
    this.module.walk((operation) => {
      if (operation.name === opName) found = true;
    });
    return found;
  }

  private finished(): string {
    const errors = verify(this.module);
    // Each operation was valid where it was made; what is wrong now concerns several.
    if (errors.length > 0) throw new Discarded(errors[0]?.message ?? '');
    if (!this.generations.isDefined(this.module)) throw new Discarded('it may have no meaning');
    this.options.coverage?.record(this.module);
    return printOperation(this.module);
  }

  private function(name: string, isPrivate: boolean, body: (place: Place) => void): void {
    const main = within(this.module.context, unknownLocation, () =>
      func.ops.func({
        sym_name: name,
        function_type: functionType([], []),
        ...(isPrivate ? { sym_visibility: 'private' } : {}),
      }),
    ).operation;
    const entry = main.region().addBlock();
    this.module.region().entry?.append(main);
    const place = new Place(this.draw, this, entry);
    for (let count = this.draw.int(0, 3); count > 0; count--) place.learn([entry.addArgument(place.type())]);
    body(place);
    const results: Value[] = [...place.unread()].slice(-mostResults);
    if (results.length === 0) results.push(place.value(place.type()));
    Builder.atEnd(place.block, unknownLocation).build(() => func.ops.return({ operands: results }));
    const inputs = entry.arguments.map((value) => value.type);
    const types = results.map((value) => value.type);
    main.setAttribute('function_type', typeAttribute(functionType(inputs, types)));
  }

  statements(place: Place, most: number): void {
    for (let at = 0; at < most && this.left > 0; at++) {
      this.left--;
      for (let tries = 0; tries < attempts; tries++) {
        const choice = this.choose(place);
        if (!choice) return;
        if (this.attempt(choice, place)) break;
      }
    }
  }

  get counts(): boolean {
    return this.options.coverage !== undefined;
  }
  rarity(element: string): number {
    return this.options.coverage?.seen(this.current, element) ?? 0;
  }

  private fits({ op: { definition, opName } }: Choice, place: Place): boolean {
    if (!place.mayHold(opName)) return false;
    const nested = definition.regions.length > 0;
    if (nested && (place.isPure || place.depth >= deepest || this.left < 1)) return false;
    if (definition.successors.length > 0 && (!place.mayBranch || place.depth >= deepest)) return false;
    return !place.isPure || definition.traits.has('pure');
  }

  /** One of the operations that may stand here: by weight, and those that were seen less. */
  private choose(place: Place): Choice | undefined {
    const fitting = this.choices.filter((choice) => this.fits(choice, place));
    if (fitting.length === 0) return undefined;
    const one = (): Choice => {
      let at = this.draw.int(0, Math.ceil(fitting.reduce((sum, { weight }) => sum + weight, 0) * 64) - 1) / 64;
      return fitting.find(({ weight }) => (at -= weight) < 0) ?? (fitting.at(-1) as Choice);
    };
    const { coverage } = this.options;
    if (!coverage) return one();
    const candidates = [one(), one(), one(), one()];
    const counts = candidates.map(({ op }) => coverage.seen(op.opName));
    return candidates[counts.indexOf(Math.min(...counts))];
  }

  /** Draws an operation; whether it became a valid one. What came of a vain attempt is gone. */
  private attempt({ op, generator }: Choice, place: Place): boolean {
    const { block } = place;
    const mark = block.last;
    const since = (): readonly Operation[] => operationsAfter(block, mark);
    const { left } = this;
    this.current = op.opName;
    let made: OpView | undefined;
    try {
      made = generator ? generator(place) : drawDeclared(op, place, this.pool, this.counts);
    } catch (error) {
      if (!(error instanceof Discarded || error instanceof VerifyError || error instanceof RangeError)) throw error;
    }
    const valid =
      made !== undefined &&
      since().every(
        (operation) => isSmall(operation) && verify(operation).length === 0 && this.generations.isDefined(operation),
      );
    if (valid) {
      if (place.block === block) place.learn(since().flatMap((of) => (of.hasTrait('constant-like') ? [] : of.results)));
      return true;
    }
    if (place.block !== block) throw new Discarded(`${op.opName} went on elsewhere and failed`);
    this.left = left;
    for (const operation of since().toReversed()) operation.erase();
    return false;
  }
}

/** Operations that make tensors larger, one after the other, would soon make them too large to be run. */
const mostElements = 1024;
const isSmall = ({ results }: Operation): boolean =>
  results.every(({ type }) => !isShaped(type) || (elementCount(type.shape) ?? 0) <= mostElements);

function operationsAfter(block: Block, mark: Operation | undefined): readonly Operation[] {
  const found: Operation[] = [];
  for (let at = mark ? mark.next : block.first; at; at = at.next) found.push(at);
  return found;
}
