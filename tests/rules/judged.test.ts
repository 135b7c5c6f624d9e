/** Upstream's engine for declarative patterns judges ours. `PALEOZOIC_RULE_PAIRS` asks for more pairs. */
import { expect, test } from 'vitest';
import { mlirOpt, mlirOptMissing } from '../mlir-opt.ts';
import { differences, pairOf } from './judged.ts';

const count = Number(process.env['PALEOZOIC_RULE_PAIRS'] ?? 200);
const seed = Number(process.env['PALEOZOIC_RULE_SEED'] ?? 1);
const batch = 250;
if (mlirOpt === undefined) mlirOptMissing();

test.skipIf(mlirOpt === undefined)(
  `upstream's engine leaves the same module on ${count} pairs`,
  () => {
    let rewrites = 0;
    let rewritten = 0;
    const wrong: string[] = [];
    for (let first = 0; first < count; first += batch) {
      const pairs = Array.from({ length: Math.min(batch, count - first) }, (_, at) =>
        pairOf(seed * 1_000_000 + first + at),
      );
      for (const pair of pairs) {
        rewrites += pair.rewrites;
        if (pair.rewrites > 0) rewritten++;
      }
      for (const { pair, ours, theirs } of differences(pairs))
        wrong.push(`seed ${pair.seed}\n${pair.rules}\n${pair.module}\nours:\n${ours}\ntheirs:\n${theirs}`);
    }
    process.stderr.write(
      `rules: ${count} pairs, ${rewritten} rewritten, ${rewrites} rewrites, ${wrong.length} differ\n`,
    );
    expect(wrong.length === 0 ? '' : wrong.slice(0, 1).join('\n')).toBe('');
    // A judge of programs to which nothing happens would judge nothing.
    expect(rewritten).toBeGreaterThan(count / 3);
  },
  600_000,
);
