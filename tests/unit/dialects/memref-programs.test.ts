/**
 * What upstream says of programs over buffers: `mlir-opt` is asked whether it is so, and we are held
 * to the same words. Programs without an error are printed by us in a way that means the same to it.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { arith } from '../../../dialects/arith/index.ts';
import { builtin } from '../../../dialects/builtin/index.ts';
import { func } from '../../../dialects/func/index.ts';
import { memref } from '../../../dialects/memref/index.ts';
import { Context, DiagnosticError, type Operation, verify } from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { judge, mlirOpt, mlirOptMissing, separator } from '../../mlir-opt.ts';

const values = `%n: index, %i: index, %x: f32, %k: i32, %m: memref<4x?xf32>, %u: memref<*xf32>, %s: memref<4x5xf32>,
  %v: memref<8xf32>, %b: memref<2048xi8>, %st: memref<30x20xf32, strided<[4000, 2]>>, %d3: memref<?x?x?xf32>,
  %sh: memref<1xi32>, %i16: memref<16x10xi32>, %sc: memref<f32>, %tag: memref<2x2xi32>,
  %s1: memref<8xf32, strided<[1]>>`;

/** Operations of a function over `values`, or whole functions and globals; then the error, where there is one. */
const programs = readFileSync(new URL('memref-programs.mlir', import.meta.url), 'utf8');

interface Program {
  readonly title: string;
  readonly text: string;
  readonly error: string | undefined;
}

const cases: readonly Program[] = programs
  .trim()
  .split('\n// -----\n')
  .map((part) => {
    const [body = '', error] = part.split('\n// error: ');
    const whole = /^"?(module|func\.func|memref\.global|outside\.)/.test(body);
    const text = whole ? body : `func.func @f(${values}) {\n${body}\nreturn\n}`;
    return { title: body.replaceAll(/\s+/g, ' '), text, error };
  });
const refused = cases.filter(({ error }) => error !== undefined);
const accepted = cases.filter(({ error }) => error === undefined);

const newContext = (): Context => new Context([builtin, func, arith, memref], { allowUnregistered: true });
const valid = (text: string): Operation => {
  const module = parseModule(text, newContext());
  const errors = verify(module);
  if (errors.length > 0) throw new DiagnosticError(errors);
  return module;
};

if (mlirOpt === undefined) mlirOptMissing();

describe('what upstream refuses', () => {
  test.each(refused)('$title', ({ text, error }) => {
    expect(() => valid(text)).toThrow(error);
  });

  test.skipIf(mlirOpt === undefined)('is refused by mlir-opt in the same words', () => {
    // Each error is searched from the place of the last one, so one of another program does not count.
    const { stderr } = judge(['--allow-unregistered-dialect', '--split-input-file'], textOf(refused));
    let from = 0;
    for (const { title, error = '' } of refused) {
      const found = stderr.indexOf(error, from);
      expect(found, `${title}: ${error}`).toBeGreaterThanOrEqual(0);
      from = found + error.length;
    }
  });
});

describe('what upstream accepts', () => {
  let meanings: readonly string[] = [];
  const generic = ['--allow-unregistered-dialect', '--mlir-print-op-generic', '--split-input-file'];
  const meaningsOf = (texts: readonly string[]): readonly string[] => {
    const { stdout, stderr } = judge(generic, texts.join(separator));
    expect(stderr).toBe('');
    return stdout.split('// -----');
  };
  beforeAll(() => {
    if (mlirOpt !== undefined) meanings = meaningsOf(accepted.map(({ text }) => text));
  });

  test.each(accepted)('$title', ({ text }) => {
    expect(() => valid(text)).not.toThrow();
  });

  test.skipIf(mlirOpt === undefined)('is printed by us in both forms with the same meaning', () => {
    expect(meanings).toHaveLength(accepted.length);
    for (const form of [true, false])
      expect(meaningsOf(accepted.map(({ text }) => printOperation(valid(text), { generic: form })))).toEqual(meanings);
  });
});

/** The programs as one text for `--split-input-file`. */
function textOf(list: readonly Program[]): string {
  return list.map(({ text }) => text).join(separator);
}
