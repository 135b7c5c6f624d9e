/** Runs every filetest; with PALEO_BLESS=1 the outputs are written instead of compared. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type AnyOp, Context } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { allDialects } from '../../tools/lists.ts';
import { announcedErrors, fileTestText, outputOf, readFileTest } from './filetest.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.mlir'));
const bless = process.env['PALEO_BLESS'] === '1';

for (const file of files)
  describe(file, () => {
    const whole = readFileTest(readFileSync(folder + file, 'utf8'));
    for (const { title, input, expected } of whole.cases)
      test(title, () => {
        const { text, errors } = outputOf(input, whole.passes);
        const announced = announcedErrors(input);
        expect(errors.length).toBe(announced.length);
        for (const [at, error] of announced.entries()) {
          expect(errors[at]?.split(':')[0]).toBe(error.split(':')[0]);
          expect(errors[at]).toContain(error.slice(error.indexOf(': ') + 2));
        }
        if (!bless) expect(text).toBe(expected);
        if (text === '') return;
        const again = printOperation(parseModule(text, new Context(allDialects, { allowUnregistered: true })));
        expect(again).toBe(text);
      });
    if (bless)
      writeFileSync(
        folder + file,
        fileTestText({
          ...whole,
          cases: whole.cases.map((one) => ({ ...one, expected: outputOf(one.input, whole.passes).text })),
        }),
      );
  });

test('every operation of every dialect stands in a filetest', () => {
  const all = files.map((file) => readFileSync(folder + file, 'utf8')).join('\n');
  // Quotes and word ends keep one name from counting for a longer one.
  const missing = allDialects.flatMap((dialect) =>
    (Object.values(dialect.ops) as AnyOp[])
      .map((op) => op.opName)
      .filter((name) => !new RegExp(`(^|[\\s"])${name.replace('.', '\\.')}([\\s"(]|$)`, 'm').test(all)),
  );
  expect(missing).toEqual([]);
});
