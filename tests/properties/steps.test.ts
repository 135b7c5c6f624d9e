/**
 * What passes tell of themselves: each change is a step, fold or pattern with a name that limits can name, the numbers that
 * passes count are how many there were, and what is held back is not done.
 */
import { describe, expect, test } from 'vitest';
import { tensoropPatterns } from '../../dialects/tensorop/patterns.ts';
import { Context, type Operation, verify } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { allPasses } from '../../lowering/passes.ts';
import {
  type ActionKind,
  ActionLimits,
  type ActionObserver,
  parseActionLimit,
  parsePipeline,
  runPipeline,
} from '../../rewrite/index.ts';
import { Random } from '../../tools/check/random.ts';
import { allDialects } from '../../tools/lists.ts';
import { drawFlowProgram } from './draw-flow-program.ts';

/** The steps of each pass, by the number that counts them; those that are counted together or not at all have no number. */
const steps: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  cse: { 'merge-equal': 'merged', 'erase-dead': 'dead' },
  dce: { 'erase-dead': 'dead' },
  'symbol-dce': { 'erase-unused-symbol': 'symbols' },
  'loop-invariant-code-motion': { hoist: 'hoisted' },
  'control-flow-sink': { sink: 'sunk' },
  'inline{default-pipeline=}': { 'inline-call': 'inlined', 'erase-unused-symbol': undefined },
  'canonicalize{region-simplify=disabled}': { 'erase-dead': 'dead' },
  canonicalize: { 'erase-dead': 'dead', 'erase-unreachable-blocks': undefined, 'drop-dead-values': undefined },
  'canonicalize{region-simplify=aggressive}': {
    'erase-dead': 'dead',
    'erase-unreachable-blocks': undefined,
    'drop-dead-values': undefined,
    'merge-identical-blocks': undefined,
    'drop-redundant-arguments': undefined,
  },
};

const texts = Array.from({ length: 10 }, (_, at) => {
  const random = new Random(67, at);
  const options = {
    ...{ arithmetic: false, regions: true, oddRegions: at % 4 > 0, notes: true },
    ...{ sameTargets: true, memory: at % 2 === 0, oddOperations: at % 4 > 0, oddBranches: at % 3 === 0 },
  };
  return drawFlowProgram(random, options, 10 + random.below(30));
});
const folding = {
  ...{ arithmetic: true, notes: true, sameTargets: true, memory: true, oddOperations: true, oddBranches: true },
};
const read = (text: string): Operation => parseModule(text, new Context(allDialects, { allowUnregistered: true }));

interface Taken {
  readonly kind: ActionKind;
  readonly name: string;
}
interface Ran {
  readonly text: string;
  readonly tried: readonly Taken[];
  /** Those that did something. */
  readonly taken: readonly Taken[];
  readonly counted: ReadonlyMap<string, number>;
}

/** Runs a pass and looks at every action; passes themselves are not told. */
function run(text: string, pipeline: string, observer: ActionObserver = {}): Ran {
  const module = read(text);
  const [tried, taken]: [Taken[], Taken[]] = [[], []];
  const { runs } = runPipeline(parsePipeline(`builtin.module(${pipeline})`, allPasses), module, {
    observer: {
      ...observer,
      begins: ({ kind, name, root }) => {
        if (kind !== 'pass') tried.push({ kind, name });
        expect(root.isErased).toBe(false);
      },
      ends({ kind, name }, { reason, replacedBy = [] }) {
        if (kind !== 'pass' && reason === undefined) taken.push({ kind, name });
        for (const value of replacedBy) expect(value.owner?.isErased ?? false).toBe(false);
      },
    },
  });
  expect(verify(module)).toEqual([]);
  return { text: printOperation(module), tried, taken, counted: runs[0]?.statistics ?? new Map() };
}
/** Lets nothing of a name through. */
function holding(name: string): ActionObserver {
  const limit = parseActionLimit(`step:${name}=1-0`);
  const limits = new ActionLimits(limit ? [limit] : []);
  return { permits: (kind, of) => limits.permits(kind, of) };
}
const count = ({ taken }: Ran, name: string): number => taken.filter((one) => one.name === name).length;

const isCanonical = (pipeline: string): boolean => pipeline.startsWith('canonicalize');

/** What was counted is what was told. */
function mustCount(ran: Ran, pipeline: string, known: Readonly<Record<string, string | undefined>>): void {
  for (const [name, statistic] of Object.entries(known))
    if (statistic !== undefined) expect([name, ran.counted.get(statistic)]).toEqual([name, count(ran, name)]);
  if (!isCanonical(pipeline)) return;
  const some = Object.keys(known).some((name) => name !== 'erase-dead' && count(ran, name) > 0);
  expect((ran.counted.get('simplified') as number) > 0).toBe(some);
}

