import { expect, test } from 'vitest';
import { mlirOpt, mlirOptMissing } from '../../mlir-opt.ts';
import { byJudge, byOurs, passed } from './judged-pass.ts';

if (mlirOpt === undefined) mlirOptMissing();

const program = `module {
  module @inner { func.func @x() { return } }
  module { func.func @y() { return } }
  func.func @a() { return }
  func.func nested @b() { return }
  func.func private @c()
  memref.global @g : memref<2xf32>
  memref.global "private" @h : memref<2xf32>
  "x.y"() {sym_name = "unknown"} : () -> ()
}`;

test.skipIf(mlirOpt === undefined)('makes private what the judge does', () => {
  for (const exclude of ['', 'exclude=a', 'exclude=inner,g,nobody'])
    expect(byOurs([program], `symbol-privatize{${exclude}}`)).toEqual(
      byJudge([program], [`--symbol-privatize=${exclude}`]),
    );
});

test('with dead symbols gone afterwards only what is excluded stays', () => {
  const { text } = passed(program, 'symbol-privatize{exclude=a,b},symbol-dce');
  expect(text).toContain('@a');
  expect(text).toContain('nested @b');
  expect(text).not.toContain('@g');
});
