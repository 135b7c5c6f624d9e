/** What a module may show: how a pipeline fails on it, that it changes what is computed, or what a command says of it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiagnosticError, type Operation, verify } from '../../ir/index.ts';
import { type Pipeline, runPipeline } from '../../rewrite/index.ts';
import { observedValues, runnableFunctions } from '../check/scalar-run.ts';
import type { Interesting } from './reduce.ts';

/** The ways in which a pipeline can fail. */
export const failures = ['any', 'diagnostic', 'crash', 'invalid', 'endless', 'differs'] as const;
/** One way of failing. */
export type Failure = (typeof failures)[number];

interface Ending {
  readonly kind: 'fine' | 'diagnostic' | 'crash' | 'invalid' | 'endless';
  readonly message: string;
}

/** How a pipeline ends on a module. */
export function endingOf(module: Operation, pipeline: Pipeline): Ending {
  try {
    if (verify(module).length > 0) return { kind: 'fine', message: '' };
    runPipeline(pipeline, module);
    return { kind: 'fine', message: '' };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) return { kind: 'crash', message: String(error) };
    const message = error.diagnostics.map((one) => one.message).join('\n');
    const kind = /^after pass '/.test(message)
      ? 'invalid'
      : message.includes('does not end')
        ? 'endless'
        : 'diagnostic';
    return { kind, message };
  }
}

/** Whether a pipeline fails in one way, with a message that contains `text`. */
export const failing =
  (pipeline: Pipeline, how: Failure, text = ''): Interesting =>
  (module) => {
    if (how === 'differs') return changesValues(module, pipeline);
    const { kind, message } = endingOf(module, pipeline);
    return kind !== 'fine' && (how === 'any' || how === kind) && message.includes(text);
  };

/** So long a function runs on one sample. */
const limits = { steps: 200_000 };

/** Whether some function gives other values after a pipeline than before; a fault before is nobody's difference. */
function changesValues(module: Operation, pipeline: Pipeline): boolean {
  const names = runnableFunctions(module);
  const before = observedValues(module, names, limits);
  if (endingOf(module, pipeline).kind !== 'fine') return false;
  const after = observedValues(module, names, limits);
  return names.some((name) =>
    before.get(name)?.some((value, at) => !value.startsWith('fault') && value !== after.get(name)?.[at]),
  );
}

/** What a command says: it gets the module as the path of a file, last, and ends with 1 when that is interesting. */
export function saidBy(command: string, args: readonly string[]): Interesting & { close(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'paleo-reduce-'));
  const file = join(folder, 'candidate.mlir');
  const asks: Interesting = (_, text) => {
    writeFileSync(file, `${text}\n`);
    const { status, error } = spawnSync(command, [...args, file], { stdio: 'ignore' });
    if (error) throw error;
    return status === 1;
  };
  return Object.assign(asks, { close: () => rmSync(folder, { recursive: true, force: true }) });
}
