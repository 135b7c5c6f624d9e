/** `paleo-opt` on texts: parts, diagnostics compared with comments, printing flags. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runTool } from '../../../tools/cli/tool.ts';
import { paleoOpt } from '../../../tools/opt/command.ts';

const folder = mkdtempSync(join(tmpdir(), 'paleo-opt-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function opt(text: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const file = join(folder, 'in.mlir');
  writeFileSync(file, text);
  const decoder = new TextDecoder();
  const streams = { out: '', err: '' };
  const code = await runTool(paleoOpt, [file, ...args], {
    out: (piece) => {
      streams.out += typeof piece === 'string' ? piece : decoder.decode(piece);
    },
    err: (piece) => {
      streams.err += piece.replaceAll(file, 'in.mlir');
    },
  });
  return { code, ...streams };
}

describe('parts of an input', () => {
  const parts = `func.func private @a()
// -----
func.func private @b(
// -----
func.func private @c()
`;

  test('are read by themselves; one that is refused has no result, and errors have the line of the whole', async () => {
    const { code, out, err } = await opt(parts, '--split-input-file');
    expect(code).toBe(1);
    expect(out).toBe(
      'module {\n  func.func private @a()\n}\n// -----\n// -----\nmodule {\n  func.func private @c()\n}\n',
    );
    expect(err).toMatch(/^in\.mlir:3:22: error: .*\nfunc\.func private @b\(\n {21}\^\n$/);
  });

  test('stand between markers of the user', async () => {
    const text = 'module {}\n//# next\nmodule {}\n';
    const { code, out } = await opt(text, '--split-input-file=//#', '--output-split-marker=//=');
    expect([code, out]).toEqual([1, 'module {\n}\n//=\n']);
    const right = await opt(text.replace(' next', ''), '--split-input-file=//#', '--output-split-marker=//=');
    expect([right.code, right.out]).toEqual([0, 'module {\n}\n//=\nmodule {\n}\n']);
  });

  test('a refused input without parts has no result at all', async () => {
    const out = join(folder, 'out.mlir');
    writeFileSync(out, 'before');
    expect((await opt('func.func', '-o', out)).code).toBe(1);
    expect(readFileSync(out, 'utf8')).toBe('before');
  });
});

describe('diagnostics compared with comments', () => {
  test('all that are announced and no others', async () => {
    const text = `func.func @f(%a: i32) -> i64 {
  // expected-error@+1 {{type of return operand 0}}
  return %a : i32
}
// -----
// expected-error@below {{undeclared SSA value}}
"t.a"(%q) : (i32) -> ()
// -----
func.func @g() -> i32 {
  return
  // expected-error-re@above {{has {{[0-9]+}} operands}}
}
`;
    const { code, err } = await opt(text, '--split-input-file', '--verify-diagnostics', '--allow-unregistered-dialect');
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  test('what is missing, unexpected or of another kind is told', async () => {
    const text = `// expected-warning@+1 {{undeclared}}
"t.a"(%q) : (i32) -> ()
// -----
func.func @g() -> i32 {
  return
}
// -----
module {} // expected-error {{nothing}}
`;
    const flags = ['--split-input-file', '--allow-unregistered-dialect'];
    const all = await opt(text, ...flags, '--verify-diagnostics');
    expect(all.code).toBe(1);
    expect(all.err.match(/error: .*/g)).toEqual([
      "error: 'error' diagnostic emitted when expecting a 'warning'",
      'error: expected warning "undeclared" was not produced',
      expect.stringMatching(/^error: unexpected error: .*has 0 operands, but enclosing function \(@g\) returns 1/),
      'error: expected error "nothing" was not produced',
    ]);
    const some = await opt(text, ...flags, '--verify-diagnostics=only-expected');
    expect(some.err).not.toContain('unexpected');
    expect((await opt(text, '--verify-diagnostics=some')).code).toBe(2);
  });
});

describe('printing', () => {
  const text = `#map = affine_map<(d0) -> (d0 * 2)>
func.func @f(%x: i32 loc("left")) -> i32 {
  %y = arith.addi %x, %x {m = #map, d = dense<[1, 2, 3]> : tensor<3xi8>} : i32 loc("sum")
  return %y : i32
}
`;

  test.each([
    [['--mlir-print-op-generic'], '"arith.addi"(%arg0, %arg0)'],
    [['--mlir-print-local-scope'], 'm = affine_map<(d0) -> (d0 * 2)>'],
    [['--mlir-print-debuginfo'], '#loc = loc("left")'],
    [['--mlir-print-debuginfo', '--mlir-print-local-scope'], '%arg0: i32 loc("left")'],
    [['--mlir-print-debuginfo', '--mlir-pretty-debuginfo'], ': i32 "sum"'],
    [['--mlir-print-value-users'], '// user: %2'],
    [['--mlir-use-nameloc-as-prefix'], '%sum = arith.addi %left, %left'],
    [['--mlir-print-skip-regions'], 'module {...}'],
    [['--mlir-elide-elementsattrs-if-larger=2'], 'dense_resource<__elided__>'],
    [['--mlir-print-elementsattrs-with-hex-if-larger=2'], 'dense<"0x010203">'],
  ])('%s', async (flags, expected) => {
    const { code, out } = await opt(text, ...flags);
    expect(out).toContain(expected);
    expect(code).toBe(0);
  });

  test('numbers are numbers', async () => {
    const { code, err } = await opt(text, '--mlir-elide-elementsattrs-if-larger=few');
    expect(code).toBe(2);
    expect(err).toContain("option '--mlir-elide-elementsattrs-if-larger' is 'few', expected a number");
  });
});
