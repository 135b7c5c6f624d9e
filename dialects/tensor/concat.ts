/** Concatenation. */
import { attr, dynamic, op, type TensorType, tensorType, variadic } from '../../ir/index.ts';
import { rankedTensor, rankedType } from './constraint.ts';

/** The extents of a concatenation, or the dimension beside it in which known extents differ. */
function concatenated(inputs: readonly TensorType[], dimension: number): readonly number[] | { differs: number } {
  const shape: number[] = [];
  for (let at = 0; at < (inputs[0] as TensorType).shape.length; at++) {
    const extents = inputs.map((input) => input.shape[at] as number);
    if (at === dimension)
      shape.push(extents.includes(dynamic) ? dynamic : extents.reduce((sum, extent) => sum + extent, 0));
    else {
      const known = new Set(extents.filter((extent) => extent !== dynamic));
      if (known.size > 1) return { differs: at };
      const [extent = dynamic] = known;
      shape.push(extent);
    }
  }
  return shape;
}

function concatError(inputs: readonly TensorType[], dimension: number, result: TensorType): string | undefined {
  const [first] = inputs;
  if (!first) return 'requires at least one input';
  const rank = result.shape.length;
  if (inputs.some((input) => input.shape.length !== rank)) return 'rank of concatenated inputs must match result rank';
  if (inputs.some((input) => input.element !== result.element)) return 'inputs and result element type must match';
  if (dimension < 0 || dimension >= rank) return 'concatenation dim must be less than the tensor rank';
  const shape = concatenated(inputs, dimension);
  if ('differs' in shape) return `static concatenation size mismatch along non-concatenated dimension ${shape.differs}`;
  const fits = shape.every((extent, at) => {
    const said = result.shape[at];
    return extent === dynamic || said === dynamic || extent === said;
  });
  return fits
    ? undefined
    : `result type '${result.text}' does not match inferred shape '${tensorType(shape, first.element).text}' static sizes`;
}

/** Tensors one after the other along a dimension. */
export const concat = op('tensor.concat', {
  summary: 'tensors one after the other along a dimension',
  operands: { inputs: variadic(rankedTensor()) },
  attributes: { dim: attr.int({}) },
  results: { result: rankedTensor() },
  traits: ['pure'],
  assembly: '`dim` `(` $dim `)` $inputs attr-dict `:` functional-type(operands, results)',
  verifyOperation: (_, { inputs, dim, result }) => concatError(inputs.map(rankedType), dim, rankedType(result)),
});
