/** What the real `mlir-opt` says of modules when our dialects come from an IRDL file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Operation } from '../../ir/index.ts';
import { printOperation } from '../../ir/text/index.ts';
import { dynamicForm } from '../../tools/irdl/dynamic-form.ts';
import { ownDialects } from '../../tools/irdl/own-dialects.ts';
import { judge, separator } from '../mlir-opt.ts';

/** A module as the judge reads it. */
export const judgedText = (module: Operation): string =>
  printOperation(dynamicForm(module, ownDialects), { generic: true });

/**
 * The first error on each text, undefined where it is accepted; one process for all of them. Throws
 * an `Error` when the judge did not get through: then no answer can be trusted.
 */
export function refusals(irdl: string, texts: readonly string[]): readonly (string | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), 'irdl-'));
  try {
    const file = join(folder, 'dialects.irdl.mlir');
    writeFileSync(file, irdl);
    const { status, stdout, stderr } = judge(
      [`--irdl-file=${file}`, '--allow-unregistered-dialect', '--split-input-file', '-'],
      texts.join(separator),
    );
    const errors = errorsByText(texts, stderr);
    const accepted = errors.filter((error) => error === undefined).length;
    const printed = stdout.split(/^\/\/ -----$/m).filter((part) => part.trim() !== '').length;
    if (printed !== accepted || (status === 0) !== (accepted === texts.length))
      throw new Error(
        `mlir-opt ended with ${status} and printed ${printed} of ${accepted} modules: ${stderr.slice(0, 500)}`,
      );
    return errors;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Lines are counted from the begin of the whole input, not of a part. */
function errorsByText(texts: readonly string[], stderr: string): readonly (string | undefined)[] {
  const errors: (string | undefined)[] = texts.map(() => undefined);
  const between = separator.split('\n').length - 1;
  const lastLines: number[] = [];
  let line = 0;
  for (const text of texts) lastLines.push((line += text.split('\n').length + between - 1));
  for (const [, at, message] of stderr.matchAll(/^<stdin>:(\d+):\d+: error: (.*)$/gm)) {
    const text = lastLines.findIndex((last) => Number(at) <= last);
    errors[text] ??= message;
  }
  return errors;
}
