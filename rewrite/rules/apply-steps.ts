/** The rewriting side of a rule: its steps, run through a rewriter. */
import type { Attribute } from '../../ir/attribute.ts';
import type { OpDefinition } from '../../ir/definition.ts';
import type { NamedAttribute } from '../../ir/dictionary-table.ts';
import { VerifyError } from '../../ir/instantiate.ts';
import type { Operation } from '../../ir/operation.ts';
import { completeResults } from '../../ir/text/type-completion.ts';
import type { Type } from '../../ir/type.ts';
import { Value } from '../../ir/value.ts';
import { signatureErrors } from '../../ir/verify-signature.ts';
import { operandSegments, segments } from '../../ir/view.ts';
import { changed, noMatch, type NoMatch, type Outcome } from '../pattern.ts';
import type { Rewriter } from '../rewriter.ts';
import type { Frame, Read, Slots } from './frame.ts';
import type { NativeFunction, Natives, NativeValue } from './native.ts';
import { type CallStep, type CreateStep, type EraseStep, type RuleData, rootOf, type Term } from './rule-data.ts';

type Action = (frame: Frame, rewriter: Rewriter, root: Operation) => NoMatch | undefined;
/** Carries out a rule on what was matched. */
export type StepsRunner = (frame: Frame, rewriter: Rewriter, root: Operation) => Outcome;

/** The runner of the steps of a rule that was verified. */
export function stepsRunner(rule: RuleData, slots: Slots, natives: Natives): StepsRunner {
  const root = rootOf(rule).name;
  const last = rule.steps.at(-1);
  // The driver replaces the root where nothing comes after that, so that it learns what stands for it.
  const replacesLast = last?.kind === 'replace' && last.operation === root;
  const steps = replacesLast ? rule.steps.slice(0, -1) : rule.steps;
  const early = callsBeforeChanges(rule, natives);
  const before: Action[] = [];
  const after: Action[] = [];
  // Everything is made before anything goes, as it is inserted before the root.
  for (const step of steps) {
    if (step.kind === 'call') (early.has(step) ? before : after).push(callAction(step, slots, natives));
    else if (step.kind === 'create') after.push(createAction(rule, step, slots));
  }
  for (const step of steps) {
    if (step.kind !== 'erase' && step.kind !== 'replace') continue;
    const slot = slots.of('operation', step.operation);
    if (step.kind === 'erase') {
      before.unshift(onlyReadHere(rule, step, slots));
      after.push((frame, rewriter) => void rewriter.erase(frame[slot] as Operation));
    } else {
      const by = step.by.map((term) => slots.read(term));
      after.push((frame, rewriter) => void rewriter.replace(frame[slot] as Operation, valuesOf(by, frame)));
    }
  }
  const outcome = replacesLast ? last.by.map((term) => slots.read(term)) : undefined;
  return (frame, rewriter, operation) => {
    for (const action of before) {
      const miss = action(frame, rewriter, operation);
      if (miss !== undefined) return miss;
    }
    for (const action of after) {
      const miss = action(frame, rewriter, operation);
      if (miss !== undefined) throw new VerifyError(miss.reason);
    }
    return outcome ? valuesOf(outcome, frame) : changed;
  };
}

/** The pure calls that need nothing but what is matched and what other such calls give. */
function callsBeforeChanges(rule: RuleData, natives: Natives): ReadonlySet<CallStep> {
  const late = new Set<string>();
  const early = new Set<CallStep>();
  for (const step of rule.steps) {
    if (step.kind === 'create') late.add(step.name);
    if (step.kind !== 'call') continue;
    const native = natives.get(step.native) as NativeFunction;
    const waits = step.arguments.some((term) => late.has(nameIn(term) ?? ''));
    if (native.pure && !waits) early.add(step);
    else for (const { name } of step.results) late.add(name);
  }
  return early;
}

const nameIn = (term: Term): string | undefined => ('of' in term ? term.of : 'name' in term ? term.name : undefined);

