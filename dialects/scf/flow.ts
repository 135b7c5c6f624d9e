/** How control and values run through structured control flow, for analyses and passes. */
import {
  type FlowPoint,
  implement,
  type InterfaceEntry,
  type KnownOperands,
  loopRegions,
  type Operation,
  regionBranch,
  type Region,
  signedInteger,
  speculation,
  type Value,
} from '../../ir/index.ts';
import { indexListOf } from '../builtin/index-list.ts';

const noValues: readonly Value[] = [];
const allRegions = (operation: Operation): readonly Region[] => operation.regions;

/** Whether a loop with these bounds runs at all; undefined when they are not known. */
function runs(operation: Operation, [lower, upper]: KnownOperands): boolean | undefined {
  const [from, to] = [signedInteger(lower), signedInteger(upper)];
  if (from === undefined || to === undefined) return undefined;
  return operation.attribute('unsignedCmp') === undefined
    ? from < to
    : BigInt.asUintN(64, from) < BigInt.asUintN(64, to);
}

const isOne = ({ owner }: Value): boolean =>
  owner?.hasTrait('constant-like') === true && signedInteger(owner.attribute('value')) === 1n;

/** Of `scf.for`: it may not run; from the end of its body it may run again. */
export const forFlow: readonly InterfaceEntry[] = [
  implement(regionBranch, {
    successors(operation, from, known = []) {
      const any: readonly FlowPoint[] = [0, 'outside'];
      if (from !== 'outside') return any;
      const first = runs(operation, known);
      return first === undefined ? any : [first ? 0 : 'outside'];
    },
    entryOperands: (operation) => operation.operands.slice(3),
    inputs: (operation, to) =>
      to === 'outside' ? operation.results : (operation.region(0).entry?.arguments.slice(1) ?? noValues),
  }),
  implement(loopRegions, allRegions),
  // Any other step could be 0, and the loop without end.
  implement(speculation, (operation) => (isOne(operation.operand(2)) ? 'if-inside-is' : 'never')),
];

/** Of `scf.if`. */
export const ifFlow: readonly InterfaceEntry[] = [
  implement(regionBranch, {
    successors(operation, from, known = []) {
      if (from !== 'outside') return ['outside'];
      const otherwise: FlowPoint = operation.region(1).isEmpty ? 'outside' : 1;
      const condition = signedInteger(known[0]);
      return condition === undefined ? [0, otherwise] : [condition === 0n ? otherwise : 0];
    },
    entryOperands: () => noValues,
    runsAtMostOnce: () => true,
  }),
  implement(speculation, () => 'if-inside-is'),
];

/** Of `scf.while`: the first region goes on to the second or out, the second back to the first. */
export const whileFlow: readonly InterfaceEntry[] = [
  implement(regionBranch, {
    successors(_, from, __, ending = []) {
      if (from !== 0) return [0];
      const goesOn = signedInteger(ending[0]);
      return goesOn === undefined ? [1, 'outside'] : [goesOn === 0n ? 'outside' : 1];
    },
    entryOperands: (operation) => operation.operands,
  }),
  implement(loopRegions, allRegions),
];

/** Of a region that runs once. */
export const onceFlow: readonly InterfaceEntry[] = [
  implement(regionBranch, {
    successors: (_, from) => [from === 'outside' ? 0 : 'outside'],
    entryOperands: () => noValues,
  }),
];

/** Of `scf.index_switch`: region 0 is the default. */
export const switchFlow: readonly InterfaceEntry[] = [
  implement(regionBranch, {
    successors(operation, from, known = []) {
      if (from !== 'outside') return ['outside'];
      const flag = signedInteger(known[0]);
      if (flag === undefined) return operation.regions.map((_, at) => at);
      return [indexListOf(operation.attribute('cases')).indexOf(flag) + 1];
    },
    entryOperands: () => noValues,
    runsAtMostOnce: () => true,
  }),
];

/** Of loops whose turns carry nothing: results come from elsewhere than the end of a turn. */
export const turnsFlow: readonly InterfaceEntry[] = [
  implement(regionBranch, {
    successors: () => [0, 'outside'],
    entryOperands: () => noValues,
    inputs: () => noValues,
  }),
  implement(loopRegions, allRegions),
];
