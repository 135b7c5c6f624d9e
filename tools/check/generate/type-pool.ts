/** The types that a program being drawn may use, and how one is found that a constraint accepts. */
import {
  type Draw,
  dynamic,
  elementTypeOf,
  isShaped,
  isTensorElement,
  type MemRefType,
  memrefType,
  stringAttribute,
  type TensorType,
  tensorType,
  type Type,
  spaceOf,
  type ValueConstraint,
  vectorType,
} from '../../../ir/index.ts';
import { usualElements, usualForms, type ProgramOptions, type TypeForm } from './options.ts';

type PoolOptions = Pick<ProgramOptions, 'elements' | 'forms' | 'extent'>;
const shapeKinds = { tensor: tensorType, vector: vectorType } as const;

/** Draws types. */
export class TypePool {
  readonly elements: readonly Type[];
  private readonly forms: readonly TypeForm[];
  private readonly extent: number;

  constructor({ elements = usualElements, forms = usualForms, extent = 4 }: PoolOptions) {
    this.elements = elements;
    this.forms = forms;
    this.extent = extent;
  }

  /** A few extents that are known. */
  shape(draw: Draw, least: number, most: number): readonly number[] {
    return Array.from({ length: draw.int(least, most) }, () => draw.int(1, this.extent));
  }

  /** Types that values may have, a few of each form, in random order within a form. */
  some(draw: Draw): readonly Type[] {
    const element = (): Type => draw.of(this.elements);
    return this.forms.flatMap((form): readonly Type[] => {
      if (form === 'scalar') return this.elements;
      const make = shapeKinds[form];
      const elements = [element(), element(), element()].filter(isTensorElement);
      return elements.map((of) => make(this.shape(draw, form === 'vector' ? 1 : 0, 3), of));
    });
  }

  /** Types beside those that values usually have: for declarations that ask for them. */
  rare(draw: Draw): readonly Type[] {
    const element = (): Type => draw.of(this.elements);
    const [one, two] = [element(), element()];
    const shape = this.shape(draw, 0, 3);
    const list = this.shape(draw, 1, 1);
    return [
      ...[one, two].map((of) => tensorType(this.shape(draw, 0, 3), of)),
      ...this.elements.map((of) => tensorType(list, of)),
      memrefType(shape, one),
      ...this.elements.map((of) => memrefType(this.shape(draw, 1, 2), of)),
      ...this.elements.map((of) => memrefType(list, of)),
      vectorType(this.shape(draw, 1, 2), two),
    ];
  }

  /** Types that have something in common with a given one: its shape, its element type, its form. */
  near(type: Type, draw: Draw): readonly Type[] {
    const found: Type[] = [type];
    for (const element of this.elements) {
      if (!isShaped(type)) found.push(element);
      else if (type.kind === 'memref') found.push(memrefType(type.shape, element, type.layout, type.space));
      else found.push(type.kind === 'tensor' ? tensorType(type.shape, element, type.encoding) : shaped(type, element));
    }
    if (!isShaped(type)) return found;
    const other = this.shape(draw, 0, 3);
    if (type.kind === 'tensor') found.push(...tensorsNear(type, other));
    if (type.kind === 'memref') found.push(...memrefsNear(type, other));
    return [...found, elementTypeOf(type)];
  }

  /** The types that a constraint accepts under a binding, of the first list that has some; the others are not made. */
  fitting(
    constraint: ValueConstraint,
    binding: Parameters<ValueConstraint['check']>[1],
    lists: readonly (() => readonly Type[])[],
  ): readonly Type[] {
    for (const list of lists) {
      const fitting = list().filter((type) => constraint.check(type, { ...binding }) === undefined);
      if (fitting.length > 0) return fitting;
    }
    return [];
  }
}

const shaped = ({ shape }: { readonly shape: readonly number[] }, element: Type): Type => vectorType(shape, element);

const tensorsNear = ({ shape, element }: TensorType, other: readonly number[]): readonly Type[] => [
  tensorType(other, element),
  tensorType(shape.toReversed(), element),
  tensorType(shape.slice(1), element),
  tensorType([...shape, 1], element),
  tensorType(
    shape.map((extent, at) => (at === 0 ? dynamic : extent)),
    element,
  ),
];

const memrefsNear = (type: MemRefType, other: readonly number[]): readonly Type[] => [
  memrefType(other, type.element),
  memrefType(
    type.shape.map((extent, at) => (at === 0 ? dynamic : extent)),
    type.element,
    type.layout,
    type.space,
  ),
  ...(spaceOf(type) === '' ? [memrefType(type.shape, type.element, type.layout, stringAttribute('local'))] : []),
];