describe('steps', () => {
  test.each(Object.entries(steps))('%s', (pipeline, known) => {
    const told = new Set<string>();
    const held = new Set<string>();
    for (const text of texts) {
      const free = run(text, pipeline);
      for (const { kind, name } of free.tried) if (kind === 'step') told.add(name);
      mustCount(free, pipeline, known);
      const module = read(text);
      const { runs } = runPipeline(parsePipeline(`builtin.module(${pipeline})`, allPasses), module);
      expect([printOperation(module), runs[0]?.statistics]).toEqual([free.text, free.counted]);
      for (const [name, statistic] of Object.entries(known)) {
        const without = run(text, pipeline, holding(name));
        expect(count(without, name)).toBe(0);
        if (statistic !== undefined) expect(without.counted.get(statistic)).toBe(0);
        if (count(free, name) > 0 && without.text !== free.text) held.add(name);
        if (Object.keys(known).length === 1 && !isCanonical(pipeline))
          expect(without.text).toBe(printOperation(read(text)));
      }
    }
    expect([...told].sort()).toEqual(Object.keys(known).sort());
    expect([...held].sort()).toEqual(Object.keys(known).sort());
    for (const name of told) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});

/** Lets no fold through. */
const unfolded: ActionObserver = { permits: (kind) => kind !== 'fold' };

describe('folds', () => {
  test.each(['sccp', 'canonicalize'])('%s', (pipeline) => {
    let folds = 0;
    for (const [at, text] of texts.entries()) {
      const random = new Random(73, at);
      const options = { ...folding, oddRegions: at % 2 === 0, regions: at % 3 > 0 };
      const drawn = drawFlowProgram(random, options, 10 + random.below(30));
      for (const program of [text, drawn]) {
        const free = run(program, pipeline);
        for (const { kind, name } of free.tried) if (kind === 'fold') expect(name).toMatch(/^[a-z]+\.[a-z_]+$/);
        folds += free.taken.filter(({ kind }) => kind === 'fold').length;
        for (const number of free.counted.values()) expect(number).toBeGreaterThanOrEqual(0);
        const isChanged = free.text !== printOperation(read(program));
        if (pipeline === 'sccp' && isChanged) expect(free.counted.get('replaced')).toBeGreaterThan(0);
        const module = read(program);
        runPipeline(parsePipeline(`builtin.module(${pipeline})`, allPasses), module);
        expect(printOperation(module)).toBe(free.text);
        expect(run(program, pipeline, unfolded).tried.filter(({ kind }) => kind === 'fold')).toEqual([]);
      }
    }
    expect(folds).toBeGreaterThan(5);
  });
});

/** Constants with nothing beside their value, by the operation whose entry they come to, value and type. */
const plain = (module: Operation): readonly (readonly [Operation, string])[] => {
  const found: (readonly [Operation, string])[] = [];
  module.walk((operation) => {
    if (!operation.hasTrait('constant-like') || operation.attribute('note')) return;
    let home = operation.parentOperation;
    while (home?.definition && !home.hasTrait('isolated-from-above')) home = home.parentOperation;
    found.push([home as Operation, `${operation.attribute('value')?.text} ${operation.result(0).type.text}`]);
  });
  return found;
};

describe('constants', () => {
  test('that are equal become one at the start of their function, and each that goes is counted', () => {
    let merged = 0;
    for (const text of texts) {
      const module = read(text);
      const before = plain(module);
      const ran = run(text, 'canonicalize');
      if (ran.taken.some(({ kind }) => kind === 'fold')) continue;
      const kept = new Set(before.map(([home, value]) => `${home.id} ${value}`));
      expect(ran.counted.get('folds')).toBe(before.length - kept.size);
      merged += before.length - kept.size;
      const after = read(ran.text);
      const left = plain(after).map(([home, value]) => `${home.id} ${value}`);
      expect(new Set(left).size).toBe(left.length);
    }
    expect(merged).toBeGreaterThan(20);
  });

  test('with something beside their value stay where they are', () => {
    const noted = (module: Operation): readonly string[] => {
      const found: string[] = [];
      module.walk((operation) => {
        if (operation.attribute('note')) found.push(`${operation.attribute('value')?.text} before ${next(operation)}`);
      });
      return found.sort();
    };
    /** What comes next and is certainly not moved. */
    const next = (operation: Operation): string => {
      let at = operation.next;
      while (at && (at.hasTrait('pure') || at.definition !== undefined) && !at.hasTrait('terminator')) at = at.next;
      return `${at?.name} ${at?.location.kind === 'file' ? at.location.line : ''}`;
    };
    let seen = 0;
    for (const text of texts) {
      const module = read(text);
      const all = noted(module);
      runPipeline(parsePipeline('builtin.module(canonicalize)', allPasses), module);
      for (const one of noted(module)) expect(all).toContain(one);
      seen += noted(module).length;
    }
    expect(seen).toBeGreaterThan(10);
  });
});

test('patterns have names that limits can name', () => {
  const names = tensoropPatterns.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(parseActionLimit(`pattern:${name}=1-2`)).toMatchObject({ kind: 'pattern', name });
  }
});
