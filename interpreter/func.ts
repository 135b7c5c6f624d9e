/** The meanings of functions. Returns are found by their trait; a function runs when it is called. */
import { func } from '../dialects/func/index.ts';
import { notExecuted, semantics } from './semantics.ts';

/** What the operations of functions mean. */
export const funcSemantics = semantics(func, {
  func: notExecuted,
  return: notExecuted,
  call: ({ operands, callee }, _, { call }) => ({ results: call(callee, operands) }),
  callIndirect: (_, __, { fail }) => fail('calls a function that is a value, which is not interpreted'),
  constant: (_, __, { fail }) => fail('is a function as a value, which is not interpreted'),
});
