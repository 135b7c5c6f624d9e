/** A function computed in half: what is retyped, and where numbers are narrowed and widened. */
import { tensorop } from '../../dialects/tensorop/index.ts';
import {
  Builder,
  type DenseAttribute,
  denseAttribute,
  f16,
  f32,
  floatToHalf,
  type Location,
  type Operation,
  stringAttribute,
  tensorType,
  type Type,
  type Value,
} from '../../ir/index.ts';

const { cast, constant, depthwiseConv2d } = tensorop.ops;

/** What depthwise convolutions sum in. */
export type Accumulator = 'f16' | 'f32';

const halved = (type: Type): Type =>
  type.kind === 'tensor' && type.element === f32 ? tensorType(type.shape, f16, type.encoding) : type;

/** The same data in half, rounded to nearest even. */
export function halfData(data: DenseAttribute): DenseAttribute {
  const { bytes, type } = data;
  const singles = new Float32Array(bytes.slice().buffer);
  const halves = Uint16Array.from(singles, floatToHalf);
  return denseAttribute(tensorType(type.shape, f16), new Uint8Array(halves.buffer));
}

/** Values of one function in their own type and in half, each made when it is first asked for. */
class HalfValues {
  private readonly narrow: Map<Value, Value>;
  private readonly wide: Map<Value, Value>;
  private readonly before: Map<Value, Type>;

  constructor() {
    this.narrow = new Map();
    this.wide = new Map();
    this.before = new Map();
  }

  /** Retypes a result to half. */
  retype(value: Value): void {
    const type = halved(value.type);
    if (type === value.type) return;
    this.before.set(value, value.type);
    value.setType(type);
  }

  /** `value` for an operation in half that stands at `location`. */
  narrowed(value: Value, location: Location): Value {
    const type = halved(value.type);
    if (type === value.type) return value;
    const known = this.narrow.get(value);
    if (known) return known;
    const data = value.definedBy(constant)?.value;
    const builder = behind(value, location);
    const made = data
      ? builder.build(() => constant({ value: halfData(data) })).out
      : builder.build(() => cast({ input: value, types: [type] })).out;
    this.narrow.set(value, made);
    return made;
  }

  /** `value` in the type that it had at first. */
  widened(value: Value, location: Location): Value {
    const type = this.before.get(value);
    if (type === undefined) return value;
    const known = this.wide.get(value);
    if (known) return known;
    const made = behind(value, location).build(() => cast({ input: value, types: [type] })).out;
    this.wide.set(value, made);
    return made;
  }
}

/** A builder just behind the definition of `value`, with its location; an argument has that of its reader. */
function behind(value: Value, reader: Location): Builder {
  const { owner } = value;
  const block = owner?.parent ?? value.ownerBlock;
  if (!block) throw new Error('a value of a function is defined in a block');
  return new Builder(block, owner ? owner.next : block.first, owner?.location ?? reader);
}

/**
 * Computes every tensor operation of `entry` for which `stays` does not hold in half, in place. Operations of
 * other levels, calls and the terminator read and give what they did.
 */
export function halveFunction(
  entry: Operation,
  accumulator: Accumulator,
  stays: (operation: Operation) => boolean,
): void {
  const operations: Operation[] = [];
  entry.walk((operation) => {
    if (operation !== entry) operations.push(operation);
  });
  const values = new HalfValues();
  for (const operation of operations) {
    if (operation.is(constant)) continue;
    const { location } = operation;
    const inHalf = operation.dialectName === tensorop.name && !stays(operation);
    for (const [at, value] of operation.operands.entries()) {
      const wanted = inHalf ? values.narrowed(value, location) : values.widened(value, location);
      if (wanted !== value) operation.setOperand(at, wanted);
    }
    if (!inHalf) continue;
    for (const result of operation.results) values.retype(result);
    if (operation.is(depthwiseConv2d)) operation.setAttribute('accumulator', stringAttribute(accumulator));
  }
  for (const operation of operations) if (operation.is(constant) && operation.isUnused) operation.erase();
}
