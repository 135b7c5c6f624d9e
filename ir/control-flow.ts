/**
 * Control flow as analyses see it: where control and values go from a terminator, from an operation
 * with regions, and from a call. As upstream's `BranchOpInterface`, `RegionBranchOpInterface`,
 * `LoopLikeOpInterface`, `CallOpInterface` and `CallableOpInterface`.
 */
import type { Attribute } from './attribute.ts';
import { defineInterface, type InterfaceToken } from './definition.ts';
import type { Operation } from './operation.ts';
import type { Region } from './region.ts';
import type { Value } from './value.ts';

/** Constants of operands by position; undefined for what is not known. */
export type KnownOperands = readonly (Attribute | undefined)[];

/** How a terminator passes control to other blocks. */
export interface Branch {
  /** The operands that become the arguments of successor `at`. */
  operandsOf(operation: Operation, at: number): readonly Value[];
  /** Replaces them; the other operands stay. */
  setOperandsOf(operation: Operation, at: number, values: readonly Value[]): void;
  /** The only successor that is taken when these operands are known; undefined when that is not decided. */
  chosen?(operation: Operation, known: KnownOperands): number | undefined;
}
/** Terminators with successors. */
export const branch: InterfaceToken<Branch> = defineInterface('branch');

/** The outside of an operation with regions, or one of its regions. */
export type FlowPoint = 'outside' | number;

/** How control runs through the regions of an operation. */
export interface RegionBranch {
  /**
   * Where control may go from outside, or from the end of a region; `known` are the operation's operands, `ending`
   * those of the terminator that ends the region.
   */
  successors(
    operation: Operation,
    from: FlowPoint,
    known?: KnownOperands,
    ending?: KnownOperands,
  ): readonly FlowPoint[];
  /** What is passed from the operation's operands when control comes from outside. */
  entryOperands(operation: Operation, to: FlowPoint): readonly Value[];
  /** What receives values: arguments of a region's entry, or results; all of them unless given. */
  inputs?(operation: Operation, to: FlowPoint): readonly Value[];
  /** Whether a region runs once at most for one run of the operation; not, unless said. */
  runsAtMostOnce?(operation: Operation, region: number): boolean;
}
/** Operations that pass control to their regions. */
export const regionBranch: InterfaceToken<RegionBranch> = defineInterface('region-branch');

/** The first operand that a terminator of a region passes on; those before are its own. The default is 0. */
export const firstPassed: InterfaceToken<number> = defineInterface('first-passed');

/** The regions of a loop, which may run many times for one run of the operation. */
export const loopRegions: InterfaceToken<(operation: Operation) => readonly Region[]> = defineInterface('loop-regions');

/** A call of a symbol. */
export interface Call {
  /** The name of what is called; undefined when it is not known. */
  callee(operation: Operation): string | undefined;
  operands(operation: Operation): readonly Value[];
}
/** Operations that call. */
export const calling: InterfaceToken<Call> = defineInterface('call');

/** What can be called: gives its body, undefined when that is elsewhere. */
export const callable: InterfaceToken<(operation: Operation) => Region | undefined> = defineInterface('callable');

/** Whether a call may be replaced by what it calls, and a callable stand in the place of its calls; those that do not say, may. */
export const inlinable: InterfaceToken<(operation: Operation) => boolean> = defineInterface('inlinable');

/** What receives the values that arrive at `to`. */
export function flowInputs(operation: Operation, interfaceOf: RegionBranch, to: FlowPoint): readonly Value[] {
  if (interfaceOf.inputs) return interfaceOf.inputs(operation, to);
  return to === 'outside' ? operation.results : (operation.region(to).entry?.arguments ?? []);
}

/** What the terminator of a region passes on. */
export const passedOperands = (terminator: Operation): readonly Value[] =>
  terminator.operands.slice(terminator.interface(firstPassed) ?? 0);
