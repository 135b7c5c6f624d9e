import { asProcess, runTool } from './cli/tool.ts';
import { paleoDiff } from './diff/command.ts';

// Proving rules is a command of its own, and brings a solver.
void asProcess(async ([first, ...rest], streams) =>
  first === 'rules'
    ? runTool((await import('./proofs/command.ts')).rulesCommand, rest, streams)
    : runTool(paleoDiff, first === undefined ? [] : [first, ...rest], streams),
);
