/**
 * What a newcomer is told when a pattern or a conversion is wrong: each file is a program, run through the pass
 * that its first line names, and the whole message. With PALEO_BLESS=1 the messages are written instead of compared.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Context, DiagnosticError, formatDiagnostic, verify } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { pipeline, runPipeline, stage } from '../../rewrite/index.ts';
import { allDialects } from '../../tools/lists.ts';
import { faultyPasses } from './faulty-passes.ts';

const bless = process.env['PALEO_BLESS'] === '1';
const program = `func.func @f(%a: i32, %b: i32) -> i32 {
  %0 = arith.addi %a, %b : i32
  %1 = arith.subi %0, %b : i32
  %2 = arith.muli %1, %a : i32
  func.return %2 : i32
}
`;

/** The messages that a pass with a fault ends in, and how long that took. */
function told(name: string, text: string): { readonly message: string; readonly milliseconds: number } {
  const module = parseModule(text, new Context(allDialects), { fileName: 'program.mlir' });
  const pass = faultyPasses.find((one) => one.name === name);
  if (!pass) throw new Error(`no pass is called ${name}`);
  const start = performance.now();
  const before = printOperation(module);
  try {
    runPipeline(pipeline('builtin.module', stage(pass)), module, { check: true });
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    const milliseconds = performance.now() - start;
    // A conversion that fails leaves what it was given.
    if (name === 'left-over' || name === 'no-materialization') {
      expect(printOperation(module)).toBe(before);
      expect(verify(module)).toEqual([]);
    }
    const line = (file: string, number: number): string | undefined =>
      file === 'program.mlir' ? text.split('\n')[number - 1] : undefined;
    const message = error.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, line)).join('\n');
    return { message, milliseconds };
  }
  return { message: '', milliseconds: performance.now() - start };
}

describe('each fault is told within a second, with who did it', () => {
  test.each(faultyPasses.map(({ name }) => name))('%s', (name) => {
    const file = fileURLToPath(new URL(`${name}.txt`, import.meta.url));
    const { message, milliseconds } = told(name, program);
    expect(message).not.toBe('');
    expect(milliseconds).toBeLessThan(1000);
    const whole = `${program}==>\n${message}\n`;
    if (bless || !existsSync(file)) writeFileSync(file, whole);
    else expect(whole).toBe(readFileSync(file, 'utf8'));
    expect(bless || existsSync(file)).toBe(true);
  });
});
