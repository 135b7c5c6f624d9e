/**
 * Times reading and printing of one MLIR file in generic form, cold (first) and warm:
 * `node <bundle of this file> <file> [repeats]`. Inputs: `node ../shared/mlir/bench/gen.mjs arith 100000`.
 */
import { readFileSync } from 'node:fs';
import { Context } from '../../ir/index.ts';
import { parseModule, printTo } from '../../ir/text/index.ts';

const [file, repeats = '3'] = process.argv.slice(2);
if (file === undefined) throw new Error('give a file in generic form');
const bytes = readFileSync(file);
for (let run = 0; run < Number(repeats); run++) {
  const context = new Context([], { allowUnregistered: true });
  const start = performance.now();
  const module = parseModule(bytes, context, { fileName: file });
  const parsed = performance.now();
  let length = 0;
  printTo(
    module,
    {
      write: (chunk) => {
        length += chunk.length;
      },
    },
    { generic: true },
  );
  const printed = performance.now();
  const row = [
    `${context.columns.opEnd - 1} operations`,
    `${(bytes.length / 1e6).toFixed(1)} MB`,
    `parse ${(parsed - start).toFixed(0)} ms`,
    `print ${(printed - parsed).toFixed(0)} ms (${(length / 1e6).toFixed(1)} MB)`,
    `resident ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`,
  ];
  console.log(row.join(', '));
}
