import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Attribute,
  arrayAttribute,
  boolAttribute,
  complexType,
  Context,
  denseArrayAttribute,
  denseAttribute,
  DiagnosticError,
  dialectAttribute,
  dialectType,
  dictionaryAttribute,
  dynamic,
  f16,
  f32,
  f64,
  bf16,
  floatAttribute,
  functionType,
  i1,
  i32,
  i64,
  i8,
  index,
  integerAttribute,
  integerType,
  memrefType,
  type Operation,
  stridedAttribute,
  stringAttribute,
  symbolAttribute,
  tensorType,
  tupleType,
  type Type,
  typeAttribute,
  unitAttribute,
  type Value,
  vectorType,
} from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';

const fresh = (): Context => new Context([], { allowUnregistered: true });

const word = fc.stringMatching(/^[a-z_][a-z0-9_$]{0,6}$/);
const name = fc.oneof(
  word,
  fc.tuple(word, word).map(([a, b]) => `${a}.${b}`),
  fc.string({ minLength: 1, maxLength: 5 }),
);
const scalar: fc.Arbitrary<Type> = fc.constantFrom<Type>(
  i1,
  i8,
  i32,
  i64,
  index,
  f16,
  bf16,
  f32,
  f64,
  integerType(7, 'signed'),
  integerType(16, 'unsigned'),
);
const extents = fc.array(fc.constantFrom(1, 2, 3, dynamic), { maxLength: 3 });
/** At most two of a kind. */
const shortList = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(of, { maxLength: 2 });
const type: fc.Arbitrary<Type> = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 2 },
    scalar,
    fc.tuple(extents, scalar).map(([shape, element]) => tensorType(shape, element)),
    fc.tuple(extents, scalar).map(([shape, element]) => memrefType(shape, element)),
    fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.boolean(), scalar)
      .map(([n, scalable, element]) => vectorType([n], element, [scalable])),
    fc.constantFrom<Type>(
      dialectType('d', '.t'),
      dialectType('d', '.t<(a) -> "b>">'),
      complexType(f32),
      tensorType([2], f32, dialectAttribute('d', '.layout<a>')),
      memrefType([4, 4], f32, stridedAttribute([dynamic, 1], dynamic), stringAttribute('nram')),
    ),
    shortList(tie('type')).map((types) => tupleType(types)),
    fc.tuple(shortList(tie('type')), shortList(tie('type'))).map(([a, b]) => functionType(a, b)),
  ),
})).type;

const dense = fc
  .tuple(
    fc.constantFrom<Type>(i1, i8, i32, i64, index, f16, bf16, f32, f64),
    fc.array(fc.constantFrom(0, 1, 2, 3, 12), { minLength: 1, maxLength: 3 }),
    fc.nat(),
  )
  .map(([element, shape, seed]) => {
    const size =
      element === i1 || element === i8
        ? 1
        : element === f16 || element === bf16
          ? 2
          : element === i32 || element === f32
            ? 4
            : 8;
    const count = shape.reduce<number>((a, b) => a * b, 1);
    const byte = (at: number): number => Math.imul(seed + at, 0x9e3779b1) >>> 24;
    const bytes = Uint8Array.from({ length: count * size }, (_, at) => (element === i1 ? byte(at) & 1 : byte(at)));
    return denseAttribute(tensorType(shape, element), bytes);
  });
const attribute: fc.Arbitrary<Attribute> = fc.letrec<{ attribute: Attribute }>((tie) => ({
  attribute: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<Attribute>(unitAttribute, boolAttribute(true), boolAttribute(false)),
    fc
      .tuple(
        fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
        fc.constantFrom(i8, i32, i64, index, integerType(128), integerType(9, 'unsigned')),
      )
      .map(([value, of]) => integerAttribute(value, of)),
    fc.tuple(fc.double(), fc.constantFrom(f16, bf16, f32, f64)).map(([value, of]) => floatAttribute(value, of)),
    fc.string({ unit: 'binary', maxLength: 8 }).map((text) => stringAttribute(text.replace(/[\ud800-\udfff]/g, '?'))),
    fc.tuple(name, fc.array(name, { maxLength: 2 })).map(([root, nested]) => symbolAttribute(root, ...nested)),
    type.map((of) => typeAttribute(of)),
    dense,
    fc.array(fc.integer({ min: -100, max: 100 }), { maxLength: 3 }).map((values) => denseArrayAttribute(values)),
    fc.constantFrom<Attribute>(dialectAttribute('d', '<a, [b -> "c]"]>'), stridedAttribute([2, dynamic], 3)),
    fc.array(tie('attribute'), { maxLength: 3 }).map((elements) => arrayAttribute(elements)),
    fc
      .uniqueArray(fc.tuple(name, tie('attribute')), { maxLength: 3, selector: ([key]) => key })
      .map((entries) => dictionaryAttribute(entries)),
  ),
})).attribute;

