/**
 * Passes leave nothing of what they are there for. What that is is looked for here as plainly as can be: pairs of equal
 * operations, operations that nobody needs, what a loop computes anew, blocks that nothing reaches.
 */
import { describe, expect, test } from 'vitest';
import {
  type Block,
  branch,
  Context,
  Dominance,
  hasNoEffects,
  isSpeculatable,
  loopRegions,
  type Operation,
  type Region,
  regionBranch,
  symbolName,
  type Value,
  visitSymbolReferences,
} from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { allPasses } from '../../lowering/passes.ts';
import { parsePipeline, type RunReport, runPipeline } from '../../rewrite/index.ts';
import { Random } from '../../tools/check/random.ts';
import { randomScalarProgram } from '../../tools/check/scalar-program.ts';
import { allDialects } from '../../tools/lists.ts';

const operationsIn = (module: Operation): readonly Operation[] => {
  const found: Operation[] = [];
  module.walk((operation) => {
    found.push(operation);
  });
  return found;
};
const isFree = (operation: Operation): boolean =>
  hasNoEffects(operation) && !operation.hasTrait('terminator') && !operation.hasTrait('symbol');

/** The program with some operations twice: what read one of the two reads either. */
function doubled(module: Operation, random: Random): void {
  for (const operation of operationsIn(module)) {
    if (operation.hasRegions || !isFree(operation) || !random.once(3)) continue;
    const operands = operation.operands;
    const swapped = operands.length === 2 && operation.hasTrait('commutative') && random.once(2);
    const again = module.context.create(
      operation.name,
      swapped ? operands.toReversed() : operands,
      operation.results.map(({ type }) => type),
      { attributes: operation.attributes, location: operation.location },
    );
    if (operation.next) again.moveBefore(operation.next);
    else operation.parent?.append(again);
    for (const [at, result] of operation.results.entries())
      for (const { owner, index } of [...result.uses])
        if (owner !== again && random.once(2)) owner.setOperand(index, again.result(at));
  }
}

/** A program before and after passes, with what they counted. */
interface Ran {
  readonly before: Operation;
  readonly after: Operation;
  readonly report: RunReport;
}

