/** How operations that hold programs are drawn: not at all, a program around is drawn instead. */
import type { DialectGeneration } from '../../ir/index.ts';
import { builtin } from './index.ts';

/** The generation of modules. */
export const builtinGeneration: DialectGeneration = {
  dialect: builtin,
  withheld: {
    'builtin.module': 'every program is one',
    'builtin.unrealized_conversion_cast': 'has no meaning, and stands in no finished program',
  },
};
