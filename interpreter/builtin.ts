/** The meanings of the builtin dialect: a module is not executed, and a finished program has no open conversions. */
import { builtin } from '../dialects/builtin/index.ts';
import { notExecuted, semantics } from './semantics.ts';

/** What the builtin operations mean. */
export const builtinSemantics = semantics(builtin, {
  module: notExecuted,
  unrealizedConversionCast: (_args, _bound, { fail }) => fail('is a conversion that no lowering has made real'),
});
