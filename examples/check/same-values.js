/**
 * A plain script: do folding and cse keep what programs compute? Run it with `node same-values.js [seed]`.
 */
import fc from 'fast-check';
import { arbitraryProgram, Coverage, entriesOf, execute, inputLists, valueDifference } from 'paleozoic/check';
import { arith } from 'paleozoic/dialects/arith';
import { cf } from 'paleozoic/dialects/cf';
import { func } from 'paleozoic/dialects/func';
import { scf } from 'paleozoic/dialects/scf';
import { canonicalize, cse, runPipeline, stage } from 'paleozoic/rewrite';

const pipeline = { anchor: 'builtin.module', stages: [stage(canonicalize([])), stage(cse)] };

/** The first value that the passes change; undefined where they change none. Counts runs. */
function changed(program, count) {
  const [before, after] = [program.module(), program.module()];
  runPipeline(pipeline, after);
  for (const { name, inputs } of entriesOf(before))
    for (const { values } of inputLists(inputs, { count: 3, seed: 1 })) {
      const [expected, found] = [execute(before, name, values), execute(after, name, values)];
      if (!expected.values) continue;
      count();
      if (!found.values) return `@${name}: ${found.fault}`;
      for (const [at, value] of expected.values.entries()) {
        const difference = valueDifference(value, found.values[at]);
        if (difference) return `@${name}, result ${at}: ${difference.before} becomes ${difference.after}`;
      }
    }
  return undefined;
}

const coverage = new Coverage();
const programs = arbitraryProgram({ dialects: [arith, func, scf, cf], size: 12, coverage });
let runs = 0;
const property = fc.property(programs, (program) => {
  const difference = changed(program, () => runs++);
  if (difference) throw new Error(difference);
});
const report = fc.check(property, { numRuns: 100, seed: Number(process.argv[2] ?? 1) });
if (report.failed) {
  console.log(`${report.errorInstance.message}${report.counterexample[0]}`);
  process.exitCode = 1;
} else {
  console.log(`${report.numRuns} programs, ${runs} runs: the same values`);
  console.log(`${coverage.operations.length} operations with ${coverage.pairs} element types seen`);
}
