/** The page about a checked run: what is in it, what is linked, and that nothing of a program is taken for markup. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { paleoDiff } from '../../../tools/diff/command.ts';
import { paleoOpt } from '../../../tools/opt/command.ts';
import { escaped } from '../../../tools/report/page.ts';
import { type CommandRun, runOn, testFolder } from '../../command.ts';

const folder = testFolder();
const page = join(folder, 'out.html');
const opt = (text: string, ...args: string[]): Promise<CommandRun> => runOn(paleoOpt, folder, [text], args);
const network = `func.func @main(%x: tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32> attributes {note = "</td><script>alert(1)</script>"} {
  %0 = graph.relu %x : tensor<1x2x4x4xf32>
  %1 = graph.add %0, %0 : tensor<1x2x4x4xf32>, tensor<1x2x4x4xf32> -> tensor<1x2x4x4xf32>
  return %1 : tensor<1x2x4x4xf32>
}
`;
const wrong = join(folder, 'wrong.rules');
writeFileSync(wrong, 'rule flip {\n  (arith.subi %a, %b)\n  => (arith.addi %a, %b)\n}\n');
const difference = 'func.func @f(%a: i32, %b: i32) -> i32 {\n  %0 = arith.subi %a, %b : i32\n  return %0 : i32\n}\n';

/** The texts of a page's table cells and whatever matches. */
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, one]) => one ?? '');
const written = async (text: string, ...args: string[]): Promise<string> => {
  const { code, err } = await opt(text, '--check-each', `--report=${page}`, ...args);
  expect([code, err]).toEqual([0, expect.stringContaining('the report is in ./out.html\n')]);
  return readFileSync(page, 'utf8');
};

describe('a page about a run that is right', () => {
  test('has the program after every pass that changed it, and folds the others', async () => {
    const text = await written(network, '--pass-pipeline=builtin.module(cse,graph-to-tensorop,canonicalize)');
    expect(text).toContain('every pass keeps what the program gives');
    expect(all(text, /<th scope="col">(\S+?)<small>/g)).toEqual(['input', 'graph-to-tensorop']);
    expect(all(text, /<th scope="col" class="folded" title="([^":]+)/g)).toEqual(['cse', 'canonicalize']);
    const added = all(text, /<td class="new">(?:<div[^>]*>)(.*?)<\/div>/g);
    expect(added).toEqual([
      '    %0 = tensorop.relu %arg0 : tensor&lt;1x2x4x4xf32&gt;',
      '    %1 = tensorop.add %0, %0 : tensor&lt;1x2x4x4xf32&gt;',
    ]);
    expect(all(text, /<td class="gone">(?:<div[^>]*>)(.*?)<\/div>/g)).toHaveLength(2);
  });

  test('tells what operations gave, how that compares, and links those of one place', async () => {
    const text = await written(network, '--pass-pipeline=builtin.module(graph-to-tensorop,cast-to-half)');
    const [input, lowered, half] = [/graph\.relu/, /tensorop\.relu .*f32/, /tensorop\.relu .*f16/].map((name) =>
      all(text, /(<td[^>]*><div.*?<\/td>)/g).find((cell) => name.test(cell)),
    );
    const place = (cell: string | undefined): string | undefined => /data-p="([\d ]+)"/.exec(cell ?? '')?.[1];
    expect(place(input)).toMatch(/^\d+$/);
    expect([place(lowered), place(half)]).toEqual([place(input), place(input)]);
    expect(input).toContain('→ 1×2×4×4×f32 [');
    expect(lowered).toContain('<b>as before</b>');
    expect(half).toMatch(/bound [\d.e-]+<\/b>/);
  });

  test('is one file that loads nothing, and has no markup of the program', async () => {
    const text = await written(network, '--pass-pipeline=builtin.module(graph-to-tensorop)');
    expect(all(text, /(<(?:link|img|iframe|object)\b|\bsrc=|@import|url\()/g)).toEqual([]);
    expect(all(text, /(<script>)/g)).toHaveLength(1);
    expect(text).toContain('&lt;/td&gt;&lt;script&gt;alert(1)');
    const open = all(text, /<(div|td|tr|th|table|section|pre|details|small|span|b)\b/g).sort();
    expect(all(text, /<\/(div|td|tr|th|table|section|pre|details|small|span|b)>/g).sort()).toEqual(open);
  });

  test('is written by paleo-diff as well', async () => {
    const { code, out, err } = await runOn(
      paleoDiff,
      folder,
      [network],
      ['--pass-pipeline=builtin.module(graph-to-tensorop)', `--report=${page}`],
    );
    expect([code, err]).toEqual([0, 'the report is in ./out.html\n']);
    expect(out).toContain('same values');
    expect(readFileSync(page, 'utf8')).toContain('graph-to-tensorop');
  });
});

