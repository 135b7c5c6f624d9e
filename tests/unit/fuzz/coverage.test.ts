import { describe, expect, test } from 'vitest';
import { Context } from '../../../ir/index.ts';
import { parseModule } from '../../../ir/text/index.ts';
import { allPasses } from '../../../lowering/passes.ts';
import { parsePipeline, runPipeline } from '../../../rewrite/index.ts';
import { CampaignCoverage } from '../../../tools/fuzz/coverage.ts';
import { coverageSummary, coverageTables } from '../../../tools/fuzz/coverage-table.ts';
import { PassCoverage } from '../../../tools/fuzz/pass-coverage.ts';
import { allDialects } from '../../../tools/lists.ts';

const program = `
func.func @f(%x: i32, %t: tensor<2x3xf16>) -> (i32, tensor<2x3xf16>) {
  %zero = arith.constant 0 : i32
  %sum = arith.addi %x, %zero : i32
  %0 = tensorop.relu %t : tensor<2x3xf16>
  return %sum, %0 : i32, tensor<2x3xf16>
}`;

function reached(pipeline: string): CampaignCoverage {
  const coverage = new CampaignCoverage();
  const module = parseModule(program, new Context(allDialects));
  runPipeline(parsePipeline(pipeline, allPasses), module, { observer: new PassCoverage(coverage) });
  return coverage;
}

describe('coverage', () => {
  test('counts what passes see and what rules are applied to', () => {
    const rows = reached('builtin.module(func.func(canonicalize),cse)').rows();
    const of = (op: string): unknown => rows.filter((row) => row[0] === op).map((row) => row.slice(1));
    expect(of('arith.addi')).toEqual([
      ['i32', 'canonicalize', '', 1],
      ['i32', 'canonicalize', 'fold of arith.addi', 1],
    ]);
    expect(of('tensorop.relu')).toEqual([
      ['tensor of f16', 'canonicalize', '', 1],
      ['tensor of f16', 'cse', '', 1],
    ]);
    expect(of('builtin.module')).toEqual([['none', 'cse', '', 1]]);
  });

  test('is taken away and put together again', () => {
    const coverage = reached('builtin.module(canonicalize)');
    const rows = coverage.take();
    expect(coverage.rows()).toEqual([]);
    coverage.merge(rows);
    coverage.merge(rows);
    expect(coverage.rows().map((row) => row[4])).toEqual(rows.map((row) => 2 * row[4]));
  });

  test('is told as tables with what was not reached', () => {
    const universe = {
      ops: ['arith.addi', 'arith.subi'],
      passes: ['canonicalize', 'cse'],
      rules: ['fold of arith.addi', 'fold of arith.subi'],
    };
    const rows = reached('builtin.module(func.func(canonicalize))').rows();
    expect(coverageSummary(rows, universe)).toBe('ops 1/2, passes 1/2, rules 1/2');
    const text = coverageTables(rows, universe);
    expect(text).toContain('| | i32 | none | tensor of f16 |\n');
    expect(text).toContain('| arith.addi | 1 |  |  |\n| arith.constant | 1 |  |  |\n| arith.subi |  |  |  |\n');
    expect(text).toContain(
      '| | canonicalize |\n| --- | ---: |\n| erase-dead | 1 |\n| fold of arith.addi | 1 |\n| fold of arith.subi |  |\n',
    );
    expect(text).toContain('## not reached\n- operation `arith.subi`\n- pass `cse`\n- rule `fold of arith.subi`\n');
  });
});