function valuesOf(reads: readonly Read[], frame: Frame): readonly Value[] {
  const values: Value[] = [];
  for (const read of reads) {
    const given = read(frame) as Value | readonly Value[];
    if (given instanceof Value) values.push(given);
    else values.push(...given);
  }
  return values;
}

function callAction(step: CallStep, slots: Slots, natives: Natives): Action {
  const native = natives.get(step.native) as NativeFunction;
  const reads = step.arguments.map((term) => slots.read(term));
  const into = step.results.map(({ sort, name }) => slots.of(sort, name));
  return (frame, rewriter, root) => {
    const given = native.call(
      reads.map((read) => read(frame)),
      rewriter,
      root,
    );
    if (typeof given === 'string') return noMatch(`'${step.native}' gives nothing: ${given}`);
    for (const [at, slot] of into.entries()) frame[slot] = given[at] as NativeValue;
    return undefined;
  };
}

/** What is erased may be read by nothing but what the rule takes away as well. */
function onlyReadHere(rule: RuleData, step: EraseStep, slots: Slots): Action {
  const slot = slots.of('operation', step.operation);
  const goes = rule.steps.flatMap((other) =>
    other.kind === 'erase' || other.kind === 'replace' ? [slots.of('operation', other.operation)] : [],
  );
  return (frame) => {
    const operation = frame[slot] as Operation;
    for (const value of operation.results)
      for (const { owner } of value.uses)
        if (!goes.some((other) => frame[other] === owner))
          return noMatch(`'${operation.name}' would be erased, but '${owner.name}' reads it`);
    return undefined;
  };
}

function createAction(rule: RuleData, step: CreateStep, slots: Slots): Action {
  const into = slots.of('operation', step.name);
  const operands = step.operands.map((term) => slots.read(term));
  const attributes = step.attributes.map(({ name, value }) => ({ name, read: slots.read(value) }));
  const types = step.types?.map((term) => slots.read(term));
  const replaced = rule.steps.flatMap((other) =>
    other.kind === 'replace' && other.by.length === 1 && other.by[0]?.kind === 'results' && other.by[0].of === step.name
      ? [slots.of('operation', other.operation)]
      : [],
  )[0];
  return (frame, rewriter) => {
    const { context } = rewriter;
    const definition = context.definitionNamed(step.opName);
    const entries = attributes.map(
      ({ name, read }): NamedAttribute => ({
        name,
        value: read(frame) as Attribute,
        property: definition?.attributes.some((declared) => declared.name === name) || name === operandSegments,
      }),
    );
    const values = valuesOf(operands, frame);
    const resultTypes =
      types?.flatMap((read) => read(frame) as Type | readonly Type[]) ??
      (replaced === undefined
        ? inferredTypes(definition, values, entries)
        : (frame[replaced] as Operation).results.map((value) => value.type));
    const made = context.create(step.opName, values, resultTypes, { attributes: entries });
    if (definition) mustFit(made, definition);
    rewriter.insert(made);
    frame[into] = made;
    return undefined;
  };
}

/** The result types that a declaration gives; an operation without one has no results. */
function inferredTypes(
  definition: OpDefinition | undefined,
  operands: readonly Value[],
  entries: readonly NamedAttribute[],
): readonly Type[] {
  if (!definition) return [];
  const attributes = new Map(entries.map((entry) => [entry.name, entry.value]));
  const stored = attributes.get(operandSegments);
  const sizes = segments(
    definition.operands.map(({ constraint }) => constraint.arity),
    operands.length,
    stored?.kind === 'dense-array' ? stored.values.map(Number) : undefined,
  )?.map(([, size]) => size);
  if (!sizes) throw new VerifyError(`${definition.opName}: does not take ${operands.length} operands`);
  const known = definition.results.map(() => undefined);
  const types = completeResults(definition, operands, sizes, known, attributes);
  if (typeof types === 'string') throw new VerifyError(`${definition.opName}: ${types}; say it after '->'`);
  return types;
}

function mustFit(made: Operation, definition: OpDefinition): void {
  const [error] = signatureErrors(made, definition);
  if (error === undefined) return;
  made.erase();
  throw new VerifyError(`${definition.opName}: ${error}`);
}
