/**
 * IR in memory: bytes and speed of building, walking, replacing and greedy rewriting, through the
 * public API, beside a baseline of classes. How to run it and figures seen: bench/README.md.
 */
import type { Block } from '../../ir/block.ts';
import { sameType } from '../../ir/constraint.ts';
import { Context } from '../../ir/context.ts';
import { dialect } from '../../ir/dialect.ts';
import { op, region } from '../../ir/op.ts';
import type { Operation } from '../../ir/operation.ts';
import { i64 } from '../../ir/type.ts';
import { eraseDead } from '../../rewrite/dce.ts';
import { mergeEqual } from '../../rewrite/cse.ts';
import { rewriteGreedily } from '../../rewrite/greedy.ts';
import { pattern, rule } from '../../rewrite/pattern.ts';
import { visitInside } from '../../rewrite/walk-columns.ts';
import { ClassBlock, ClassOperation, classGreedy, type ClassValue } from './classes.ts';

const size = Number(process.argv[2] ?? 1_000_000);
const number = sameType('S', 'i64', (type) => type === i64);
const source = op('bench.source', { summary: 'a number', results: { out: number }, inferTypes: () => [i64] });
const add = op('bench.add', {
  summary: 'a sum',
  operands: { a: number, b: number },
  results: { out: number },
  traits: ['pure'],
});
const double = op('bench.double', {
  summary: 'twice',
  operands: { a: number, b: number },
  results: { out: number },
  traits: ['pure'],
});
const holder = op('bench.holder', {
  summary: 'holds',
  regions: { body: region('all') },
  traits: ['isolated-from-above', 'no-terminator'],
});
const bench = dialect('bench', { source, add, double, holder });
const types = [i64];

