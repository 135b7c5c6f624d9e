/** Matching the operations of a rule against the IR. */
import type { Attribute } from '../../ir/attribute.ts';
import type { Operation } from '../../ir/operation.ts';
import type { Type } from '../../ir/type.ts';
import type { Value } from '../../ir/value.ts';
import type { Frame, Slots } from './frame.ts';
import { attributeType } from './native.ts';
import { type MatchedOperation, type RuleData, rootOf, type Term, type TypeTerm } from './rule-data.ts';

/** What was matched, or why nothing was. */
export type RuleMatcher = (operation: Operation) => Frame | string;

interface Asked<T> {
  /** What it must be equal to, where that is given. */
  readonly given: T | undefined;
  /** The slot of a capture; −1 for what is given. */
  readonly slot: number;
  /** The name of the capture, for reasons. */
  readonly name: string;
}
interface OperandNode {
  readonly node: Node | undefined;
  readonly at: number;
  readonly value: Asked<Value> | undefined;
  readonly type: Asked<Type> | undefined;
}
interface Node {
  readonly slot: number;
  readonly opName: string | undefined;
  /** The bit of the order in which the operands change places; 0 where they do not. */
  readonly bit: number;
  readonly operands: readonly OperandNode[];
  readonly rest: Asked<readonly Value[]> | undefined;
  readonly attributes: readonly {
    readonly name: string;
    readonly value: Asked<Attribute>;
    readonly type: Asked<Type> | undefined;
  }[];
  readonly results: readonly Asked<Type>[];
  readonly restResults: Asked<readonly Type[]> | undefined;
  /** Results that conditions and steps read. */
  readonly fewestResults: number;
}

/** The matcher of a rule. Where `commutes` says so, the operands of an operation are tried in both orders. */
export function ruleMatcher(
  rule: RuleData,
  slots: Slots,
  commutes: (matched: MatchedOperation) => boolean,
): RuleMatcher {
  const { root, swaps } = compile(rule, slots, commutes);
  const orders = 2 ** swaps;
  return (operation) => {
    let reason = '';
    const state = { order: 0, reached: 0 };
    for (let order = 0; order < orders; order++) {
      // An order that differs only where the last attempt did not come would fail alike.
      if (order > 0 && ((order ^ state.order) & state.reached) === 0) continue;
      state.order = order;
      state.reached = 0;
      const frame = slots.frame();
      const miss = matchNode(root, operation, frame, state);
      if (miss === undefined) return frame;
      if (order === 0) reason = miss;
    }
    return reason;
  };
}

interface Attempt {
  order: number;
  reached: number;
}

function compile(
  rule: RuleData,
  slots: Slots,
  commutes: (matched: MatchedOperation) => boolean,
): { readonly root: Node; readonly swaps: number } {
  const nodes = new Map<string, Node>();
  let swaps = 0;
  const captured = <T>(sort: 'values' | 'types', name: string | undefined): Asked<readonly T[]> | undefined =>
    name === undefined ? undefined : { given: undefined, slot: slots.of(sort, name), name };
  const typed = (term: TypeTerm): Asked<Type> =>
    term.kind === 'type'
      ? { given: undefined, slot: slots.of('type', term.name), name: term.name }
      : { given: term.value, slot: -1, name: '' };
  for (const matched of rule.operations) {
    const operands = matched.operands.map(({ value, type }): OperandNode => {
      const asked = type && typed(type);
      if (value.kind === 'result') return { node: nodes.get(value.of), at: value.at, value: undefined, type: asked };
      const capture = { given: undefined, slot: slots.of('value', value.name), name: value.name };
      return { node: undefined, at: 0, value: capture, type: asked };
    });
    const bit = commutes(matched) && matched.operands.length === 2 ? 2 ** swaps++ : 0;
    nodes.set(matched.name, {
      slot: slots.of('operation', matched.name),
      opName: matched.opName,
      bit,
      operands,
      rest: captured('values', matched.restOperands),
      attributes: matched.attributes.map(({ name, value, type }) => ({
        name,
        value:
          value.kind === 'attribute'
            ? { given: undefined, slot: slots.of('attribute', value.name), name: value.name }
            : { given: value.value, slot: -1, name: '' },
        type: type && typed(type),
      })),
      results: matched.results.map(typed),
      restResults: captured('types', matched.restResults),
      fewestResults: fewestResults(rule, matched.name),
    });
  }
  return { root: nodes.get(rootOf(rule).name) as Node, swaps };
}

/** How many results of a matched operation conditions and steps rely on. */
function fewestResults(rule: RuleData, name: string): number {
  let fewest = 0;
  const see = (terms: readonly Term[]): void => {
    for (const term of terms) if (term.kind === 'result' && term.of === name) fewest = Math.max(fewest, term.at + 1);
  };
  for (const condition of rule.conditions) see(condition.arguments);
  for (const step of rule.steps) {
    if (step.kind === 'create') see(step.operands);
    else if (step.kind === 'call') see(step.arguments);
    else if (step.kind === 'replace') see(step.by);
  }
  return fewest;
}

