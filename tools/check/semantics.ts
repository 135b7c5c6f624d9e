/** The meanings of every level above the hardware. */
import {
  arithSemantics,
  builtinSemantics,
  cfSemantics,
  funcSemantics,
  graphSemantics,
  type Semantics,
  scfSemantics,
  tensoropSemantics,
} from '../../interpreter/index.ts';

/** What modules of the graph and tensor levels, and programs of numbers, are evaluated with. */
export const upperLevels: readonly Semantics[] = [
  builtinSemantics,
  funcSemantics,
  arithSemantics,
  cfSemantics,
  scfSemantics,
  graphSemantics,
  tensoropSemantics,
];
