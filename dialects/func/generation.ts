/** How calls are drawn: of functions that are finished, so that no call comes back to where it was made. */
import {
  type DialectGeneration,
  functionType,
  type GenerationPlace,
  type Operation,
  symbolName,
} from '../../ir/index.ts';
import { call as callOp, func as functionOp } from './function.ts';
import { func } from './index.ts';
import { signatureOf } from './signature.ts';

interface Callee {
  readonly name: string;
  readonly type: NonNullable<ReturnType<typeof signatureOf>>;
}
const calleeOf = (operation: Operation): readonly Callee[] => {
  const [name, type] = [symbolName(operation), signatureOf(operation)];
  return operation.is(functionOp) && name !== undefined && type ? [{ name, type }] : [];
};

/** One of the finished functions. Where there is none, one without a body, or one that gives its arguments. */
function callee(place: GenerationPlace): Callee {
  const known = place.top.flatMap(calleeOf);
  return known.length > 0 ? place.of(known) : identity(place);
}

function identity(place: GenerationPlace): Callee {
  const types = [place.type(), ...place.types(1)];
  const type = functionType(types, types);
  const made = place.atTop((name) =>
    func.ops.func({ sym_name: name, function_type: type, sym_visibility: 'private' }),
  ).operation;
  const block = made.region().addBlock(types);
  const end = made.context.create(func.ops.return.opName, block.arguments, []);
  block.append(end);
  return { name: symbolName(made) as string, type };
}

const valueOf = (place: GenerationPlace, { name, type }: Callee) =>
  place.build(() => func.ops.constant({ value: name, types: [type] }));

/** A call and what it calls end, because calls go to earlier functions only. */
const callsEarlier = (operation: Operation): boolean => {
  const name = operation.attribute(operation.is(callOp) ? 'callee' : 'value');
  let outer = operation.parentOperation;
  while (outer && !outer.is(functionOp)) outer = outer.parentOperation;
  for (let before = outer?.previous; before; before = before.previous)
    if (name?.kind === 'symbol' && symbolName(before) === name.root) return true;
  return false;
};

/** The generation of functions. */
export const funcGeneration: DialectGeneration = {
  dialect: func,
  generators: {
    'func.call': (place) => {
      const { name, type } = callee(place);
      const operands = type.inputs.map((one) => place.value(one));
      return place.build(() => func.ops.call({ callee: name, operands, types: type.results }));
    },
    'func.constant': (place) => valueOf(place, callee(place)),
    'func.call_indirect': (place) => {
      const target = callee(place);
      const operands = target.type.inputs.map((one) => place.value(one));
      const value = valueOf(place, target).result;
      return place.build(() =>
        func.ops.callIndirect({ callee: value, callee_operands: operands, types: target.type.results }),
      );
    },
  },
  comesWith: { 'func.func': ['func.call'], 'func.return': ['func.call'] },
  defined: { 'func.call': callsEarlier, 'func.constant': callsEarlier },
};