function each(pipeline: string, count: number, check: (ran: Ran) => void): void {
  for (let number = 0; number < count; number++) {
    const random = new Random(23, number);
    const text = randomScalarProgram(random, 5 + random.below(40));
    const drawn = parseModule(text, new Context(allDialects));
    doubled(drawn, random);
    const before = parseModule(printOperation(drawn), new Context(allDialects));
    const after = parseModule(printOperation(drawn), new Context(allDialects));
    const report = runPipeline(parsePipeline(`builtin.module(${pipeline})`, allPasses), after);
    try {
      check({ before, after, report });
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${printOperation(after)}`, { cause: error });
    }
  }
}
const counted = ({ runs }: RunReport, name: string): number =>
  runs.reduce((sum, { statistics }) => sum + (statistics.get(name) ?? 0), 0);
const sizeOf = (module: Operation): number => operationsIn(module).length;

/** What goes with the operation around it is not counted. */
function mustCount(before: Operation, after: Operation, count: number): void {
  const gone = sizeOf(before) - sizeOf(after);
  const isFlat = operationsIn(before).every(
    ({ hasRegions, name }) => !hasRegions || name === 'func.func' || name === 'builtin.module',
  );
  if (isFlat) expect(count).toBe(gone);
  else expect([count <= gone, count > 0]).toEqual([true, gone > 0]);
}

/** Equal operations of which the first is known at the second. */
function equalPairs(module: Operation): readonly string[] {
  const dominance = new Dominance();
  const numbers = new Map<Value, number>();
  const numberOf = (value: Value): number => {
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return known;
  };
  const seen = new Map<string, Operation[]>();
  const pairs: string[] = [];
  const home = (operation: Operation): Operation | undefined => {
    let at = operation.parentOperation;
    while (at && !at.hasTrait('isolated-from-above')) at = at.parentOperation;
    return at;
  };
  // Where control never comes, nothing is known before anything.
  const lost = unreachableBlocks(module).flatMap(({ operations }) => [...operations].flatMap(operationsIn));
  for (const operation of operationsIn(module)) {
    if (operation.hasRegions || !isFree(operation) || operation.results.length === 0) continue;
    if (lost.includes(operation)) continue;
    const operands = operation.operands.map(numberOf);
    if (operation.hasTrait('commutative')) operands.sort((a, b) => a - b);
    const attributes = operation.attributes.map(({ name, value }) => `${name}=${value.text}`);
    const key = [operation.name, operands, attributes, operation.results.map(({ type }) => type.text)].join('|');
    for (const other of seen.get(key) ?? [])
      if (home(other) === home(operation) && dominance.dominates(other.result(0), operation)) pairs.push(key);
    seen.set(key, [...(seen.get(key) ?? []), operation]);
  }
  return pairs;
}
const deadOperations = (module: Operation): readonly string[] =>
  operationsIn(module)
    .filter((operation) => isFree(operation) && operation.parent && operation.isUnused)
    .map(({ name }) => name);

const regionsIn = (module: Operation): readonly Region[] => operationsIn(module).flatMap(({ regions }) => regions);
function unreachableBlocks(module: Operation): readonly Block[] {
  return regionsIn(module).flatMap((region) => {
    const reached = new Set<Block>();
    const pending = region.entry ? [region.entry] : [];
    for (let block = pending.pop(); block; block = pending.pop()) {
      if (reached.has(block)) continue;
      reached.add(block);
      pending.push(...(block.last?.successors ?? []));
    }
    return region.blocks.filter((block) => !reached.has(block));
  });
}
/** Arguments of later blocks that nobody reads; what their predecessors pass could be left out. */
const unreadArguments = (module: Operation): readonly Value[] =>
  regionsIn(module).flatMap(({ blocks, entry }) =>
    blocks.flatMap((block) => (block === entry ? [] : block.arguments.filter(({ isUnused }) => isUnused))),
  );

const inside = (value: Value, region: Region): boolean => {
  const home = value.parentBlock?.parent;
  return home !== undefined && region.isAncestorOf(home);
};
const invariants = (module: Operation): readonly string[] =>
  operationsIn(module).flatMap((loop) =>
    (loop.interface(loopRegions)?.(loop) ?? []).flatMap((region) =>
      region.blocks
        .flatMap(({ operations }) => [...operations])
        .filter((operation) => isFree(operation) && !operation.hasRegions && isSpeculatable(operation))
        .filter(({ operands }) => !operands.some((value) => inside(value, region)))
        .map(({ name }) => name),
    ),
  );
/** What stands before a region that runs once at most, and is read there alone. */
const sinkable = (module: Operation): readonly string[] =>
  operationsIn(module)
    .filter((operation) => isFree(operation) && operation.results.some(({ isUnused }) => !isUnused))
    .filter((operation) => {
      const users = operation.results.flatMap((result) => result.users);
      return operationsIn(module).some((holder) => {
        const flow = holder.interface(regionBranch);
        return holder.regions.some(
          (region, at) =>
            flow?.runsAtMostOnce?.(holder, at) &&
            !(operation.parent?.parent && region.isAncestorOf(operation.parent.parent)) &&
            users.every((user) => user.parent?.parent && region.isAncestorOf(user.parent.parent)) &&
            // As upstream, the pass looks at what stands in the region itself.
            users.some((user) => user.parent?.parent === region),
        );
      });
    })
    .map(({ name }) => name);

describe('nothing is left by', () => {
  test('cse', () => {
    let merged = 0;
    each('cse', 150, ({ before, after, report }) => {
      expect(equalPairs(after)).toEqual([]);
      mustCount(before, after, counted(report, 'merged') + counted(report, 'dead'));
      merged += counted(report, 'merged');
    });
    expect(merged).toBeGreaterThan(300);
  });

  test('cse, of thousands of operations', () => {
    // Three thousand that differ, and each of them again.
    const lines = Array.from({ length: 6000 }, (_, at) => {
      const like = at % 3000;
      return `%${at + 1} = arith.addi %${like}, %${like >> 1} : i32`;
    });
    const text = `func.func @f(%0: i32) -> i32 {\n${lines.join('\n')}\nreturn %${lines.length} : i32\n}`;
    const module = parseModule(text, new Context(allDialects));
    runPipeline(parsePipeline('builtin.module(cse)', allPasses), module);
    expect(equalPairs(module)).toEqual([]);
    expect(deadOperations(module)).toEqual([]);
  });

  test('dce', () => {
    let dead = 0;
    each('dce', 150, ({ before, after, report }) => {
      expect(deadOperations(after)).toEqual([]);
      mustCount(before, after, counted(report, 'dead'));
      dead += counted(report, 'dead');
    });
    expect(dead).toBeGreaterThan(100);
  });

  test.each(['canonicalize', 'canonicalize{region-simplify=aggressive}', 'canonicalize{top-down=false}'])(
    '%s',
    (pipeline) => {
      each(pipeline, 100, ({ after }) => {
        expect(deadOperations(after)).toEqual([]);
        expect(unreachableBlocks(after)).toEqual([]);
        expect(unreadArguments(after)).toEqual([]);
        // Constants stand once, at the start of the function that reads them.
        const constants = operationsIn(after).filter((operation) => operation.hasTrait('constant-like'));
        for (const constant of constants) expect(constant.parentOperation?.hasTrait('isolated-from-above')).toBe(true);
        const again = printOperation(after);
        const { runs } = runPipeline(parsePipeline(`builtin.module(${pipeline})`, allPasses), after);
        expect(runs.map(({ changed, statistics }) => [changed, [...statistics]])).toEqual([[false, expect.anything()]]);
        expect(printOperation(after)).toBe(again);
      });
    },
  );

  test('sccp and canonicalize', () => {
    each('sccp,canonicalize', 100, ({ after }) => {
      const computing = (): readonly string[] =>
        operationsIn(after).flatMap((operation) => (operation.hasTrait('constant-like') ? [] : [operation.name]));
      const once = computing();
      runPipeline(parsePipeline('builtin.module(sccp)', allPasses), after);
      expect(computing()).toEqual(once);
    });
  });

  test('loop-invariant-code-motion', () => {
    let hoisted = 0;
    each('loop-invariant-code-motion', 150, ({ before, after, report }) => {
      expect(invariants(after)).toEqual([]);
      expect(sizeOf(after)).toBe(sizeOf(before));
      hoisted += counted(report, 'hoisted');
    });
    expect(hoisted).toBeGreaterThan(50);
  });

  test('control-flow-sink', () => {
    let sunk = 0;
    each('control-flow-sink', 150, ({ before, after, report }) => {
      expect(sinkable(after)).toEqual([]);
      expect(sizeOf(after)).toBe(sizeOf(before));
      sunk += counted(report, 'sunk');
    });
    expect(sunk).toBeGreaterThan(50);
  });

  test('symbol-dce', () => {
    each('symbol-privatize{exclude=f0},symbol-dce', 100, ({ after }) => {
      const named = new Set<string>();
      for (const operation of operationsIn(after))
        for (const { value } of operation.attributes) visitSymbolReferences(value, ({ root }) => named.add(root));
      const symbols = operationsIn(after).flatMap((operation) => symbolName(operation) ?? []);
      expect(symbols.filter((name) => name !== 'f0' && !named.has(name))).toEqual([]);
    });
  });

  test('inline', () => {
    let inlined = 0;
    each('inline', 100, ({ after, report }) => {
      inlined += counted(report, 'inlined');
      // Functions do not call themselves here, so every call of one that may stand anywhere is gone.
      const calls = operationsIn(after).filter(({ name }) => name === 'func.call');
      for (const call of calls)
        expect(call.parentOperation?.interface(branch) ?? call.parentOperation?.name).not.toBe('func.func');
    });
    expect(inlined).toBeGreaterThan(30);
  });
});