/** What one random operation looks like; operands are picked among the values in sight. */
interface Plan {
  readonly name: string;
  readonly picks: readonly number[];
  readonly results: readonly Type[];
  readonly attributes: readonly (readonly [string, Attribute, boolean])[];
  readonly regions: readonly (readonly Plan[])[];
  readonly arguments: readonly Type[];
}
const planOf = (depth: number): fc.Arbitrary<Plan> =>
  fc.record({
    name,
    picks: fc.array(fc.nat(20), { maxLength: 3 }),
    results: fc.array(type, { maxLength: 3 }),
    attributes: fc.uniqueArray(fc.tuple(name, attribute, fc.boolean()), { maxLength: 3, selector: ([key]) => key }),
    regions: depth === 0 ? fc.constant([]) : fc.array(fc.array(planOf(depth - 1), { maxLength: 3 }), { maxLength: 2 }),
    arguments: fc.array(type, { maxLength: 2 }),
  });
const plan = planOf(2);

function build(
  context: Context,
  { name, picks, results, attributes, regions, arguments: types }: Plan,
  inSight: readonly Value[],
): Operation {
  const operands = inSight.length === 0 ? [] : picks.map((at) => inSight[at % inSight.length] as Value);
  const operation = context.create(name, operands, results, {
    regions: regions.length,
    attributes: attributes.map(([key, value, property]) => ({ name: key, value, property })),
  });
  for (const [at, plans] of regions.entries()) {
    if (plans.length === 0) continue;
    const block = operation.region(at).addBlock(types);
    const visible: Value[] = [...inSight, ...block.arguments];
    for (const inner of plans) {
      const made = build(context, inner, visible);
      block.append(made);
      visible.push(...made.results);
    }
  }
  return operation;
}

describe('print and parse', () => {
  it('are inverse on random modules', () => {
    fc.assert(
      fc.property(fc.array(plan, { maxLength: 4 }), (plans) => {
        const context = fresh();
        const module = context.create('builtin.module', [], [], { regions: 1 });
        const block = module.region(0).addBlock();
        const visible: Value[] = [];
        for (const one of plans) {
          const made = build(context, one, visible);
          block.append(made);
          visible.push(...made.results);
        }
        for (const options of [{}, { generic: true }, { debugInfo: true }]) {
          const text = printOperation(module, options);
          const again = parseModule(text, fresh());
          expect(printOperation(again, options)).toBe(text);
          // Attributes and types are interned for the whole process, so identity is equality.
          const shape = (root: Operation): unknown[] => {
            const seen: unknown[] = [];
            root.walk((operation) => {
              seen.push(operation.name, ...operation.results.map((value) => value.type));
              for (const entry of operation.attributes) seen.push(entry.name, entry.property, entry.value);
            });
            return seen;
          };
          const [before, after] = [shape(module), shape(again)];
          expect(after.length).toBe(before.length);
          for (const [at, part] of before.entries())
            expect(after[at] === part || `${String(part)} became ${String(after[at])}`).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});

const corpus = new URL('../../../shared/mlir/generic/', import.meta.url);
const sample = (every: number): readonly (readonly [string, string])[] => {
  if (!existsSync(corpus)) return [];
  const files = readdirSync(corpus)
    .sort()
    .filter((_, at) => at % every === 0);
  return files.map((file) => [file, readFileSync(new URL(file, corpus), 'utf8')]);
};

/** Dimensions over 2^53 are refused, and file metadata is not printed. */
const knownLimits = /\d{17,}x|\{-#/;

describe('upstream modules', () => {
  it('are read, and printed as upstream prints them where no alias is used', () => {
    const files = sample(8);
    if (files.length === 0) console.warn('SKIPPED: ../shared/mlir/generic is absent, no upstream module was read');
    const broken: string[] = [];
    for (const [file, text] of files) {
      if (knownLimits.test(text)) continue;
      const printed = printOperation(parseModule(text, fresh(), { fileName: file }), { generic: true });
      const again = printOperation(parseModule(printed, fresh(), { fileName: file }), { generic: true });
      if (again !== printed) broken.push(`${file}: not a fixpoint`);
      else if (!/^[#!]/m.test(text) && printed !== text.trim()) broken.push(`${file}: differs from upstream`);
    }
    expect(broken).toEqual([]);
  }, 60_000);

  it('end in located diagnostics when they are cut or damaged', () => {
    const texts = sample(200).map(([, text]) => text.slice(0, 4000));
    texts.push('"t.a"() <{a = dense<[1, 2]> : tensor<2xi32>}> ({\n^bb0(%a: i32):\n}) : () -> () loc(fused["a":1:2])');
    const bytes = '"%^@#!<>(){}[]:,=-.*?0x1ab\\/\n \u00e9\0';
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), fc.nat(), fc.nat(3), (text, where, what, how) => {
        const at = where % (text.length + 1);
        const mark = bytes[what % bytes.length] as string;
        const damaged =
          how === 0
            ? text.slice(0, at)
            : how === 1
              ? text.slice(0, at) + mark + text.slice(at)
              : how === 2
                ? text.slice(0, at) + mark + text.slice(at + 1)
                : text.slice(0, at) + text.slice(at + 1 + (what % 9));
        try {
          parseModule(damaged, fresh(), { fileName: 'a.mlir' });
        } catch (error) {
          expect(error).toBeInstanceOf(DiagnosticError);
          const lines = damaged.split('\n').length;
          for (const { location, message } of (error as DiagnosticError).diagnostics) {
            expect(message.length).toBeGreaterThan(0);
            expect(
              location.kind === 'file' && location.line >= 1 && location.line <= lines && location.column >= 1,
            ).toBe(true);
          }
        }
      }),
      { numRuns: 800 },
    );
  }, 60_000);
});
