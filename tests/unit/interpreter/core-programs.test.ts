/** What the hardware level's interpreter refuses: every access that the machine would not stand. */
import { describe, expect, test } from 'vitest';
import { runCorePrograms } from '../../../interpreter/mlu/run.ts';
import { Context, DiagnosticError, type Operation, verify } from '../../../ir/index.ts';
import { parseModule } from '../../../ir/text/index.ts';
import { allDialects } from '../../../tools/lists.ts';

const half = (...extents: number[]): string => `memref<${[...extents, 'f16'].join('x')}, "nram">`;
const buffer = (name: string, role: string): string =>
  `mlu.buffer "${name}" {role = "${role}", shape = array<i64: 64>, type = memref<64xf16, "gdram">}`;
const core = (at: number, body: string): string =>
  `func.func @core${at}() attributes {mlu.core = ${at} : i64} { ${body} func.return }`;
const get = (name: string): string => `%${name} = mlu.get_buffer @${name} : memref<64xf16, "gdram">`;
const store = (from: string, to: string): string =>
  `mlu.copy %${from}, %${to} : ${half(64)} -> memref<64xf16, "gdram">`;
const load = (from: string, to: string): string => `mlu.copy %${from}, %${to} : memref<64xf16, "gdram"> -> ${half(64)}`;
const alloc = `%a = mlu.alloc : ${half(64)}`;
const fill = `mlu.fill %a {value = 1.0 : f32} : ${half(64)}`;

function read(text: string): Operation {
  const module = parseModule(text, new Context(allDialects));
  for (const { message } of verify(module)) throw new Error(message);
  return module;
}
/** The fault of a program. */
function fault(text: string): string {
  const module = read(text);
  try {
    runCorePrograms(module, new Map());
  } catch (error) {
    if (error instanceof DiagnosticError) return error.message;
    throw error;
  }
  return 'none';
}

describe('a core program faults when it', () => {
  test.each([
    ['does nothing wrong', core(0, `${alloc} ${fill}`), /^none$/],
    [
      'reads what was never written',
      core(0, `${alloc} mlu.relu %a, %a : ${half(64)}`),
      /'mlu.relu' op reads element 0, which was never written \(nram block 'core 0 block 0'\)/,
    ],
    [
      'touches memory that another unit may still be working on',
      `${buffer('o', 'output')} ${core(0, `${alloc} ${fill} ${get('o')} ${store('a', 'o')}`)}`,
      /'mlu.copy' op touches elements that the vector unit may still be writing; a sync must stand before/,
    ],
    [
      'begins a vector at a wrong place',
      core(
        0,
        `%b = mlu.alloc : ${half(192)} mlu.fill %b : ${half(192)}
         %c = mlu.subview %b {offsets = array<i64: 32>, sizes = array<i64: 64>, steps = array<i64: 1>} : ${half(192)} -> memref<64xf16, strided<[1], offset: 32>, "nram">
         "mlu.relu"(%c, %c) : (memref<64xf16, strided<[1], offset: 32>, "nram">, memref<64xf16, strided<[1], offset: 32>, "nram">) -> ()`,
      ),
      /begins at byte 64, expected a multiple of 128/,
    ],
    [
      'reaches out of its memory',
      core(
        0,
        `%b = mlu.alloc : ${half(128)} mlu.fill %b : ${half(128)} %i = arith.constant 128 : index
         %c = mlu.windows %b[%i] {offset = 0 : i64, sizes = array<i64: 64>, strides = array<i64: 1>} : ${half(128)} -> memref<64xf16, strided<[1], offset: ?>, "nram">
         "mlu.relu"(%c, %c) : (memref<64xf16, strided<[1], offset: ?>, "nram">, memref<64xf16, strided<[1], offset: ?>, "nram">) -> ()`,
      ),
      /touches elements 128 to 191, outside its 128/,
    ],
    [
      'reads what another core wrote without a barrier between',
      `${buffer('t', 'temporary')}
       ${core(0, `${alloc} ${fill} mlu.sync ${get('t')} ${store('a', 't')}`)}
       ${core(1, `${alloc} ${get('t')} ${load('t', 'a')}`)}`,
      /reads element 0, which core 0 wrote since the last barrier; a barrier must stand between/,
    ],
    [
      'reads it with a barrier between',
      `${buffer('t', 'temporary')}
       ${core(0, `${alloc} ${fill} mlu.sync ${get('t')} ${store('a', 't')} mlu.barrier`)}
       ${core(1, `${alloc} mlu.barrier ${get('t')} ${load('t', 'a')}`)}`,
      /^none$/,
    ],
    [
      'ends while another core waits at a barrier',
      `${core(0, 'mlu.barrier')} ${core(1, '')}`,
      /1 of 2 cores have ended while the others wait at a barrier/,
    ],
    [
      'leaves an output unwritten',
      `${buffer('o', 'output')} ${core(0, '')}`,
      /output 'o' has element 0 that was never written/,
    ],
    ['has no input', `${buffer('x', 'input')} ${core(0, '')}`, /input 'x' is not given; there are none/],
  ])('%s', (_, text, expected) => {
    expect(fault(text)).toMatch(expected);
  });
});
