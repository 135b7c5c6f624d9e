/** Functions, calls and returns. Spelled as upstream MLIR spells them. */
import { dialect } from '../../ir/index.ts';
import { call, func as function_, returnOp } from './function.ts';
import { callIndirect, constant } from './indirect.ts';

export { functionTypeOf } from './signature.ts';

/** The operations of functions. */
export const func = dialect('func', { func: function_, return: returnOp, call, callIndirect, constant });
