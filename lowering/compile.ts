/** The lower half of the way as one function: tensor operations to the hardware level and to machine code. */
import { defaultSettings, type Pass, passContext, type Settings } from '../rewrite/index.ts';
import type { Operation } from '../ir/index.ts';
import type { Machine } from '../target-mlu/index.ts';
import { insertSyncsPass } from './insert-syncs.ts';
import { planMemoryFor } from './plan-memory.ts';
import { tensoropToMluFor, tilingKnobs, type TilingKnobs } from './tensorop-to-mlu/index.ts';

/** The passes from the tensor-op level to a module that is ready for machine code. */
export const hardwarePasses = (machine: Machine): readonly Pass[] => [
  tensoropToMluFor(machine) as unknown as Pass,
  planMemoryFor(machine),
  insertSyncsPass,
];

/** Brings a tensor-op module to the hardware level in place; throws a `DiagnosticError` when it cannot. */
export function lowerToHardware(module: Operation, machine: Machine, changes: Partial<TilingKnobs> = {}): void {
  const settings: TilingKnobs = { ...defaultSettings(tilingKnobs), ...changes };
  const [first, ...rest] = hardwarePasses(machine);
  first?.run(module, settings as Settings, passContext());
  for (const pass of rest) pass.run(module, {}, passContext());
}
