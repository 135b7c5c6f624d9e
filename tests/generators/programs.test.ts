/** Generated programs are valid, are read as they were printed, mean something, and are what upstream takes. */
import { describe, expect, test } from 'vitest';
import { entriesOf, execute } from '../../tools/check/execution.ts';
import { Coverage, drawOf, drawSingleOperation, Generations, Random } from '../../tools/check/index.ts';
import { inputLists } from '../../tools/check/inputs.ts';
import { judge, mlirOpt, mlirOptMissing, separator } from '../mlir-opt.ts';
import { isMade, notRunnable, opsOf, programs, read, runnable, upstream, wrongIn } from './subjects.ts';

/** What the interpreter cannot run, by the beginning of what it says. */
const notInterpreted = [/^'scf\.forall' op shares outputs/];
/** Operations that no generator reaches. */
const unreached: readonly string[] = ['builtin.module', 'builtin.unrealized_conversion_cast'];

const all = { ...runnable, ...notRunnable };

describe.each(Object.entries(all))('programs of %s', (kind, dialects) => {
  const coverage = new Coverage();
  const made = programs(200, 3, { dialects, size: 10, coverage });
  const names = dialects.flatMap(opsOf).map(({ opName }) => opName);

  test('are valid, and printed as they are read', () => {
    expect(made.flatMap((text) => wrongIn(text, dialects)).slice(0, 1)).toEqual([]);
  });

  test.runIf(kind in runnable)('run without a fault', () => {
    let runs = 0;
    const faults: string[] = [];
    for (const [at, text] of made.entries()) {
      const module = read(text, dialects);
      for (const { name, inputs } of entriesOf(module)) {
        const [list] = inputLists(inputs, { count: 1, seed: at });
        const { fault } = execute(module, name, list?.values ?? []);
        if (fault === undefined) runs++;
        else if (!notInterpreted.some((known) => known.test(fault))) faults.push(`${fault}\n${text}`);
      }
    }
    expect(faults.slice(0, 1)).toEqual([]);
    expect(runs).toBeGreaterThan(made.length / 2);
  });

  test('have operations of all kinds', () => {
    expect(names.filter((name) => coverage.seen(name) === 0)).toEqual([]);
  });

  test('each operation is made by itself', () => {
    const make = (op: ReturnType<typeof opsOf>[number]) => (at: number) =>
      drawSingleOperation(drawOf(new Random(5, at)), op, { dialects });
    const unmade = dialects.flatMap(opsOf).filter((op) => !isMade(3, make(op)));
    expect(unmade.map(({ opName }) => opName)).toEqual([]);
  });

  test('what is not reached is known', () => {
    const generations = new Generations(dialects);
    const out = dialects.flatMap(opsOf).filter((op) => generations.reach(op).by === 'nothing');
    expect(out.map(({ opName }) => opName).filter((name) => !unreached.includes(name))).toEqual([]);
  });
});

test('the same seed gives the same programs', () => {
  const options = { dialects: upstream, size: 8 };
  expect(programs(3, 1, options)).toEqual(programs(3, 1, options));
  expect(programs(3, 1, options)).not.toEqual(programs(3, 2, options));
});

test('upstream takes them', () => {
  if (mlirOpt === undefined) return mlirOptMissing();
  const forms = ['scalar', 'tensor', 'vector'] as const;
  const made = programs(300, 21, { dialects: upstream, size: 12, forms });
  const { status, stderr } = judge(['--split-input-file', '-o', '/dev/null'], made.join(separator));
  expect(stderr.slice(0, 2000)).toBe('');
  expect(status).toBe(0);
});
