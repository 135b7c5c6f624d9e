/** Columns behind handles: identity, use lists, erasing, and that random edits keep every list whole. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Builder, clone, Context, f32, type Operation, Value, verify } from '../../../ir/index.ts';

const fresh = () => {
  const context = new Context([], { allowUnregistered: true });
  const module = context.create('builtin.module', [], [], { regions: 1 });
  return { context, module, block: module.region().addBlock() };
};

describe('handles', () => {
  test('the same operation, value, block and region are the same handle', () => {
    const { context, block, module } = fresh();
    const a = context.create('x.a', [], [f32, f32]);
    block.append(a);
    expect(block.first).toBe(a);
    expect(a.result(1)).toBe(a.results[1]);
    expect(a.result().owner).toBe(a);
    expect(module.region().entry).toBe(block);
    expect(block.parent).toBe(module.region());
  });

  test('an erased handle knows it, and its id may be given out again', () => {
    const { context, block } = fresh();
    const a = context.create('x.a', [], [f32]);
    block.append(a);
    const value = a.result();
    a.erase();
    expect(a.isErased).toBe(true);
    expect(value.id).toBe(-1);
    const b = context.create('x.b', [], [f32]);
    expect(b).not.toBe(a);
    expect(b.name).toBe('x.b');
  });

  test('an operation whose results are read is not erased', () => {
    const { context, block } = fresh();
    const a = context.create('x.a', [], [f32]);
    const b = context.create('x.b', [a], []);
    block.append(a);
    block.append(b);
    expect(() => a.erase()).toThrow("'x.a' is erased while its results have uses; replace them before");
    b.erase();
    a.erase();
    expect(block.isEmpty).toBe(true);
  });

  test('erasing takes everything inside along, whatever reads what', () => {
    const { context, block } = fresh();
    const outer = context.create('x.outer', [], [], { regions: 1 });
    block.append(outer);
    const inside = outer.region().addBlock([f32]);
    const a = context.create('x.a', [inside.argument(0)], [f32]);
    const b = context.create('x.b', [a, a], []);
    inside.append(a);
    inside.append(b);
    outer.erase();
    expect([a.isErased, b.isErased, inside.id, block.isEmpty]).toEqual([true, true, -1, true]);
  });
});

describe('use lists', () => {
  test('know every reader, and follow replacements', () => {
    const { context, block } = fresh();
    const [a, b] = [context.create('x.a', [], [f32]), context.create('x.b', [], [f32])];
    const reader = context.create('x.c', [a, b, a], []);
    for (const op of [a, b, reader]) block.append(op);
    expect(a.result().uses.map(({ owner, index }) => [owner.name, index])).toEqual([
      ['x.c', 2],
      ['x.c', 0],
    ]);
    expect(b.result().hasOneUse).toBe(true);
    a.result().replaceAllUsesWith(b.result());
    expect(a.isUnused).toBe(true);
    expect(reader.operands.every((value) => value === b.result())).toBe(true);
    reader.setOperands([a.result()]);
    expect([reader.operandCount, b.isUnused, a.result().users]).toEqual([1, true, [reader]]);
  });

  test('stay whole under random edits', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(), fc.nat()), { maxLength: 60 }), (edits) => {
        const { context, block } = fresh();
        const all: Operation[] = [context.create('x.first', [], [f32])];
        block.append(all[0] as Operation);
        for (const [kind, p, q] of edits) {
          const [a, b] = [all[p % all.length] as Operation, all[q % all.length] as Operation];
          if (kind <= 1) {
            const made = context.create('x.op', [a, b], [f32]);
            block.append(made);
            all.push(made);
          } else if (kind === 2 && a !== b) a.result().replaceAllUsesWith(b.result());
          else if (kind === 3 && a.isUnused && all.length > 1) {
            a.erase();
            all.splice(all.indexOf(a), 1);
          } else if (kind === 4 && a.operandCount > 0) a.setOperand(q % a.operandCount, b.result());
          else if (kind === 5) a.moveBefore(b);
        }
        expect(new Set(block.operations)).toEqual(new Set(all));
        const readers = new Map<Value, number>();
        for (const op of all) for (const value of op.operands) readers.set(value, (readers.get(value) ?? 0) + 1);
        for (const op of all) {
          expect(op.result().uses.length).toBe(readers.get(op.result()) ?? 0);
          for (const { owner, index } of op.result().uses) expect(owner.operand(index)).toBe(op.result());
        }
        for (let op = block.first; op?.next; op = op.next) expect(op.isBefore(op.next)).toBe(true);
      }),
    );
  });
});

describe('building', () => {
  test('inserting brings along the detached operations that operands come from', () => {
    const { context, block } = fresh();
    const a = context.create('x.a', [], [f32]);
    const b = context.create('x.b', [a], [f32]);
    Builder.atEnd(block).insert(context.create('x.c', [b, a], []));
    expect(block.operations.map((op) => op.name)).toEqual(['x.a', 'x.b', 'x.c']);
  });

  test('a copy has operations of its own, also in another context', () => {
    const { context, module, block } = fresh();
    const a = context.create('x.a', [], [f32], { regions: 1 });
    const inside = a.region().addBlock([f32]);
    inside.append(context.create('x.inner', [inside.argument(0)], []));
    block.append(a);
    block.append(context.create('x.b', [a], []));
    for (const target of [context, new Context([], { allowUnregistered: true })]) {
      const copy = clone(module, undefined, target);
      const [first, second] = copy.region().entry?.operations ?? [];
      expect(copy.context).toBe(target);
      expect(first).not.toBe(a);
      expect(second?.operand(0)).toBe(first?.result());
      expect(first?.region().entry?.first?.operand(0)).toBe(first?.region().entry?.argument(0));
      expect(verify(copy)).toEqual([]);
    }
    expect(Value).toBeDefined();
  });
});
