/** The module and conversions between types. Spelled as upstream MLIR spells it. */
import { dialect } from '../../ir/index.ts';
import { module, unrealizedConversionCast } from './module.ts';

/** Operations that every level may hold. */
export const builtin = dialect('builtin', { module, unrealizedConversionCast });