const report = (name: string, count: number, seconds: number, bytes?: number): void => {
  const rate = `${(count / seconds / 1e6).toFixed(2)} M/s`.padStart(12);
  console.log(
    `${name.padEnd(44)}${rate}${bytes === undefined ? '' : `${(bytes / count).toFixed(0)} bytes/op`.padStart(16)}`,
  );
};
const collect = (globalThis as { gc?: () => void }).gc ?? (() => {});
const memory = (): number => {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
const now = (): number => performance.now() / 1000;
/** How often each measurement is made; the fastest counts, because other work only slows it down. */
const repeats = Number(process.argv[3] ?? 3);
/** The fewest seconds that `body` takes on what `prepare` gives, starting with a collected heap. */
const timed = <P, T>(prepare: () => P, body: (prepared: P) => T): readonly [number, T] => {
  let best = Number.POSITIVE_INFINITY;
  let result: T | undefined;
  for (let repeat = 0; repeat < repeats; repeat++) {
    result = undefined;
    const prepared = prepare();
    collect();
    const start = now();
    result = body(prepared);
    best = Math.min(best, now() - start);
  }
  return [best, result as T];
};
/** The bytes that stay when `make` has made its result. */
const bytesOf = (make: () => unknown): number => {
  const before = memory();
  const made = make();
  const bytes = memory() - before;
  if (made === undefined) throw new Error('nothing was made');
  return bytes;
};
const nothing = (): void => {};

interface Program {
  readonly context: Context;
  readonly root: Operation;
  readonly block: Block;
}
const empty = (): Program & { readonly first: Operation } => {
  const context = new Context([bench], { expectedOperations: size });
  const root = context.create('bench.holder', [], [], { regions: 1 });
  const block = root.region().addBlock();
  const first = context.create('bench.source', [], types);
  block.append(first);
  return { context, root, block, first };
};
/** A chain in which each operation reads the two before it. */
const build = (name: string, count = size): Program => {
  const { context, root, block, first } = empty();
  let before = first;
  let last = first;
  for (let at = 0; at < count; at++) {
    const made = context.create(name, [before, last], types);
    block.append(made);
    before = last;
    last = made;
  }
  // A reader outside keeps the last result, so that greedy rewriting does not drop the chain as dead.
  context.create('bench.keep', [last], []);
  return { context, root, block };
};
const buildDeclared = (count = size): Program => {
  const { context, root, block, first } = empty();
  let before = first;
  let last = first;
  for (let at = 0; at < count; at++) {
    const made = add({ a: before, b: last }).operation;
    block.append(made);
    before = last;
    last = made;
  }
  return { context, root, block };
};

function columnsBench(): void {
  let [seconds] = timed(nothing, () => build('bench.add'));
  report(
    'build, context.create',
    size,
    seconds,
    bytesOf(() => build('bench.add')),
  );
  [seconds] = timed(nothing, () => buildDeclared());
  report(
    'build, declared operation',
    size,
    seconds,
    bytesOf(() => buildDeclared()),
  );

  const program = build('bench.add');
  const { columns } = program.context;
  let seen = 0;
  [seconds, seen] = timed(nothing, () => {
    let operands = 0;
    for (let operation = program.block.first; operation; operation = operation.next) operands += operation.operandCount;
    return operands;
  });
  if (seen !== 2 * size) throw new Error(`saw ${seen} operands`);
  report('traverse, handles', size, seconds);
  [seconds, seen] = timed(nothing, () => {
    let operands = 0;
    visitInside(columns, program.root.id, (id) => (operands += columns.opOperandCount[id] as number));
    return operands;
  });
  if (seen !== 2 * size) throw new Error(`saw ${seen} operands`);
  report('traverse, columns', size, seconds);

  [seconds] = timed(
    () => build('bench.add'),
    ({ context, block }) => {
      for (let operation = block.first?.next; operation; ) {
        const { next } = operation;
        const made = context.create('bench.double', [operation.operand(0), operation.operand(1)], types);
        made.moveBefore(operation);
        operation.result().replaceAllUsesWith(made.result());
        operation.erase();
        operation = next;
      }
    },
  );
  report('replace and erase, handles', size, seconds);
}

function greedyBench(): void {
  const toDouble = pattern('to-double', add, ({ operation }) =>
    operation.context.create('bench.double', [operation.operand(0), operation.operand(1)], types),
  );
  const declared = rule('to-double-declared', {
    match: add.of({ a: 'x', b: 'y' }),
    build: ({ x, y }) => double({ a: x, b: y }),
  });
  const forward = pattern('forward', add, (view) => view.a);
  for (const [name, one] of [
    ['greedy, one result stands for another', forward],
    ['greedy, context.create', toDouble],
    ['greedy, rule and declared operation', declared],
  ] as const) {
    const [seconds, { rewrites }] = timed(
      () => build('bench.add').root,
      (root) => rewriteGreedily(root, [one], { fold: false, maxIterations: 1 }),
    );
    if (rewrites !== size) throw new Error(`${rewrites} rewrites`);
    report(name, rewrites, seconds);
  }
  let [seconds, done] = timed(
    () => build('bench.add').root,
    (root) => mergeEqual(root).merged,
  );
  report(`cse, nothing equal`, size, seconds);
  [seconds, done] = timed(() => buildDeclared().root, eraseDead);
  if (done !== size) throw new Error(`${done} dead operations`);
  report('dce, all dead', done, seconds);
}

/** The same chain in the baseline. */
function buildClasses(): ClassBlock {
  const block = new ClassBlock();
  const first = new ClassOperation('bench.source', [], ['i64']);
  block.insert(first, undefined);
  let before = first;
  let last = first;
  for (let at = 0; at < size; at++) {
    const made = new ClassOperation(
      'bench.add',
      [before.results[0] as ClassValue, last.results[0] as ClassValue],
      ['i64'],
    );
    block.insert(made, undefined);
    before = last;
    last = made;
  }
  return block;
}

function classesBench(): void {
  let [seconds] = timed(nothing, buildClasses);
  report('classes: build', size, seconds, bytesOf(buildClasses));
  let rewrites = 0;
  [seconds, rewrites] = timed(buildClasses, (block) => {
    let operands = 0;
    for (let operation = block.first; operation; operation = operation.next) operands += operation.operands.length;
    return operands;
  });
  if (rewrites !== 2 * size) throw new Error(`saw ${rewrites} operands`);
  report('classes: traverse', size, seconds);
  const patterns = new Map([
    [
      'bench.add',
      (operation: ClassOperation) =>
        new ClassOperation(
          'bench.double',
          operation.operands.map((use) => use.value),
          ['i64'],
        ),
    ],
  ]);
  [seconds, rewrites] = timed(buildClasses, (block) => classGreedy(block, patterns));
  if (rewrites !== size) throw new Error(`${rewrites} rewrites`);
  report('classes: greedy', size, seconds);
}

console.log(`${size} operations, two operands and one result each; Node ${process.version}; fastest of ${repeats}`);
columnsBench();
greedyBench();
classesBench();
