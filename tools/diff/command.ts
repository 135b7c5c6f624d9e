/** `paleo-diff`: shows where two things that should mean the same do not. */
import type { OptionSpecs } from '../cli/options.ts';
import type { Subcommands } from '../cli/subcommands.ts';
import type { Tool } from '../cli/tool.ts';
import { rulesCommand } from '../proofs/command.ts';

/** The command; membership is this list. */
export const paleoDiff: Subcommands = {
  name: 'paleo-diff',
  summary: 'shows where two things that should mean the same do not',
  commands: { rules: rulesCommand as unknown as Tool<OptionSpecs> },
};