describe('a page about a run that is wrong', () => {
  test('shows the reduced program, the pattern, and the operation', async () => {
    const { code, err } = await opt(
      difference,
      '--check-each',
      `--patterns=${wrong}`,
      '--apply-rules',
      `--report=${page}`,
    );
    expect([code, err]).toEqual([1, expect.stringContaining('the report is in ./out.html\n')]);
    const text = readFileSync(page, 'utf8');
    expect(text).toContain('pass &#39;apply-rules&#39; changes what the program gives');
    expect(text).toContain('pattern &#39;flip&#39; does it');
    expect(all(text, /<tr class="bad">(.*?)<\/tr>/g).join()).toContain('differs');
    expect(all(text, /<td class="[^"]*wrong">(?:<div[^>]*>)(.*?)<\/div>/g)).toEqual([
      '    %0 = arith.addi %arg0, %arg1 : i32',
    ]);
    expect(text).toContain('// RUN: paleo-opt --run-reproducer --check-each');
  });

  test('is told also when the page cannot be written', async () => {
    const { code, err } = await opt(
      difference,
      '--check-each',
      `--patterns=${wrong}`,
      '--apply-rules',
      `--report=${folder}`,
    );
    expect(code).toBe(1);
    expect(err).toContain("pattern 'flip' does it");
    expect(err).toContain('the report is not written: ');
  });
});

test('wrong use', async () => {
  const first = async (...args: string[]) => {
    const { code, err } = await opt(network, ...args, `--report=${page}`);
    return [code, err.split('\n')[0]];
  };
  expect(await first('--cse')).toEqual([
    2,
    "paleo-opt: option '--report' takes '--check-each': the page is about its runs",
  ]);
  expect(await first('--check-each', '--split-input-file')).toEqual([
    2,
    "paleo-opt: option '--report' takes one input; leave '--split-input-file' out",
  ]);
  const { code } = await opt(network, '--check-each', '--cse', `--report=${join(folder, 'absent', 'out.html')}`);
  expect(code).toBe(1);
  const two = await runOn(paleoDiff, folder, [network, network], [`--report=${page}`]);
  expect([two.code, two.err.split('\n')[0]]).toEqual([
    2,
    "paleo-diff: option '--report' takes '--pass-pipeline': the page is about its passes",
  ]);
});

test('control characters are shown, others are left alone', () => {
  expect(escaped('a\u0000\u001b\u007f\t\nß<&>"\'')).toBe('a\\00\\1b\\7f\t\nß&lt;&amp;&gt;&quot;&#39;');
});

const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (!browser) process.stderr.write('*** no chromium: the report is not opened in a browser\n');

test.skipIf(!browser)('a browser marks the operations of the place in its address', { timeout: 60_000 }, async () => {
  const text = await written(network, '--pass-pipeline=builtin.module(graph-to-tensorop)');
  const place = /data-p="(\d+)"[^>]*>\s*%0 = graph\.relu/.exec(text)?.[1];
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`];
  const { stdout } = spawnSync(
    browser as string,
    [...flags, '--dump-dom', `${pathToFileURL(page).href}#place-${place}`],
    { encoding: 'utf8', timeout: 50_000 },
  );
  const marked = all(stdout, /<td class="[^"]*\bmark\b[^"]*"><div[^>]*>(.*?)<\/div>/g);
  expect(marked.map((line) => line.trim().split(' ')[2])).toEqual(['graph.relu', 'tensorop.relu']);
});
