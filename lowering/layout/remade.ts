/** Elementwise operations, which give the same numbers however their tensors are laid out. */
import { tensorop } from '../../dialects/tensorop/index.ts';
import { type Operation, type TensorType, tensorType, type Value } from '../../ir/index.ts';

/** The extents of a tensor value. */
export const shapeOf = (value: Value): readonly number[] => (value.type as TensorType).shape;

/** Whether an operation of this level maps its operands, all of one shape, element by element. */
export const isElementwise = (operation: Operation): boolean =>
  operation.dialectName === tensorop.name && operation.hasTrait('elementwise');

/** The same elementwise operation, detached, on other operands, which give its result their shape. */
export function remade(operation: Operation, operands: readonly Value[]): Operation {
  const { element } = operation.result().type as TensorType;
  const shape = shapeOf(operands[0] as Value);
  const { attributes, location } = operation;
  return operation.context.create(operation.name, operands, [tensorType(shape, element)], { attributes, location });
}
