/** Small programs for tests. */
import { arith } from '../../../dialects/arith/index.ts';
import { builtin } from '../../../dialects/builtin/index.ts';
import { func } from '../../../dialects/func/index.ts';
import { graph } from '../../../dialects/graph/index.ts';
import { scf } from '../../../dialects/scf/index.ts';
import { tensorop } from '../../../dialects/tensorop/index.ts';
import {
  Builder,
  Context,
  functionType,
  integerAttribute,
  type IndexType,
  type IntegerType,
  nameLocation,
  type Operation,
  type Type,
  type Value,
  within,
} from '../../../ir/index.ts';

/** A context with all dialects of the upper levels. */
export const newContext = (): Context => new Context([builtin, func, arith, scf, graph, tensorop]);

/** An empty module. */
export function newModule(context: Context): Operation {
  const { operation } = within(context, nameLocation('test'), () => builtin.ops.module({}));
  operation.region(0).addBlock();
  return operation;
}

/** Adds a function that returns what `body` gives. */
export function addFunction(
  module: Operation,
  name: string,
  inputs: readonly Type[],
  results: readonly Type[],
  body: (builder: Builder, values: readonly Value[]) => readonly Value[],
): Operation {
  const { context } = module;
  const { operation } = within(context, nameLocation(name), () =>
    func.ops.func({ sym_name: name, function_type: functionType(inputs, results) }),
  );
  module.region(0).entry?.append(operation);
  const block = operation.region(0).addBlock(inputs);
  const builder = Builder.atEnd(block, nameLocation(`body of ${name}`));
  const operands = body(builder, block.arguments);
  builder.build(() => func.ops.return({ operands }));
  return operation;
}

/** An integer constant at the builder's place. */
export const integerConstant = (builder: Builder, value: number | bigint, type: IntegerType | IndexType): Value =>
  builder.build(() => arith.ops.constant({ value: integerAttribute(value, type) })).result;
