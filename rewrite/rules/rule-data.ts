/**
 * Rules as plain data: operations to match by name, conditions, and steps that rewrite. A rule needs
 * no declared operation, so it can be read from text, exported and made by a program.
 */
import type { Attribute } from '../../ir/attribute.ts';
import type { Location } from '../../ir/location.ts';
import type { Type } from '../../ir/type.ts';

/** What a name in a rule may stand for. `values` and `types` are the rest of a list. */
export type Sort = 'operation' | 'value' | 'values' | 'attribute' | 'type' | 'types';

/** One value: a captured one, or result `at` of an operation of the rule. */
export type ValueTerm =
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'result'; readonly of: string; readonly at: number };
/** Any number of values: a captured rest, or all results of an operation of the rule. */
export type ValuesTerm =
  | { readonly kind: 'values'; readonly name: string }
  | { readonly kind: 'results'; readonly of: string };
/** One attribute: a captured one, or a given one. */
export type AttributeTerm =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'given-attribute'; readonly value: Attribute };
/** One type: a captured one, or a given one. */
export type TypeTerm =
  | { readonly kind: 'type'; readonly name: string }
  | { readonly kind: 'given-type'; readonly value: Type };
/** A captured rest of types. */
export type TypesTerm = { readonly kind: 'types'; readonly name: string };
/** An operation of the rule. */
export type OperationTerm = { readonly kind: 'operation'; readonly name: string };
/** Anything that may be passed to a native helper. */
export type Term = ValueTerm | ValuesTerm | AttributeTerm | TypeTerm | TypesTerm | OperationTerm;

/** An operand to match. `type` is asked of a captured value; a result has its types at its operation. */
export interface OperandPattern {
  readonly value: ValueTerm;
  readonly type?: TypeTerm | undefined;
}
/** An attribute to match: present, and equal to a given or formerly captured one. */
export interface AttributePattern {
  readonly name: string;
  readonly value: AttributeTerm;
  /** Asked of the type of a captured attribute. */
  readonly type?: TypeTerm | undefined;
}

/** An operation to match. */
export interface MatchedOperation {
  /** What the rule calls it. */
  readonly name: string;
  /** The operation's name; undefined for any operation. */
  readonly opName: string | undefined;
  /** Whether its two operands may stand in either order, beside what its declaration says. */
  readonly commutative: boolean;
  readonly operands: readonly OperandPattern[];
  /** Captures the operands after these; without it there must be none. */
  readonly restOperands: string | undefined;
  readonly attributes: readonly AttributePattern[];
  readonly results: readonly TypeTerm[];
  /** Captures the types of the results after these; without it there must be none. */
  readonly restResults: string | undefined;
  readonly location?: Location | undefined;
}

/** A condition by the name of a native helper. */
export interface Condition {
  readonly native: string;
  readonly negated: boolean;
  readonly arguments: readonly Term[];
  readonly location?: Location | undefined;
}

/** Makes an operation. */
export interface CreateStep {
  readonly kind: 'create';
  readonly name: string;
  readonly opName: string;
  readonly operands: readonly (ValueTerm | ValuesTerm)[];
  readonly attributes: readonly { readonly name: string; readonly value: AttributeTerm }[];
  /** Without them: those of what it replaces, else those that its declaration infers, else none. */
  readonly types: readonly (TypeTerm | TypesTerm)[] | undefined;
  readonly location?: Location | undefined;
}
/** Calls a native helper and names what it gives. */
export interface CallStep {
  readonly kind: 'call';
  readonly native: string;
  readonly arguments: readonly Term[];
  readonly results: readonly { readonly name: string; readonly sort: Sort }[];
  readonly location?: Location | undefined;
}
/** Replaces a matched operation by values. */
export interface ReplaceStep {
  readonly kind: 'replace';
  readonly operation: string;
  readonly by: readonly (ValueTerm | ValuesTerm)[];
  readonly location?: Location | undefined;
}
/** Erases a matched operation, whose results nothing else may read. */
export interface EraseStep {
  readonly kind: 'erase';
  readonly operation: string;
  readonly location?: Location | undefined;
}
/** One step of a rewrite. */
export type Step = CreateStep | CallStep | ReplaceStep | EraseStep;

/** A rule: what to match, under which conditions, and what to do then. */
export interface RuleData {
  readonly name: string;
  readonly benefit: number;
  readonly groups: readonly string[];
  /** Operations before their readers; the last one is the root. */
  readonly operations: readonly MatchedOperation[];
  readonly conditions: readonly Condition[];
  readonly steps: readonly Step[];
  readonly location?: Location | undefined;
}

/** The operation of a rule that patterns start from. */
export const rootOf = (rule: RuleData): MatchedOperation => rule.operations.at(-1) as MatchedOperation;

/** What a term stands for. */
export function sortOf(term: Term): Sort {
  switch (term.kind) {
    case 'result':
      return 'value';
    case 'results':
      return 'values';
    case 'given-attribute':
      return 'attribute';
    case 'given-type':
      return 'type';
    default:
      return term.kind;
  }
}

/** A term as the text of rules writes it. */
export function termText(term: Term): string {
  switch (term.kind) {
    case 'value':
    case 'operation':
      return `%${term.name}`;
    case 'values':
      return `%${term.name}...`;
    case 'result':
      return `%${term.of}#${term.at}`;
    case 'results':
      return `%${term.of}#...`;
    case 'attribute':
      return `#${term.name}`;
    case 'type':
      return `!${term.name}`;
    case 'types':
      return `!${term.name}...`;
    default:
      return term.value.text;
  }
}
