/** Verification of a rule: everything that can be known before it meets a program. */
import type { Context } from '../../ir/context.ts';
import type { OpDefinition } from '../../ir/definition.ts';
import { type Diagnostic, errorAt } from '../../ir/diagnostic.ts';
import { type Location, unknownLocation } from '../../ir/location.ts';
import { keyOf } from './frame.ts';
import type { Natives } from './native.ts';
import {
  type CallStep,
  type CreateStep,
  type MatchedOperation,
  type RuleData,
  rootOf,
  type Sort,
  sortOf,
  type Step,
  type Term,
  termText,
} from './rule-data.ts';

/** What a rule is verified against. */
export interface RuleSetting {
  readonly context: Context;
  /** Undefined where another engine runs the rule, whose helpers are not known. */
  readonly natives: Natives | undefined;
}

/** The largest benefit, which is what upstream's format holds. */
export const largestBenefit = 32767;

/** Everything that is wrong with a rule, located at its parts; nothing when it can be used. */
export function verifyRule(rule: RuleData, setting: RuleSetting): readonly Diagnostic[] {
  return new RuleVerifier(rule, setting).run();
}

class RuleVerifier {
  private readonly rule: RuleData;
  private readonly setting: RuleSetting;
  private readonly errors: Diagnostic[];
  /** The sort of every name that is known so far. */
  private readonly sorts: Map<string, Sort>;
  /** Operations that the steps made. */
  private readonly made: Map<string, CreateStep>;
  /** Operations that the steps took away. */
  private readonly gone: Set<string>;

  constructor(rule: RuleData, setting: RuleSetting) {
    this.rule = rule;
    this.setting = setting;
    this.errors = [];
    this.sorts = new Map();
    this.made = new Map();
    this.gone = new Set();
  }

  run(): readonly Diagnostic[] {
    const { rule } = this;
    if (!Number.isInteger(rule.benefit) || rule.benefit < 0 || rule.benefit > largestBenefit)
      this.error(undefined, `benefit is ${rule.benefit}, expected 0 to ${largestBenefit}`);
    if (rule.operations.length === 0) {
      this.error(undefined, 'matches no operation');
      return this.errors;
    }
    for (const matched of rule.operations) this.matched(matched);
    this.reached();
    for (const { native, arguments: given, location } of rule.conditions) {
      this.native(native, 'condition', given, location);
      this.read(given, location);
    }
    for (const step of rule.steps) this.step(step);
    if (!this.gone.has(rootOf(rule).name))
      this.error(undefined, `the root ${this.opText(rootOf(rule))} is neither replaced nor erased`);
    return this.errors;
  }

  private error(location: Location | undefined, message: string): void {
    const at = location ?? this.rule.location ?? unknownLocation;
    this.errors.push(errorAt(at, `rule '${this.rule.name}': ${message}`));
  }

  private opText({ opName, name }: MatchedOperation): string {
    return opName === undefined ? `'%${name}'` : `'${opName}'`;
  }

  /** Makes a name known; a capture may be named again, everything else is named once. */
  private define(sort: Sort, name: string, location: Location | undefined, again: boolean): void {
    const key = keyOf(sort, name);
    const known = this.sorts.get(key);
    if (known === undefined) this.sorts.set(key, sort);
    else if (known !== sort) this.error(location, `'${key}' stands for ${word[known]} already, not for ${word[sort]}`);
    else if (!again) this.error(location, `'${key}' is defined twice`);
  }

