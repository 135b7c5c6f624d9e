/** Programs of numbers run natively: through mlir-opt to LLVM, and by mlir-runner. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RuntimeValue } from '../../../interpreter/index.ts';
import { Context, type Operation, type Type } from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';
import { eraseUnreachable, Rewriter } from '../../../rewrite/index.ts';
import { allDialects } from '../../lists.ts';

/** The tools that run programs natively. */
interface NativeTools {
  readonly opt: string;
  readonly runner: string;
  readonly library: string;
}

const found = (commands: readonly string[]): string | undefined =>
  commands.find((command) => /version 22\./.test(spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout ?? ''));

/** mlir-opt, mlir-runner and the library that prints numbers, of LLVM 22; undefined where one of them is absent. */
export function nativeTools(): NativeTools | undefined {
  const opt = found(['mlir-opt-22', 'mlir-opt']);
  const runner = found(['mlir-runner-22', 'mlir-runner']);
  const library = [
    '/usr/lib/llvm-22/lib/libmlir_c_runner_utils.so',
    '/usr/lib/llvm-22/lib/libmlir_c_runner_utils.so.22.1',
  ].find((file) => existsSync(file));
  return opt && runner && library ? { opt, runner, library } : undefined;
}

/** The bits of a number of a type, as an unsigned integer; all NaNs have the same. */
export function bitsOf(value: RuntimeValue, type: Type): bigint {
  if (type.kind === 'float') {
    const view = new DataView(new ArrayBuffer(8));
    if (type.width === 32) view.setFloat32(4, Number(value));
    else view.setFloat64(0, Number(value));
    return withoutPayload(view.getBigUint64(0), type);
  }
  const width = type.kind === 'integer' ? type.width : 64;
  return BigInt.asUintN(width, BigInt(value as number | bigint));
}

/** Which NaN comes out of an operation is nobody's promise (IEEE 754-2019, 6.2.3). */
export function withoutPayload(bits: bigint, type: Type): bigint {
  if (type.kind !== 'float') return bits;
  const [exponent, fraction] = type.width === 32 ? [0xffn << 23n, (1n << 23n) - 1n] : [0x7ffn << 52n, (1n << 52n) - 1n];
  return (bits & exponent) === exponent && (bits & fraction) !== 0n ? exponent | ((fraction + 1n) >> 1n) : bits;
}

/** One call of a function of a module. */
export interface NativeCall {
  readonly name: string;
  readonly types: readonly Type[];
  readonly values: readonly RuntimeValue[];
  readonly results: readonly Type[];
}

const literal = (value: RuntimeValue, type: Type): string => {
  if (type.kind !== 'float')
    return `${BigInt.asIntN(type.kind === 'integer' ? type.width : 64, BigInt(value as number))} : ${type.text}`;
  return `0x${bitsOf(value, type)
    .toString(16)
    .toUpperCase()
    .padStart(type.width / 4, '0')} : ${type.text}`;
};

/** Prints the bits of `value` as a 64-bit integer. */
function printed(value: string, type: Type, fresh: () => string): string[] {
  const lines: string[] = [];
  const step = (text: string): string => {
    const name = fresh();
    lines.push(`  ${name} = ${text}`);
    return name;
  };
  let bits = value;
  let width = type.kind === 'integer' || type.kind === 'float' ? type.width : 64;
  if (type.kind === 'float') bits = step(`arith.bitcast ${bits} : ${type.text} to i${width}`);
  if (type.kind === 'index') bits = step(`arith.index_castui ${bits} : index to i64`);
  if (width < 64) bits = step(`arith.extui ${bits} : i${width} to i64`);
  width = 64;
  lines.push(`  func.call @printI64(${bits}) : (i64) -> ()`, '  func.call @printNewline() : () -> ()');
  return lines;
}

/** Upstream's conversion to LLVM gives other types to what leads to a block than to one that nothing leads to. */
function dropUnreachable(module: Operation): void {
  module.walk((operation) => {
    for (const region of operation.regions)
      if (region.entry && region.blocks.length > 1) eraseUnreachable(region, new Rewriter(region.entry, undefined));
  });
}

/**
 * What LLVM has is converted first: upstream's expansion, which the rounding divisions need, would take minima and
 * maxima apart and lose the order of the two zeros (IEEE 754-2019, 9.6, and upstream's own definition: −0 < +0).
 */
const toLlvm = [
  '--convert-scf-to-cf',
  '--convert-arith-to-llvm',
  '--arith-expand',
  '--convert-to-llvm',
  '--reconcile-unrealized-casts',
];

/** The bits of all results of all calls, one after the other. Throws an `Error` with what a tool says when it fails. */
export function runNatively(functions: string, calls: readonly NativeCall[], tools: NativeTools): readonly bigint[] {
  let next = 0;
  const fresh = (): string => `%n${next++}`;
  const body = calls.flatMap(({ name, types, values, results }) => {
    const lines: string[] = [];
    const given = values.map((value, at) => {
      const constant = fresh();
      lines.push(`  ${constant} = arith.constant ${literal(value, types[at] as Type)}`);
      return constant;
    });
    const list = (all: readonly Type[]): string => all.map(({ text }) => text).join(', ');
    const made = fresh();
    const head = results.length === 0 ? '' : `${made}${results.length > 1 ? `:${results.length}` : ''} = `;
    lines.push(`  ${head}func.call @${name}(${given.join(', ')}) : (${list(types)}) -> (${list(results)})`);
    for (const [at, type] of results.entries())
      lines.push(...printed(results.length > 1 ? `${made}#${at}` : made, type, fresh));
    return lines;
  });
  const text = [
    functions,
    'func.func private @printI64(i64)',
    'func.func private @printNewline()',
    `func.func @main() {\n${body.join('\n')}\n  func.return\n}\n`,
  ].join('\n');
  const folder = mkdtempSync(join(tmpdir(), 'native-'));
  try {
    const file = join(folder, 'in.mlir');
    const lowered = join(folder, 'lowered.mlir');
    // In generic form, as some custom forms upstream do not take numbers of results.
    const module = parseModule(text, new Context(allDialects));
    dropUnreachable(module);
    writeFileSync(file, printOperation(module, { generic: true }));
    const run = (command: string, args: readonly string[]): string => {
      const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
      if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.slice(0, 2000)}`);
      return stdout;
    };
    run(tools.opt, [...toLlvm, file, '-o', lowered]);
    const out = run(tools.runner, [
      lowered,
      '-e',
      'main',
      '--entry-point-result=void',
      `--shared-libs=${tools.library}`,
    ]);
    return out
      .trim()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => BigInt.asUintN(64, BigInt(line)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
