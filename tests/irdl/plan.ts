/** Operations as plain data, so that they can be damaged and built again, valid or not. */
import { builtin } from '../../dialects/builtin/index.ts';
import { func } from '../../dialects/func/index.ts';
import {
  Context,
  functionType,
  type NamedAttribute,
  type OpDefinition,
  type Operation,
  stringAttribute,
  type Type,
  typeAttribute,
} from '../../ir/index.ts';
import { ownDialects } from '../../tools/irdl/own-dialects.ts';

/** One operation of our dialects. */
export interface Plan {
  readonly name: string;
  readonly definition: OpDefinition;
  readonly operands: readonly Type[];
  readonly results: readonly Type[];
  readonly attributes: readonly NamedAttribute[];
  readonly regions: number;
}

const ownNames = new Set(ownDialects.map((dialect) => dialect.name));

/** The operations of our dialects in a module. */
export function plansOf(module: Operation): readonly Plan[] {
  const plans: Plan[] = [];
  module.walk((operation) => {
    const { name, definition, attributes } = operation;
    if (!definition || !ownNames.has(name.split('.')[0] as string)) return;
    const types = (values: readonly { readonly type: Type }[]): readonly Type[] => values.map((value) => value.type);
    const [operands, results] = [types(operation.operands), types(operation.results)];
    plans.push({ name, definition, operands, results, attributes, regions: operation.regions.length });
  });
  return plans;
}

/** A module with a function that takes the operands and does nothing but the operation. */
export function moduleOf({ name, operands, results, attributes, regions }: Plan): Operation {
  const context = new Context([builtin, func, ...ownDialects]);
  const module = context.create('builtin.module', [], [], { regions: 1 });
  const main = context.create('func.func', [], [], {
    regions: 1,
    attributes: [
      { name: 'sym_name', value: stringAttribute('main'), property: true },
      { name: 'function_type', value: typeAttribute(functionType(operands, [])), property: true },
    ],
  });
  module.region().addBlock().append(main);
  const body = main.region().addBlock(operands);
  body.append(context.create(name, body.arguments, results, { attributes, regions }));
  body.append(context.create('func.return', [], []));
  return module;
}

/** What tells plans apart. */
export const planText = ({ name, operands, results, attributes }: Plan): string =>
  [
    name,
    ...operands.map((type) => type.text),
    '->',
    ...results.map((type) => type.text),
    ...attributes.map((entry) => `${entry.name} = ${entry.value.text}`),
  ].join(' ');
