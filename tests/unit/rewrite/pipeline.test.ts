import { describe, expect, expectTypeOf, test } from 'vitest';
import { formatDiagnostic } from '../../../ir/diagnostic.ts';
import { canonicalize } from '../../../rewrite/canonicalize.ts';
import { cse } from '../../../rewrite/cse.ts';
import { dce, symbolDce } from '../../../rewrite/dce.ts';
import { knob } from '../../../rewrite/knob.ts';
import { type Pass, pass } from '../../../rewrite/pass.ts';
import { runPipeline } from '../../../rewrite/pass-runner.ts';
import { nested, orderedPasses, pipeline, printPipeline, stage } from '../../../rewrite/pipeline.ts';
import { parsePipeline, pipelineLine, type PipelineOptions } from '../../../rewrite/pipeline-parser.ts';
import { noMatch, pattern } from '../../../rewrite/pattern.ts';
import { add, constant, diagnosticsOf, negate, program, show, subtract, use } from './toy.ts';

const simplify = canonicalize([]);
const settled: unknown[] = [];
const tile = pass('tile', {
  summary: 'split into tiles',
  after: [simplify],
  exact: true,
  knobs: {
    m: knob.powerOfTwo(16, 256, 64, 'rows per tile'),
    doubleBuffer: knob.flag(true, 'overlap loads with computation'),
  },
  run(_root, settings) {
    expectTypeOf(settings.m).toEqualTypeOf<number>();
    // @ts-expect-error: no knob is called n
    settled.push(settings.n ?? settings);
  },
});
const onFunctions = pass('on-functions', {
  summary: 'counts',
  on: 'toy.func',
  exact: true,
  run: (_root, _settings, { count }) => count('functions', 2),
});
const emit = pass('emit', { summary: 'ends', after: [tile], exact: { bound: 'half-a-bit' }, run: () => {} });
const all = [simplify, cse, dce, symbolDce, tile, onFunctions, emit] as unknown as readonly Pass[];

const errorOf = (text: string, options: PipelineOptions = {}): string =>
  formatDiagnostic(diagnosticsOf(() => parsePipeline(text, all, options))[0]!, pipelineLine(text));

describe('pipeline text', () => {
  test.each([
    'toy.module(toy.func(canonicalize{max-iterations=2},cse),tile{m=16 double-buffer=false},emit)',
    'any(cse,dce)',
    'toy.module()',
    'toy.func(on-functions)',
  ])('%s reads and prints the same', (text) => {
    expect(printPipeline(parsePipeline(text, all))).toBe(text);
  });

  test('a bare list and free spacing are read', () => {
    const read = parsePipeline(' canonicalize , tile { m=16, double-buffer } ', all, { anchor: 'toy.module' });
    expect(printPipeline(read)).toBe('toy.module(canonicalize,tile{m=16})');
    expect(read).toEqual(pipeline('toy.module', stage(simplify), stage(tile, { m: 16 })));
  });

  test('values built in TypeScript print as text', () => {
    expect(printPipeline(pipeline('toy.module', nested('toy.func', stage(simplify, { maxIterations: 3 }))))).toBe(
      'toy.module(toy.func(canonicalize{max-iterations=3}))',
    );
    // @ts-expect-error: no knob is called rows
    expect(() => stage(tile, { rows: 3 })).toThrow("no knob is called 'rows'");
  });

  test.each([
    ['toy.module(cze)', "no pass is called 'cze'", 12],
    ['toy.module(canon)', "no pass is called 'canon'; did you mean 'canonicalize'?", 12],
    ['toy.module(tile{n=3})', "pass 'tile': no knob is called 'n', expected 'm', 'double-buffer'", 17],
    ['toy.module(tile{m=3})', "pass 'tile': knob 'm' is '3', expected 16 | 32 | 64 | 128 | 256", 17],
    ['toy.module(tile{m=16 m=32})', "pass 'tile': knob 'm' is given twice", 22],
    ['toy.module(cse', "expected ')', found the end", 15],
    ['toy.module(cse))', "expected the end, found ')'", 16],
    ['toy.module(cse,)', "expected a pass or an operation name, found ')'", 16],
    [
      'toy.module(on-functions)',
      "pass 'on-functions' runs on 'toy.func', but stands in 'toy.module'; write toy.func(on-functions)",
      12,
    ],
    ['toy.module(tile,canonicalize)', "pass 'tile' must come after 'canonicalize', which stands later", 12],
    ['toy.module(emit,toy.func(canonicalize))', "pass 'emit' must come after 'canonicalize', which stands later", 12],
    ['', 'expected a pass or an operation name, found the end', 1],
  ])('%s is refused with a caret', (text, message, column) => {
    expect(errorOf(text)).toBe(`<pipeline>:1:${column}: error: ${message}\n${text}\n${' '.repeat(column - 1)}^`);
  });

  test('what a pass relies on must be there where completeness is asked for', () => {
    expect(() => parsePipeline('any(tile)', all)).not.toThrow();
    expect(errorOf('any(tile)', { complete: true })).toContain(
      "must come after 'canonicalize', which the pipeline does not have",
    );
  });

  test('nesting has a limit', () => {
    expect(errorOf(`${'a('.repeat(100)}cse${')'.repeat(100)}`)).toContain('nested deeper than 64');
  });

  test('passes are ordered by what they rely on, and a cycle is shown', () => {
    const order = orderedPasses([...all].reverse()).map(({ name }) => name);
    expect(order.indexOf('canonicalize')).toBeLessThan(order.indexOf('tile'));
    expect(order.indexOf('tile')).toBeLessThan(order.indexOf('emit'));
    const a = pass('a', { summary: '', after: [{ name: 'b' }], exact: true, run: () => {} }) as Pass;
    const b = pass('b', { summary: '', after: [a], exact: true, run: () => {} }) as Pass;
    expect(() => orderedPasses([a, b])).toThrow(/passes rely on each other: (a <- b <- a|b <- a <- b)/);
  });
});