  private matched(matched: MatchedOperation): void {
    const { location } = matched;
    for (const { value, type } of matched.operands) {
      if (value.kind === 'value') this.define('value', value.name, location, true);
      else this.read([value], location);
      if (type?.kind === 'type') this.define('type', type.name, location, true);
    }
    if (matched.restOperands !== undefined) this.define('values', matched.restOperands, location, true);
    for (const { value, type } of matched.attributes) {
      if (value.kind === 'attribute') this.define('attribute', value.name, location, true);
      if (type?.kind === 'type') this.define('type', type.name, location, true);
    }
    for (const type of matched.results) if (type.kind === 'type') this.define('type', type.name, location, true);
    if (matched.restResults !== undefined) this.define('types', matched.restResults, location, true);
    this.define('operation', matched.name, location, false);
    const names = matched.attributes.map(({ name }) => name);
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice !== undefined) this.error(location, `attribute '${twice}' is asked for twice`);
    if (matched.commutative && (matched.operands.length !== 2 || matched.restOperands !== undefined))
      this.error(location, `${this.opText(matched)} is commutative, so it takes exactly two operands`);
    if (matched.opName === undefined) return;
    const definition = this.declared(matched.opName, location);
    if (!definition) return;
    this.operandCount(definition, matched.operands.length, matched.restOperands !== undefined, location);
    const results = matched.results.length;
    const most = definition.results.some(({ constraint }) => constraint.arity !== 'one')
      ? Number.POSITIVE_INFINITY
      : definition.results.length;
    if (matched.restResults === undefined ? results !== most && most !== Number.POSITIVE_INFINITY : results > most)
      this.error(location, `'${definition.opName}' has ${most} results, the rule gives ${results} types`);
  }

  private operandCount(definition: OpDefinition, count: number, rest: boolean, location: Location | undefined): void {
    const free = definition.operands.some(({ constraint }) => constraint.arity !== 'one');
    const { length } = definition.operands;
    if (free || (rest ? count <= length : count === length)) return;
    this.error(location, `'${definition.opName}' has ${length} operands, the rule gives ${count}`);
  }

  /** The declaration of an operation, if its dialect is loaded. */
  private declared(opName: string, location: Location | undefined): OpDefinition | undefined {
    const { context } = this.setting;
    const definition = context.definitionNamed(opName);
    if (definition) return definition;
    const dot = opName.indexOf('.');
    const dialect = dot < 0 ? '' : opName.slice(0, dot);
    if (context.dialects.has(dialect)) this.error(location, `dialect '${dialect}' has no operation '${opName}'`);
    else if (!context.allowUnregistered)
      this.error(location, `operation '${opName}' is of a dialect that is not loaded; allow unregistered dialects`);
    return undefined;
  }

  /** Every operation must be reached from the root through operands. */
  private reached(): void {
    const { operations } = this.rule;
    const byName = new Map(operations.map((matched) => [matched.name, matched]));
    const seen = new Set<string>();
    const pending = [rootOf(this.rule)];
    for (let at = pending.pop(); at; at = pending.pop()) {
      if (seen.has(at.name)) continue;
      seen.add(at.name);
      for (const { value } of at.operands) {
        const next = value.kind === 'result' ? byName.get(value.of) : undefined;
        if (next) pending.push(next);
      }
    }
    for (const matched of operations)
      if (!seen.has(matched.name))
        this.error(
          matched.location,
          `'%${matched.name}' is not reached from the root ${this.opText(rootOf(this.rule))} through operands`,
        );
  }

  /** Asks that what is read is known and still there. */
  private read(terms: readonly Term[], location: Location | undefined): void {
    for (const term of terms) {
      if (term.kind === 'given-attribute' || term.kind === 'given-type') continue;
      const ofOperation = term.kind === 'result' || term.kind === 'results';
      const name = ofOperation ? term.of : term.name;
      const sort: Sort = ofOperation ? 'operation' : term.kind;
      const known = this.sorts.get(keyOf(sort, name));
      if (known === undefined) this.error(location, `'${termText(term)}' stands for nothing; it is not matched`);
      else if (known !== sort)
        this.error(location, `'${termText(term)}' is used as ${word[sort]}, but stands for ${word[known]}`);
      else if (sort === 'operation' && this.gone.has(name))
        this.error(location, `'${termText(term)}' is read after '%${name}' was replaced or erased`);
      else this.resultOfMade(term, location);
    }
  }

  /** A result of an operation that the rule makes must be known to exist. */
  private resultOfMade(term: Term, location: Location | undefined): void {
    if (term.kind !== 'result') return;
    const step = this.made.get(term.of);
    if (!step) return;
    const { types } = step;
    if (types === undefined) {
      if (!this.setting.context.definitionNamed(step.opName) && !this.replacesWith(step.name))
        this.error(location, `'${step.opName}' is not declared, so its result needs a type; write it after '->'`);
    } else if (term.at >= types.length && types.every(({ kind }) => kind !== 'types'))
      this.error(location, `'${step.opName}' is made with ${types.length} results, none is #${term.at}`);
  }

  private replacesWith(name: string): boolean {
    return this.rule.steps.some(
      (step) =>
        step.kind === 'replace' && step.by.length === 1 && step.by[0]?.kind === 'results' && step.by[0].of === name,
    );
  }

  private step(step: Step): void {
    const { location } = step;
    switch (step.kind) {
      case 'create':
        return this.create(step);
      case 'call':
        return this.call(step);
      case 'replace':
        this.read(step.by, location);
        this.notItself(step.operation, step.by, location);
        return this.takeAway(step.operation, location);
      default:
        this.notKept(step.operation, location);
        return this.takeAway(step.operation, location);
    }
  }

  private create(step: CreateStep): void {
    const { location } = step;
    this.read(step.operands, location);
    this.read(
      step.attributes.map(({ value }) => value),
      location,
    );
    this.read(step.types ?? [], location);
    this.define('operation', step.name, location, false);
    this.made.set(step.name, step);
    const definition = this.declared(step.opName, location);
    if (!definition) return;
    if (definition.regions.some(({ many }) => !many) || definition.successors.length > 0)
      this.error(location, `'${step.opName}' has regions or successors, which a rule cannot make`);
    const rest = step.operands.some(({ kind }) => kind === 'values' || kind === 'results');
    if (!rest) this.operandCount(definition, step.operands.length, false, location);
    for (const { name, kind } of definition.attributes)
      if (kind.presence === 'required' && !step.attributes.some((given) => given.name === name))
        this.error(location, `'${step.opName}' needs attribute '${name}', expected ${kind.text}`);
  }

  private call(step: CallStep): void {
    const { location } = step;
    const native = this.native(step.native, 'function', step.arguments, location);
    this.read(step.arguments, location);
    if (native?.kind === 'function') {
      const given = step.results.map(({ sort }) => sort).join(', ');
      const made = native.results.join(', ');
      if (given !== made) this.error(location, `'${step.native}' gives ${made || 'nothing'}, found names for ${given}`);
    }
    for (const { sort, name } of step.results) this.define(sort, name, location, false);
  }

  private native(
    name: string,
    kind: 'condition' | 'function',
    given: readonly Term[],
    location: Location | undefined,
  ): ReturnType<Natives['get']> {
    const { natives } = this.setting;
    if (!natives) return undefined;
    const native = natives.get(name);
    if (native?.kind !== kind) {
      const known = [...natives].filter(([, one]) => one.kind === kind).map(([known]) => known);
      this.error(
        location,
        native
          ? `'${name}' is a ${native.kind}, expected a ${kind}`
          : `no ${kind} '${name}'; known: ${known.join(', ')}`,
      );
      return undefined;
    }
    const sorts = given.map(sortOf);
    const { parameters } = native;
    if (parameters && (sorts.length !== parameters.length || sorts.some((sort, at) => sort !== parameters[at])))
      this.error(
        location,
        `'${name}' takes (${parameters.join(', ')}), found (${sorts.join(', ')}): ${given.map(termText).join(', ')}`,
      );
    return native;
  }

  /** What replaces an operation must not read it, as it would then read itself. */
  private notItself(replaced: string, by: readonly Term[], location: Location | undefined): void {
    const seen = new Set<string>();
    const pending = [...by];
    for (let term = pending.pop(); term; term = pending.pop()) {
      if (term.kind !== 'result' && term.kind !== 'results') continue;
      if (term.of === replaced)
        return this.error(location, `what replaces '%${replaced}' reads it; it would read itself`);
      if (seen.has(term.of)) continue;
      seen.add(term.of);
      pending.push(...(this.made.get(term.of)?.operands ?? []));
    }
  }

  /** Nothing that the rule makes or leaves may read what it erases. */
  private notKept(erased: string, location: Location | undefined): void {
    const reads = this.rule.steps.some((step) => {
      const terms = step.kind === 'create' ? step.operands : step.kind === 'replace' ? step.by : [];
      return terms.some((term) => (term.kind === 'result' || term.kind === 'results') && term.of === erased);
    });
    if (reads) this.error(location, `'%${erased}' is erased, but the rule still reads it`);
  }

  private takeAway(name: string, location: Location | undefined): void {
    if (!this.rule.operations.some((matched) => matched.name === name))
      return this.error(location, `'%${name}' is no matched operation, so it cannot be replaced or erased`);
    if (this.gone.has(name)) this.error(location, `'%${name}' is replaced or erased twice`);
    this.gone.add(name);
  }
}

const word: Readonly<Record<Sort, string>> = {
  operation: 'an operation',
  value: 'a value',
  values: 'a list of values',
  attribute: 'an attribute',
  type: 'a type',
  types: 'a list of types',
};
