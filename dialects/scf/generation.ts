/** How structured control flow is drawn: regions with their arguments, and loops that come to an end. */
import {
  type DialectGeneration,
  type GenerationPlace,
  i1,
  index,
  isConstantWhere,
  type Operation,
  type OpView,
  type Region,
  type Type,
  type Value,
} from '../../ir/index.ts';
import { scf } from './index.ts';

const { ops } = scf;
const mostTurns = 4;
const values = (place: GenerationPlace, types: readonly Type[]): readonly Value[] =>
  types.map((type) => place.value(type));

/** Fills a region of one block that yields values of these types. */
const fillRegion = (place: GenerationPlace, region: Region, inputs: readonly Type[], results: readonly Type[]): void =>
  place.fill(region.addBlock(inputs), () => {
    const given = values(place, results);
    place.build(() => ops.yield({ results: given }));
  });

/** Bounds and step of a loop of a few turns. */
function bounds(place: GenerationPlace, type: Type): readonly [Value, Value, Value] {
  const lower = place.int(0, 2);
  return [
    place.constant(type, lower),
    place.constant(type, lower + place.int(0, mostTurns)),
    place.constant(type, place.int(1, 2)),
  ];
}

function forLoop(place: GenerationPlace): OpView {
  const counter = place.int(0, 3) === 3 ? place.element((type) => type.kind === 'integer' && type.width >= 8) : index;
  const [lowerBound, upperBound, step] = bounds(place, counter);
  const types = place.types(2);
  const initArgs = values(place, types);
  const made = place.build(() => ops.for({ lowerBound, upperBound, step, initArgs }));
  fillRegion(place, made.body, [counter, ...types], types);
  return made;
}

function choice(place: GenerationPlace): OpView {
  const condition = place.value(i1);
  const types = place.types(2);
  const made = place.build(() => ops.if({ condition, types }));
  fillRegion(place, made.thenRegion, [], types);
  if (types.length > 0 || place.flag()) fillRegion(place, made.elseRegion, [], types);
  return made;
}

function indexSwitch(place: GenerationPlace): OpView {
  const arg = place.value(index);
  const types = place.types(2);
  const cases = [0n, 3n, 7n].slice(0, place.int(1, 3));
  const made = place.build(() => ops.indexSwitch({ arg, cases, types, regionCount: 1 + cases.length }));
  for (const region of made.operation.regions) fillRegion(place, region, [], types);
  return made;
}

function executeRegion(place: GenerationPlace): OpView {
  const types = place.types(2);
  const made = place.build(() => ops.executeRegion({ types }));
  fillRegion(place, made.region, [], types);
  return made;
}

/**
 * A loop that carries flags: it goes on while the first is set, and each turn moves them up by one and sets the last to
 * false. So it ends after as many turns as there are flags.
 */
function whileLoop(place: GenerationPlace): OpView {
  const flags = Array.from({ length: place.int(1, mostTurns - 1) }, () => i1);
  const carried = place.types(2);
  const types = [...flags, ...carried];
  const inits = values(place, types);
  const made = place.build(() => ops.while({ inits, types }));
  const before = made.before.addBlock(types);
  place.fill(before, () => {
    const [condition, ...rest] = before.arguments.slice(0, flags.length) as [Value, ...Value[]];
    const args = [condition, ...rest, ...values(place, carried)];
    place.build(() => ops.condition({ condition, args }));
  });
  const after = made.after.addBlock(types);
  place.fill(after, () => {
    const results = [...after.arguments.slice(1, flags.length), place.constant(i1, 0), ...values(place, carried)];
    place.build(() => ops.yield({ results }));
  });
  return made;
}