describe('runPipeline', () => {
  const sample = () => {
    const made = program(1);
    const [x] = made.arguments;
    const sum = made.builder.build(() => add({ lhs: constant({ value: 1 }), rhs: constant({ value: 2 }) }));
    made.builder.build(() => negate({ input: x! }));
    made.builder.build(() => use({ values: [sum.out] }));
    return made;
  };

  test('runs passes where they are anchored and reports time, change and statistics', () => {
    const { module, block } = sample();
    const report = runPipeline(
      parsePipeline('toy.module(toy.func(canonicalize,on-functions,dce),tile{m=32})', all),
      module,
    );
    expect(show(block)).toBe('%1 = toy.constant value=3\ntoy.use %1');
    expect(
      report.runs.map((run) => [run.pass, run.operation, run.changed, Object.fromEntries(run.statistics)]),
    ).toEqual([
      ['canonicalize', 'toy.func', true, { rewrites: 0, folds: 1, dead: 3, simplified: 0 }],
      ['on-functions', 'toy.func', false, { functions: 2 }],
      ['dce', 'toy.func', false, { dead: 0 }],
      ['tile', 'toy.module', false, {}],
    ]);
    expect(report.runs.every(({ milliseconds }) => milliseconds >= 0)).toBe(true);
    expect(settled).toEqual([{ m: 32, doubleBuffer: true }]);
  });

  test('hooks see every pass before and after', () => {
    const { module } = sample();
    const events: string[] = [];
    runPipeline(parsePipeline('toy.module(toy.func(canonicalize,cse))', all), module, {
      before: (one, root) => events.push(`before ${one.name} on ${root.name}`),
      after: (one, root, { changed }) => events.push(`after ${one.name} on ${root.name}: ${changed}`),
    });
    expect(events).toEqual([
      'before canonicalize on toy.func',
      'after canonicalize on toy.func: true',
      'before cse on toy.func',
      'after cse on toy.func: false',
    ]);
  });

  test('what a pass leaves invalid is told with its name, unless verification is off', () => {
    const spoil = pass('spoil', {
      summary: 'breaks',
      exact: true,
      run: (root) =>
        root.walk((operation) => {
          const last = operation.is(use) ? operation.parent?.first : undefined;
          if (last && last !== operation) operation.moveBefore(last);
        }),
    });
    const broken = pipeline('any', stage(spoil));
    const [error] = diagnosticsOf(() => runPipeline(broken, sample().module));
    expect(error?.message).toBe("after pass 'spoil': 'toy.use' op operand #0 does not dominate this use");
    expect(() => runPipeline(broken, sample().module, { verify: false })).not.toThrow();
  });

  test('anchors must fit', () => {
    const { func } = sample();
    expect(diagnosticsOf(() => runPipeline(pipeline('toy.module'), func))[0]?.message).toBe(
      "the pipeline is for 'toy.module', but the operation is 'toy.func'",
    );
    expect(diagnosticsOf(() => runPipeline(pipeline('any', stage(onFunctions)), sample().module))[0]?.message).toBe(
      "pass 'on-functions' runs on 'toy.func', not on 'toy.module'",
    );
  });

  test('the action limit is over the whole run', () => {
    const swap = pattern('swap', subtract, (op) =>
      op.lhs.ownerBlock ? subtract({ lhs: negate({ input: op.rhs }), rhs: op.lhs }) : noMatch('swapped'),
    );
    const swapping = canonicalize([swap]);
    for (const limit of [0, 1, 2]) {
      const {
        module,
        builder,
        block,
        arguments: [x],
      } = program(1);
      for (let at = 0; at < 2; at++) builder.build(() => use({ values: [subtract({ lhs: x!, rhs: x! }).out] }));
      const indices: number[] = [];
      runPipeline(pipeline('any', stage(swapping), stage(swapping)), module, {
        actionLimit: limit,
        onAction: ({ index }) => indices.push(index),
      });
      expect(indices).toEqual([1, 2].slice(0, limit));
      expect(show(block).match(/negate/g)?.length ?? 0).toBe(limit);
    }
  });
});
