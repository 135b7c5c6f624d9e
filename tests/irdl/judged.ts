/** What the real `mlir-opt` says of modules when our dialects come from an IRDL file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Operation } from '../../ir/index.ts';
import { printOperation } from '../../ir/text/index.ts';
import { dynamicForm } from '../../tools/irdl/dynamic-form.ts';
import { ownDialects } from '../../tools/irdl/own-dialects.ts';
import { judge, type JudgeRun, separator } from '../mlir-opt.ts';

/** A module as the judge reads it. */
export const judgedText = (module: Operation): string =>
  printOperation(dynamicForm(module, ownDialects), { generic: true });

function judgeWith(irdl: string, text: string): JudgeRun {
  const folder = mkdtempSync(join(tmpdir(), 'irdl-'));
  try {
    const file = join(folder, 'dialects.irdl.mlir');
    writeFileSync(file, irdl);
    return judge([`--irdl-file=${file}`, '--allow-unregistered-dialect', '--split-input-file', '-'], text);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The first error on each text; lines are counted from the begin of the whole input. */
function errorsByText(texts: readonly string[], between: number, stderr: string): readonly (string | undefined)[] {
  const errors: (string | undefined)[] = texts.map(() => undefined);
  const lastLines: number[] = [];
  let line = 0;
  for (const text of texts) lastLines.push((line += text.split('\n').length + between));
  for (const [, at, message] of stderr.matchAll(/^<stdin>:(\d+):\d+: error: (.*)$/gm))
    errors[lastLines.findIndex((last) => Number(at) <= last)] ??= message;
  return errors;
}

const unreliable = ({ status, stderr }: JudgeRun): Error =>
  new Error(`mlir-opt ended with status ${status} in a way that is no answer: ${stderr.slice(0, 500)}`);

/**
 * The first error on each text, undefined where it is accepted; one process for all of them. Throws
 * an `Error` when the judge did not get through: then no answer can be trusted.
 */
export function refusals(irdl: string, texts: readonly string[]): readonly (string | undefined)[] {
  const run = judgeWith(irdl, texts.join(separator));
  const errors = errorsByText(texts, separator.split('\n').length - 2, run.stderr);
  const accepted = errors.filter((error) => error === undefined).length;
  const printed = run.stdout.split(/^\/\/ -----$/m).filter((part) => part.trim() !== '').length;
  if (printed !== accepted || (run.status === 0) !== (accepted === texts.length)) throw unreliable(run);
  return errors;
}

/**
 * The refused texts with their errors when all should be accepted. They are read as one part, since
 * the judge loads the dialects again for each; it stops at the first few errors then.
 */
export function refused(irdl: string, texts: readonly string[]): readonly string[] {
  const run = judgeWith(irdl, texts.join('\n'));
  const errors = errorsByText(texts, 0, run.stderr);
  const found = errors.flatMap((error, at) => (error === undefined ? [] : [`${error}\n${texts[at]}`]));
  const printed = run.stdout.match(/^ {2}module /gm)?.length ?? 0;
  if (found.length === 0 && (run.status !== 0 || printed !== texts.length)) throw unreliable(run);
  return found;
}
