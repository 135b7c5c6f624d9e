/** How branches are drawn: forward, and backward by a register of flags that runs empty. */
import {
  type Block,
  denseArrayAttribute,
  denseAttribute,
  type DialectGeneration,
  type GenerationPlace,
  i1,
  i32,
  isConstantWhere,
  type Operation,
  type OpView,
  type Type,
  type Value,
  vectorType,
} from '../../ir/index.ts';
import { cf } from './index.ts';

const { ops } = cf;
const values = (place: GenerationPlace, types: readonly Type[]): readonly Value[] =>
  types.map((type) => place.value(type));

/** A new block of the region around. */
function newBlock({ block }: GenerationPlace, types: readonly Type[] = []): Block {
  const { parent } = block;
  if (!parent) throw new RangeError('a block that is filled stands in a region');
  return parent.addBlock(types);
}
/** Blocks that were made early go behind those that were made for what is in front of them. */
const moveToEnd = (block: Block): void => block.parent?.append(block);

/** Fills a block, which then goes on to another. */
function fillThenGo(place: GenerationPlace, block: Block, to: Block, types: readonly Type[]): void {
  moveToEnd(block);
  place.fill(block, () => {
    const passed = values(place, types);
    place.build(() => ops.br({ destOperands: passed, successors: [to] }));
  });
}

/** Goes on in a block behind all others. */
function goOnIn(place: GenerationPlace, block: Block): void {
  moveToEnd(block);
  place.continueIn(block);
}

function jump(place: GenerationPlace): OpView | undefined {
  if (!place.mayBranch) return undefined;
  const types = place.types(2);
  const next = newBlock(place, types);
  const passed = values(place, types);
  const made = place.build(() => ops.br({ destOperands: passed, successors: [next] }));
  place.continueIn(next);
  return made;
}

/** One block or two that meet again. */
function choice(place: GenerationPlace): OpView | undefined {
  if (!place.mayBranch) return undefined;
  if (place.int(0, 3) === 3) return loop(place);
  const types = place.types(2);
  const inner = place.types(1);
  const condition = place.value(i1);
  const first = newBlock(place, inner);
  const second = place.flag() ? newBlock(place) : undefined;
  const after = newBlock(place, types);
  const trueDestOperands = values(place, inner);
  const falseDestOperands = second ? [] : values(place, types);
  const made = place.build(() =>
    ops.condBr({ condition, trueDestOperands, falseDestOperands, successors: [first, second ?? after] }),
  );
  fillThenGo(place, first, after, types);
  if (second) fillThenGo(place, second, after, types);
  goOnIn(place, after);
  return made;
}

const mostTurns = 3;

/**
 * A loop: its head takes flags, goes on while the first is set, and each turn moves them up by one and sets the last
 * to false. So it ends after as many turns as there are flags.
 */
function loop(place: GenerationPlace): OpView {
  const carried = place.types(2);
  const flags = Array.from({ length: place.int(1, mostTurns) }, () => i1);
  const types = [...flags, ...carried];
  const head = newBlock(place, types);
  const body = newBlock(place);
  const after = newBlock(place);
  const initial = values(place, types);
  place.build(() => ops.br({ destOperands: initial, successors: [head] }));
  place.continueIn(head);
  const [first, ...rest] = head.arguments.slice(0, flags.length) as [Value, ...Value[]];
  const made = place.build(() =>
    ops.condBr({ condition: first, trueDestOperands: [], falseDestOperands: [], successors: [body, after] }),
  );
  moveToEnd(body);
  place.fill(body, () => {
    const passed = [...rest, place.constant(i1, 0), ...values(place, carried)];
    place.build(() => ops.br({ destOperands: passed, successors: [head] }));
  });
  goOnIn(place, after);
  return made;
}

function switchTo(place: GenerationPlace): OpView | undefined {
  if (!place.mayBranch) return undefined;
  const types = place.types(2);
  const flag = place.value(i32);
  const cases = [...new Set([place.int(0, 3), place.int(4, 9)])].slice(0, place.int(1, 2));
  const blocks = cases.map(() => newBlock(place));
  const after = newBlock(place, types);
  const defaultOperands = values(place, types);
  const bytes = new Uint8Array(new Int32Array(cases).buffer);
  const made = place.build(() =>
    ops.switch({
      flag,
      defaultOperands,
      caseOperands: [],
      case_values: denseAttribute(vectorType([cases.length], i32), bytes),
      case_operand_segments: denseArrayAttribute(
        cases.map(() => 0),
        i32,
      ),
      successors: [after, ...blocks],
    }),
  );
  for (const block of blocks) fillThenGo(place, block, after, types);
  goOnIn(place, after);
  return made;
}

/** A branch goes to a later block, or back to a head whose flags it moves up; see `loop`. */
function comesToAnEnd(operation: Operation): boolean {
  const { parent } = operation;
  const blocks = parent?.parent?.blocks ?? [];
  const at = parent ? blocks.indexOf(parent) : -1;
  return operation.successors.every((to) => blocks.indexOf(to) > at || movesFlagsUp(operation, to));
}

function movesFlagsUp(operation: Operation, head: Block): boolean {
  const { last } = head;
  if (!operation.is(ops.br) || !last?.is(ops.condBr)) return false;
  const condition = last.operand(0);
  const start = head.arguments.indexOf(condition);
  const leaves = last.successors[1];
  if (start < 0 || leaves === undefined || leaves === head) return false;
  for (let at = start; at < operation.operandCount; at++) {
    const passed = operation.operand(at);
    if (isConstantWhere(passed, (number) => number === 0n)) return true;
    if (passed !== head.arguments[at + 1]) return false;
  }
  return false;
}

/** The generation of branches. */
export const cfGeneration: DialectGeneration = {
  dialect: cf,
  generators: {
    'cf.br': jump,
    'cf.cond_br': choice,
    'cf.switch': switchTo,
    'cf.assert': (place) => {
      const arg = place.constant(i1, 1);
      return place.build(() => ops.assert({ arg, msg: 'holds' }));
    },
  },
  defined: {
    'cf.br': comesToAnEnd,
    'cf.cond_br': comesToAnEnd,
    'cf.switch': comesToAnEnd,
    'cf.assert': (operation) => isConstantWhere(operation.operand(0), (number) => number !== 0n),
  },
};
