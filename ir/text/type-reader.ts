/** Builtin types from tokens. */
import type { Attribute } from '../attribute.ts';
import {
  complexType,
  dialectType,
  dynamic,
  type FloatName,
  floatType,
  type IndexType,
  isTensorElement,
  index,
  integerType,
  memrefType,
  type NoneType,
  noneType,
  tensorType,
  type Type,
  typeOfText,
  unrankedMemRefType,
  unrankedTensorType,
  vectorType,
} from '../type.ts';
import type { AliasTable } from './alias-table.ts';
import { failAt } from './failure.ts';
import type { Lexer } from './lexer.ts';
import { decode } from './span-table.ts';

/** The widest integer type of upstream. */
const widestInteger = (1 << 24) - 1;

/** Dimensions as they were read. */
export interface Shape {
  readonly extents: readonly number[];
  readonly scalable: readonly boolean[];
  readonly unranked: boolean;
  /** Byte offset of the first dimension. */
  readonly offset: number;
}

/** Makes types; types that were read before are found by their text. */
export class TypeReader {
  readonly index: IndexType;
  readonly none: NoneType;
  private readonly lexer: Lexer;
  private readonly aliases: AliasTable;
  private readonly spans: Map<number, Type>;

  constructor(lexer: Lexer, aliases: AliasTable) {
    this.index = index;
    this.none = noneType;
    this.lexer = lexer;
    this.aliases = aliases;
    this.spans = new Map();
  }

  integer(): Type {
    const text = this.lexer.text();
    const known = typeOfText(text);
    if (known) return known;
    const width = Number(text.replace(/^\D+/, ''));
    if (width > widestInteger) failAt('invalid integer width', this.lexer.start);
    return integerType(width, text.startsWith('s') ? 'signed' : text.startsWith('u') ? 'unsigned' : 'signless');
  }

  float(): Type {
    return floatType(this.lexer.text() as FloatName);
  }

  dialect(): Type {
    const text = this.aliases.expand(this.lexer.text().slice(1));
    const cut = text.search(/[.<]/);
    return dialectType(text.slice(0, cut), text.slice(cut));
  }

  /** A type that was read before from the same text. */
  span(): Type {
    return this.spans.get(this.lexer.id) as Type;
  }

  /** Remembers the type that was just read for its text, when the lexer had looked for it. */
  remember(span: number, type: Type): void {
    if (span >= 0) this.spans.set(span, type);
  }

  shape(): Shape {
    const { bytes, start, end } = this.lexer;
    const extents: number[] = [];
    const scalable: boolean[] = [];
    for (const part of decode(bytes, start, end).replaceAll(' ', '').split('x')) {
      if (part === '') continue;
      const bracketed = part.startsWith('[');
      const text = bracketed ? part.slice(1, -1) : part;
      const extent = text === '?' ? dynamic : Number(text);
      if (extent > Number.MAX_SAFE_INTEGER) failAt('invalid dimension', start);
      extents.push(extent);
      scalable.push(bracketed);
    }
    return { extents, scalable, unranked: false, offset: start };
  }

  scalar(): Shape {
    return { extents: [], scalable: [], unranked: false, offset: this.lexer.start };
  }

  unranked(): Shape {
    return { extents: [], scalable: [], unranked: true, offset: this.lexer.start };
  }

  tensor(shape: Shape, element: Type, encoding: Attribute | undefined): Type {
    if (!isTensorElement(element)) failAt(`invalid tensor element type: ${element.text}`, shape.offset);
    if (!shape.unranked) return tensorType(shape.extents, element, encoding);
    if (encoding) failAt('cannot apply encoding to unranked tensor', shape.offset);
    return unrankedTensorType(element);
  }

  complex(element: Type): Type {
    const { kind } = element;
    if (kind !== 'integer' && kind !== 'float' && kind !== 'index')
      failAt(`invalid element type for complex: ${element.text}`, this.lexer.start);
    return complexType(element);
  }

  vector(shape: Shape, element: Type): Type {
    if (shape.unranked || shape.extents.includes(dynamic))
      failAt(`vector types must have static dimensions`, shape.offset);
    if (shape.extents.includes(0))
      failAt(`vector types must have positive constant sizes but got ${shape.extents.join(', ')}`, shape.offset);
    if (
      element.kind !== 'integer' &&
      element.kind !== 'float' &&
      element.kind !== 'index' &&
      element.kind !== 'dialect'
    )
      failAt(`invalid vector element type: ${element.text}`, shape.offset);
    return vectorType(shape.extents, element, shape.scalable);
  }

  memref(shape: Shape, element: Type, first: Attribute | undefined, second: Attribute | undefined): Type {
    if (!isTensorElement(element) && element.kind !== 'memref' && element.kind !== 'unranked-memref')
      failAt(`invalid memref element type: ${element.text}`, shape.offset);
    const layoutFirst = first !== undefined && (second !== undefined || isLayout(first));
    const layout = layoutFirst ? first : undefined;
    const space = layoutFirst ? second : first;
    if (layout && !isLayout(layout) && layout.kind !== 'dialect')
      failAt('multiple memory spaces specified in memref type', this.lexer.previousEnd);
    if (space && isLayout(space)) failAt('expected memory space to be last in memref type', this.lexer.previousEnd);
    if (space && !isSpace(space)) failAt('unsupported memory space Attribute', this.lexer.previousEnd);
    if (layout && !shape.unranked) checkLayout(layout, shape);
    const shownSpace = space?.kind === 'integer' && Number(space.value) === 0 ? undefined : space;
    if (!shape.unranked)
      return memrefType(shape.extents, element, layout && isIdentity(layout, shape) ? undefined : layout, shownSpace);
    if (layout) failAt('cannot have affine map for unranked memref type', shape.offset);
    return unrankedMemRefType(element, shownSpace);
  }
}

const isLayout = (attribute: Attribute): boolean =>
  attribute.kind === 'strided' || attribute.kind === 'affine-map' || attribute.text.startsWith('strided<');

/** What upstream takes as a memory space beside attributes of dialects. */
const isSpace = ({ kind }: Attribute): boolean =>
  kind === 'integer' || kind === 'string' || kind === 'dictionary' || kind === 'dialect';

/** A layout speaks of as many dimensions as the shape has. */
function checkLayout(layout: Attribute, { extents, offset }: Shape): void {
  if (layout.kind === 'affine-map') {
    const dims = /^\(([^)]*)\)/.exec(layout.body)?.[1] ?? '';
    const rank = dims === '' ? 0 : dims.split(',').length;
    if (rank !== extents.length)
      failAt(`memref layout mismatch between rank and affine map: ${extents.length} != ${rank}`, offset);
  }
  if (layout.kind === 'strided' && layout.strides.length !== extents.length)
    failAt('expected the number of strides to match the rank', offset);
}

/** Whether a layout is the identity map of its rank, which upstream leaves out. */
function isIdentity(layout: Attribute, { extents }: Shape): boolean {
  if (layout.kind !== 'affine-map') return false;
  const dims = extents.map((_, at) => `d${at}`).join(', ');
  return layout.body === `(${dims}) -> (${dims})`;
}
