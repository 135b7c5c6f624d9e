/** The meanings of functions. Returns are found by their trait; a function runs when it is called. */
import { func } from '../dialects/func/index.ts';
import { notExecuted, semantics } from './semantics.ts';
import type { RuntimeObject, RuntimeValue } from './value.ts';

/** A function as a value; its name means what it meant where the value was made. */
class FunctionValue implements RuntimeObject {
  readonly runtimeKind: 'function';
  readonly call: (values: readonly RuntimeValue[]) => readonly RuntimeValue[];

  constructor(call: FunctionValue['call']) {
    this.runtimeKind = 'function';
    this.call = call;
  }
}

/** What the operations of functions mean. */
export const funcSemantics = semantics(func, {
  func: notExecuted,
  return: notExecuted,
  call: ({ operands, callee }, _, { call }) => ({ results: call(callee, operands) }),
  callIndirect: ({ callee, callee_operands }, _, { fail }) =>
    callee instanceof FunctionValue
      ? { results: callee.call(callee_operands) }
      : fail('calls a value that is no function'),
  constant: ({ value }, _, { call }) => new FunctionValue((values) => call(value, values)),
});
