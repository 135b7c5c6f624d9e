/**
 * Blocks after region simplification at its highest level: none says what another says, no argument is the same on all ways,
 * and every walk through them does what it did. Values are numbers made of what computes them, so that any program can be walked.
 */
import { describe, expect, test } from 'vitest';
import { type Block, branch, Context, Dominance, type Operation, type Value } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { allPasses } from '../../lowering/passes.ts';
import { type ActionObserver, parsePipeline, type Pipeline, runPipeline } from '../../rewrite/index.ts';
import { Random } from '../../tools/check/random.ts';
import { allDialects } from '../../tools/lists.ts';
import { drawFlowProgram } from './draw-flow-program.ts';

const read = (text: string): Operation => parseModule(text, new Context(allDialects, { allowUnregistered: true }));
const highest = 'canonicalize{region-simplify=aggressive}';
/** On modules, and on each function by itself. */
const pipelines = [highest, `func.func(${highest})`].map((text) => parsePipeline(`builtin.module(${text})`, allPasses));
const pipelineOf = (at: number): Pipeline => pipelines[at % 3 === 0 ? 1 : 0] as Pipeline;
const options = {
  ...{ arithmetic: false, regions: false, oddRegions: false, notes: false },
  ...{ memory: true, oddOperations: true, oddBranches: false },
};
const texts = Array.from({ length: 70 }, (_, at) => {
  const random = new Random(71, at);
  return drawFlowProgram(random, { ...options, sameTargets: at % 2 === 0 }, 10 + random.below(20));
});

const functionsIn = (module: Operation): readonly Operation[] => {
  const found: Operation[] = [];
  module.walk((operation) => {
    if (operation.name === 'func.func') found.push(operation);
  });
  return found;
};
const blocksIn = (module: Operation): readonly Block[] =>
  functionsIn(module).flatMap((operation) => [...operation.region().blocks].filter((block) => !block.isEntry));

function hash(...parts: readonly (string | number)[]): number {
  let sum = 7;
  for (const letter of parts.join('|')) sum = Math.imul(sum ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return (sum ^ (sum >>> 15)) >>> 0;
}

/** What an operation is beside its operands; how many operands go to which block is seen where they go. */
const said = (operation: Operation): string =>
  [
    operation.name,
    ...operation.attributes
      .filter(({ name }) => !/egment/.test(name))
      .map(({ name, value }) => `${name}=${value.text}`),
  ].join();

/** What a walk through a function does to memory and to what is not known, in order. */
function walked(start: Block | undefined): readonly number[] {
  const values = new Map<Value, number>();
  const valueOf = (value: Value): number => values.get(value) ?? -1;
  const events: number[] = [];
  for (const [at, argument] of (start?.arguments ?? []).entries()) values.set(argument, at);
  let block = start;
  for (let turn = 0; block && turn < 30; turn++) {
    for (const operation of block.operations) {
      const passing = operation.interface(branch);
      if (passing) {
        const [flag] = operation.operands;
        const to =
          operation.successors.length === 1 || !flag ? 0 : hash(valueOf(flag), turn) % operation.successors.length;
        const given = passing.operandsOf(operation, to).map(valueOf);
        block = operation.successors[to] as Block;
        for (const [at, argument] of block.arguments.entries()) values.set(argument, given[at] as number);
        events.push(hash(said(operation), to));
        break;
      }
      const own = hash(
        said(operation),
        ...operation.operands.map(valueOf),
        operation.hasTrait('pure') ? 0 : events.length,
      );
      for (const [at, result] of operation.results.entries()) values.set(result, hash(own, at));
      if (!operation.hasTrait('pure') && !/load|alloc/.test(operation.name)) events.push(own);
      if (operation.hasTrait('terminator')) return events;
    }
  }
  return events;
}

/** What a block says, whatever its values are called. */
function content(block: Block): string {
  const own = new Map<Value, string>();
  for (const [at, argument] of block.arguments.entries()) own.set(argument, `a${at}`);
  const lines = block.operations.map((operation, line) => {
    const operands = operation.operands.map((value) => own.get(value) ?? `v${value.id}`);
    for (const [at, result] of operation.results.entries()) own.set(result, `r${line}.${at}`);
    const attributes = operation.attributes.map(({ name, value }) => `${name}=${value.text}`);
    const results = operation.results.map(({ type }) => type.text);
    return [operation.name, operands, attributes, results, operation.successors.map(({ id }) => id)].join(';');
  });
  return [block.arguments.map(({ type }) => type.text), ...lines].join('\n');
}
const isReadOutside = (block: Block): boolean =>
  [...block.arguments, ...block.operations.flatMap(({ results }) => results)].some((value) =>
    value.users.some((user) => user.parent !== block),
  );

/** The value that an argument has on all ways to its block, where there is one that is known there. */
function same(argument: Value, dominance: Dominance): Value | undefined {
  const block = argument.parentBlock as Block;
  const sources = new Set<Value>();
  for (const from of block.predecessors)
    for (const [at, to] of from.successors.entries()) {
      const value = from.last?.interface(branch)?.operandsOf(from.last, at)[argument.index];
      if (to === block && value && value !== argument) sources.add(value);
    }
  const [only] = sources;
  return sources.size === 1 && only && block.first && dominance.dominates(only, block.first) ? only : undefined;
}

describe('blocks', () => {
  test('do what they did on every walk', () => {
    let merged = 0;
    for (const [at, text] of texts.entries()) {
      const before = read(text);
      const after = read(text);
      let folds = 0;
      const ends: ActionObserver['ends'] = ({ kind }, { reason }) => {
        if (kind === 'fold' && reason === undefined) folds++;
      };
      const { runs } = runPipeline(pipelineOf(at), after, { observer: { ends } });
      // What is folded has another number.
      if (folds > 0) continue;
      for (const { statistics } of runs) merged += statistics.get('simplified') ?? 0;
      const walks = (module: Operation): unknown => functionsIn(module).map((one) => walked(one.region().entry));
      expect(walks(after), `${text}\n${printOperation(after)}`).toEqual(walks(before));
    }
    expect(merged).toBeGreaterThan(100);
  });

  test('do not say the same, nor take the same on every way', () => {
    for (const [at, text] of texts.entries()) {
      const module = read(text);
      runPipeline(pipelineOf(at), module);
      const dominance = new Dominance();
      const found = new Map<string, Block>();
      for (const block of blocksIn(module)) {
        for (const argument of block.arguments) expect(same(argument, dominance), text).toBeUndefined();
        const key = content(block);
        const other = found.get(key);
        found.set(key, block);
        const isMet = other !== undefined && !isReadOutside(block) && !isReadOutside(other);
        expect(isMet, `${text}\n${printOperation(module)}`).toBe(false);
      }
    }
  });
});