function matchNode(node: Node, operation: Operation, frame: Frame, attempt: Attempt): string | undefined {
  const known = frame[node.slot];
  if (known !== undefined) return known === operation ? undefined : `one operation of the rule would stand for two`;
  const { opName } = node;
  if (opName !== undefined && operation.name !== opName) return `expected '${opName}', found '${operation.name}'`;
  frame[node.slot] = operation;
  return (
    matchOperands(node, operation, frame, attempt) ??
    matchAttributes(node, operation, frame) ??
    matchResults(node, operation, frame)
  );
}

function matchOperands(node: Node, operation: Operation, frame: Frame, attempt: Attempt): string | undefined {
  const { operands, rest } = node;
  const { operandCount } = operation;
  if (rest ? operandCount < operands.length : operandCount !== operands.length)
    return `'${operation.name}' has ${operandCount} operands, expected ${rest ? 'at least ' : ''}${operands.length}`;
  attempt.reached |= node.bit;
  const swapped = (attempt.order & node.bit) !== 0;
  for (let at = 0; at < operands.length; at++) {
    const asked = operands[at] as OperandNode;
    const place = swapped ? 1 - at : at;
    const value = operation.operand(place);
    if (asked.type !== undefined) {
      const miss = bind(asked.type, value.type, frame);
      if (miss !== undefined) return `operand #${place} of '${operation.name}' ${miss}`;
    }
    if (asked.value !== undefined) {
      const miss = bind(asked.value, value, frame);
      if (miss !== undefined) return `operand #${place} of '${operation.name}' ${miss}`;
      continue;
    }
    const { owner } = value;
    const inner = asked.node as Node;
    if (owner === undefined)
      return `operand #${place} of '${operation.name}' is a block argument, expected ${described(inner)}`;
    if (value.index !== asked.at && (inner.opName === undefined || owner.name === inner.opName))
      return `operand #${place} of '${operation.name}' is result #${value.index} of '${owner.name}', expected #${asked.at}`;
    const miss = matchNode(inner, owner, frame, attempt);
    if (miss !== undefined) return miss;
  }
  return rest && bindList(rest, operation.operands.slice(operands.length), frame, `operands of '${operation.name}'`);
}

function matchAttributes(node: Node, operation: Operation, frame: Frame): string | undefined {
  for (const { name, value, type } of node.attributes) {
    const attribute = operation.attribute(name);
    if (attribute === undefined) return `'${operation.name}' has no attribute '${name}'`;
    if (type !== undefined) {
      const found = attributeType(attribute);
      const miss = found === undefined ? 'has no type' : bind(type, found, frame);
      if (miss !== undefined) return `attribute '${name}' of '${operation.name}' ${miss}`;
    }
    const miss = bind(value, attribute, frame);
    if (miss !== undefined) return `attribute '${name}' of '${operation.name}' ${miss}`;
  }
  return undefined;
}

function matchResults(node: Node, operation: Operation, frame: Frame): string | undefined {
  const { results, restResults, fewestResults } = node;
  const { resultCount } = operation;
  if (restResults ? resultCount < results.length : resultCount !== results.length)
    return `'${operation.name}' has ${resultCount} results, expected ${restResults ? 'at least ' : ''}${results.length}`;
  if (resultCount < fewestResults)
    return `'${operation.name}' has ${resultCount} results, but the rule reads #${fewestResults - 1}`;
  for (let at = 0; at < results.length; at++) {
    const miss = bind(results[at] as Asked<Type>, operation.result(at).type, frame);
    if (miss !== undefined) return `result #${at} of '${operation.name}' ${miss}`;
  }
  if (restResults === undefined) return undefined;
  const types = operation.results.slice(results.length).map((value) => value.type);
  return bindList(restResults, types, frame, `results of '${operation.name}'`);
}

/** Captures what is met first and compares what is met again, or with what is given. */
function bind<T extends Value | Attribute | Type>(asked: Asked<T>, actual: T, frame: Frame): string | undefined {
  const { slot, given } = asked;
  if (slot < 0) return actual === given ? undefined : `is ${shown(actual)}, expected ${shown(given as T)}`;
  const known = frame[slot];
  if (known === undefined) {
    frame[slot] = actual;
    return undefined;
  }
  return known === actual ? undefined : `is not what '${asked.name}' stands for already`;
}

function bindList(
  asked: Asked<readonly Value[]> | Asked<readonly Type[]>,
  actual: readonly Value[] | readonly Type[],
  frame: Frame,
  where: string,
): string | undefined {
  const known = frame[asked.slot] as readonly unknown[] | undefined;
  if (known === undefined) {
    frame[asked.slot] = actual;
    return undefined;
  }
  return known.length === actual.length && known.every((member, at) => member === actual[at])
    ? undefined
    : `the last ${where} are not what '${asked.name}' stands for already`;
}

const described = (node: Node): string => (node.opName === undefined ? 'an operation' : `'${node.opName}'`);
const shown = (thing: Value | Attribute | Type): string => ('text' in thing ? thing.text : 'another value');
