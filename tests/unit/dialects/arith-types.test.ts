/** Which types arithmetic takes, judged by the real mlir-opt: every operation with every type of a small set. */
import { expect, test } from 'vitest';
import { Context, DiagnosticError, verify } from '../../../ir/index.ts';
import { parseModule } from '../../../ir/text/index.ts';
import { allDialects } from '../../../tools/lists.ts';
import { judge, mlirOpt, mlirOptMissing, separator } from '../../mlir-opt.ts';

if (mlirOpt === undefined) mlirOptMissing();

const types = [
  'i1',
  'i32',
  'i64',
  'si32',
  'index',
  'f16',
  'f32',
  'none',
  'vector<4xi32>',
  'vector<4xf32>',
  'vector<4xi1>',
  'vector<[4]xi32>',
  'tensor<4xi64>',
  'tensor<4xf32>',
  'tensor<4xindex>',
  'tensor<?xi32>',
  'tensor<*xf16>',
  'tensor<4xi32, "e">',
  'memref<4xi32>',
  'memref<?xindex>',
];
const binary =
  'addi subi muli divsi remui andi shli shrui minsi maxui ceildivsi ceildivui floordivsi addf divf remf maximumf minnumf';
const casts = 'extsi extui trunci extf truncf sitofp uitofp fptosi fptoui index_cast index_castui bitcast';
const truths: readonly string[] = ['i1', 'vector<4xi1>', 'vector<[4]xi1>', 'tensor<4xi1>', 'tensor<?xi1>', 'i32'];

/** An operation in generic form with operands of these types from nowhere. */
function module(name: string, operands: readonly string[], results: readonly string[], properties = ''): string {
  const from = operands.map((type, at) => `%a${at} = "t.from"() : () -> ${type}\n`).join('');
  const names = operands.map((_, at) => `%a${at}`).join(', ');
  return `${from}%r:${results.length} = "arith.${name}"(${names}) ${properties} : (${operands.join(', ')}) -> (${results.join(', ')})`;
}

const compared = '<{predicate = 1 : i64}>';
const modules: readonly string[] = types.flatMap((type) => [
  ...binary.split(' ').map((name) => module(name, [type, type], [type])),
  module('negf', [type], [type]),
  module('addi', [type, 'i32'], [type]),
  module('mulsi_extended', [type, type], [type, type]),
  ...truths.flatMap((truth) => [
    module('cmpi', [type, type], [truth], compared),
    module('cmpf', [type, type], [truth], compared),
    module('addui_extended', [type, type], [type, truth]),
    // Upstream does not survive a shaped condition of single values.
    ...(truth.includes('<') && !type.includes('<') ? [] : [module('select', [truth, type, type], [type])]),
  ]),
  ...types
    // Nor conversions of tensors of unknown rank.
    .filter((other) => !(type.startsWith('tensor<*') && other.startsWith('tensor<*')))
    .flatMap((other) => casts.split(' ').map((name) => module(name, [type], [other]))),
]);

const isAccepted = (text: string): boolean => {
  try {
    return verify(parseModule(text, new Context(allDialects, { allowUnregistered: true }))).length === 0;
  } catch (error) {
    if (error instanceof DiagnosticError) return false;
    throw error;
  }
};

test.skipIf(mlirOpt === undefined)('the same operations are refused', { timeout: 60_000 }, () => {
  const { stdout } = judge(['--allow-unregistered-dialect', '--split-input-file'], modules.join(separator));
  const answers = stdout.split(/^\/\/ -----$/m);
  expect(answers.length).toBe(modules.length);
  const taken = answers.map((answer) => answer.trim() !== '');
  expect(taken.filter((accepted) => accepted).length).toBeGreaterThan(300);
  const other = modules.filter((text, at) => isAccepted(text) !== taken[at]);
  expect(other).toEqual([]);
});
