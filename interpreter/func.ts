/** The meanings of functions. Returns are found by their trait; a function runs when it is called. */
import { func } from '../dialects/func/index.ts';
import { notExecuted, semantics } from './semantics.ts';

/** What the operations of functions mean. */
export const funcSemantics = semantics(func, {
  func: notExecuted,
  return: notExecuted,
  call: ({ operands, callee }, _, { call }) => ({ results: call(callee, operands) }),
});