/** A loop without order, whose results are put together by regions without effects. */
function parallel(place: GenerationPlace): OpView {
  const counters = Array.from({ length: place.int(1, 2) }, () => bounds(place, index));
  const types = place.types(2);
  const initVals = values(place, types);
  const [lowerBound, upperBound, step] = [0, 1, 2].map((at) => counters.map((all) => all[at] as Value));
  const made = place.build(() =>
    ops.parallel({
      lowerBound: lowerBound as readonly Value[],
      upperBound: upperBound as readonly Value[],
      step: step as readonly Value[],
      initVals,
      types,
    }),
  );
  const body = made.region.addBlock(counters.map(() => index));
  place.fill(body, () => {
    const operands = values(place, types);
    const end = place.build(() => ops.reduce({ operands, regionCount: types.length }));
    for (const [at, region] of end.reductions.entries()) {
      const type = types[at] as Type;
      place.fill(
        region.addBlock([type, type]),
        () => {
          const result = place.value(type);
          place.build(() => ops.reduceReturn({ result }));
        },
        { pure: true, most: 2 },
      );
    }
  });
  return made;
}

/** A loop over a space of threads; the writes into its outputs are drawn by the dialect of tensors. */
function forall(place: GenerationPlace): OpView {
  const upper = Array.from({ length: place.int(1, 2) }, () => BigInt(place.int(1, mostTurns)));
  const outputs = Array.from({ length: place.int(0, 1) }, () => place.valueWhere(({ kind }) => kind === 'tensor'));
  const made = place.build(() =>
    ops.forall({
      dynamicLowerBound: [],
      dynamicUpperBound: [],
      dynamicStep: [],
      outputs,
      staticLowerBound: upper.map(() => 0n),
      staticUpperBound: upper,
      staticStep: upper.map(() => 1n),
      types: outputs.map(({ type }) => type),
    }),
  );
  const body = made.region.addBlock([...upper.map(() => index), ...outputs.map(({ type }) => type)]);
  place.fill(body, () => {
    const writes = place.build(() => ops.inParallel({})).region.addBlock();
    place.fill(writes, () => {}, { only: ['tensor.parallel_insert_slice'] });
  });
  return made;
}

const isStep = (value: Value): boolean => isConstantWhere(value, (number) => number > 0n);
const near = (value: Value): boolean => isConstantWhere(value, (number) => number >= -100n && number <= 100n);

/** The flags of `whileLoop`, moved up by one in each turn. */
function flagsRunOut(operation: Operation): boolean {
  const [before, after] = operation.regions.map((region) => region.entry);
  const [test, end] = [before?.last, after?.last];
  if (!before || !after || !test || !end || test.operandCount === 0) return false;
  // Where a flag arrives in the second region, when it goes on as it is.
  const start = before.arguments.indexOf(test.operand(0));
  for (let at = start; at >= 0 && at < end.operandCount; at++) {
    const passed = end.operand(at);
    if (isConstantWhere(passed, (number) => number === 0n)) return true;
    const taken = after.arguments.indexOf(passed);
    if (taken < 0 || test.operand(1 + taken) !== before.arguments[at + 1]) return false;
  }
  return false;
}

/** The generation of structured control flow. */
export const scfGeneration: DialectGeneration = {
  dialect: scf,
  generators: {
    'scf.for': forLoop,
    'scf.if': choice,
    'scf.index_switch': indexSwitch,
    'scf.execute_region': executeRegion,
    'scf.while': whileLoop,
    'scf.parallel': parallel,
    'scf.forall': forall,
  },
  comesWith: {
    'scf.reduce.return': ['scf.parallel'],
    'scf.reduce': ['scf.parallel'],
    'scf.condition': ['scf.while'],
  },
  defined: {
    'scf.for': (operation) => isStep(operation.operand(2)) && near(operation.operand(0)) && near(operation.operand(1)),
    'scf.parallel': (operation) => {
      const count = operation.region(0).entry?.argumentCount ?? 0;
      const bound = operation.operands.slice(0, 3 * count);
      return bound.every(near) && bound.slice(2 * count).every(isStep);
    },
    'scf.while': flagsRunOut,
  },
};
