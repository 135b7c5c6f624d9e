/**
 * Where the elements of a memref lie: strides and offset, from a `strided` layout, an affine map or
 * no layout at all. All numbers are in elements.
 */
import {
  type Attribute,
  dynamic,
  type MemRefType,
  memrefType,
  stridedAttribute,
  verbatimAttribute,
} from '../../ir/index.ts';

/** A number of elements; undefined where only the running program knows it. */
export type Count = number | undefined;

/** The distance of neighbours in each dimension, and where the first element lies. */
export interface Strides {
  readonly strides: readonly Count[];
  readonly offset: Count;
}

/** The count that an extent or stride of a type stands for. */
export const countOf = (extent: number): Count => (extent === dynamic ? undefined : extent);

/** The product. Nothing times zero is unknown. */
export const product = (a: Count, b: Count): Count =>
  a === 0 || b === 0 ? 0 : a === undefined || b === undefined ? undefined : a * b;
/** The sum. */
export const sum = (a: Count, b: Count): Count => (a === undefined || b === undefined ? undefined : a + b);

/** The strides of elements that lie one after the other, the last dimension innermost. */
function contiguous(shape: readonly number[]): Strides {
  const strides: Count[] = [];
  let stride: Count = 1;
  for (const extent of shape.toReversed()) {
    strides.push(stride);
    // As upstream has it, no stride is told across a dimension without elements.
    stride = extent > 0 ? product(stride, extent) : undefined;
  }
  return { strides: strides.reverse(), offset: 0 };
}

/** A sum of dimensions times numbers; `divided` where a part of it is a quotient or a remainder. */
interface Linear extends Strides {
  readonly divided: boolean;
}

const isSymbolic = ({ strides }: Linear): boolean => strides.every((stride) => stride === 0);
const scaled = ({ strides, offset, divided }: Linear, by: Count): Linear => ({
  strides: strides.map((stride) => product(stride, by)),
  offset: product(offset, by),
  divided,
});
const added = (a: Linear, b: Linear): Linear => ({
  strides: a.strides.map((stride, at) => sum(stride, b.strides[at])),
  offset: sum(a.offset, b.offset),
  divided: a.divided || b.divided,
});

/** Reads one result of an affine map in its canonical spelling as a sum of products. */
class LinearReader {
  private readonly rank: number;
  private readonly tokens: readonly string[];
  private at: number;

  constructor(text: string, rank: number) {
    this.rank = rank;
    this.tokens = text.match(/[a-z]+\d*|\d+|[()+*-]/g) ?? [];
    this.at = 0;
  }

  private accept(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  sum(): Linear {
    let left = this.product();
    for (;;) {
      if (this.accept('+')) left = added(left, this.product());
      else if (this.accept('-')) left = added(left, scaled(this.product(), -1));
      else return left;
    }
  }

  private product(): Linear {
    let left = this.factor();
    for (;;) {
      if (this.accept('*')) {
        const right = this.factor();
        left = isSymbolic(right) ? scaled(left, right.offset) : scaled(right, left.offset);
      } else if (this.accept('floordiv') || this.accept('ceildiv') || this.accept('mod')) {
        this.factor();
        left = { ...left, offset: undefined, divided: true };
      } else return left;
    }
  }

  private factor(): Linear {
    if (this.accept('-')) return scaled(this.factor(), -1);
    if (this.accept('(')) {
      const inner = this.sum();
      this.accept(')');
      return inner;
    }
    const token = this.tokens[this.at++] ?? '0';
    const dimension = token.startsWith('d') ? Number(token.slice(1)) : -1;
    const strides = Array.from({ length: this.rank }, (_, at) => (at === dimension ? 1 : 0));
    const offset = dimension >= 0 ? 0 : token.startsWith('s') ? undefined : Number(token);
    return { strides, offset, divided: false };
  }
}

const mapPattern = /^\(([^)]*)\)(?:\[([^\]]*)\])? -> \((.*)\)$/;

/** The strides that the body of an affine map gives; undefined when its results are no sum of products. */
function affineStrides(body: string): Strides | undefined {
  const [, dimensions = '', , result = ','] = mapPattern.exec(body) ?? [];
  if (result === '' || result.includes(',')) return undefined;
  const rank = dimensions === '' ? 0 : dimensions.split(', ').length;
  const { strides, offset, divided } = new LinearReader(result, rank).sum();
  return divided ? undefined : { strides, offset };
}

/** A `strided` layout with a stride of −1 is kept as text, because −1 is the mark of an unknown number. */
function writtenStrides(text: string): Strides | undefined {
  const found = /^strided<\[(.*)\](?:, offset: (\S+))?>$/.exec(text);
  if (!found) return undefined;
  const count = (word: string): Count => (word === '?' ? undefined : Number(word));
  const [, strides = '', offset = '0'] = found;
  return { strides: strides === '' ? [] : strides.split(', ').map(count), offset: count(offset) };
}

/** Strides and offset of a memref; undefined when its layout is not of that kind. */
export function stridesOf({ layout, shape }: MemRefType): Strides | undefined {
  switch (layout?.kind) {
    case undefined:
      return contiguous(shape);
    case 'strided':
      return { strides: layout.strides.map(countOf), offset: countOf(layout.offset) };
    case 'affine-map':
      return affineStrides(layout.body);
    case 'verbatim':
      return writtenStrides(layout.text);
    default:
      return undefined;
  }
}

/** Whether the layout is the identity map; `strided<[1]>` is, though it is written. */
export const hasIdentityLayout = ({ layout }: MemRefType): boolean =>
  layout === undefined || layout.text === 'strided<[1]>';

/** How many numbers of the layout an allocation must be given: the symbols of its map. */
export function layoutSymbols({ layout }: MemRefType): number {
  if (layout?.kind === 'strided') return [...layout.strides, layout.offset].filter((one) => one === dynamic).length;
  if (layout?.kind !== 'affine-map') return layout?.text.match(/\?/g)?.length ?? 0;
  const symbols = mapPattern.exec(layout.body)?.[2];
  return symbols === undefined ? 0 : symbols.split(',').length;
}

const shown = (count: Count): string => (count === undefined ? '?' : String(count));

/** The `strided` layout of given strides. */
export function stridedLayout({ strides, offset }: Strides): Attribute {
  if (!strides.includes(-1) && offset !== -1)
    return stridedAttribute(
      strides.map((stride) => stride ?? dynamic),
      offset ?? dynamic,
    );
  const tail = offset === 0 ? '' : `, offset: ${shown(offset)}`;
  return verbatimAttribute(`strided<[${strides.map(shown).join(', ')}]${tail}>`);
}

/** `type` with other extents and strides. */
export const withStrides = (type: MemRefType, shape: readonly number[], strides: Strides): MemRefType =>
  memrefType(shape, type.element, stridedLayout(strides), type.space);
