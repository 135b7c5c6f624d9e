/** Rules from a module of upstream's pattern dialect, PDL. */
import type { Attribute } from '../../../ir/attribute.ts';
import { type Diagnostic, DiagnosticError, errorAt } from '../../../ir/diagnostic.ts';
import type { Operation } from '../../../ir/operation.ts';
import type { Value } from '../../../ir/value.ts';
import { operandSegments, storedSegments } from '../../../ir/view.ts';
import type {
  AttributePattern,
  Condition,
  MatchedOperation,
  OperandPattern,
  OperationTerm,
  RuleData,
  Sort,
  Step,
  Term,
  TypesTerm,
  TypeTerm,
  ValuesTerm,
  ValueTerm,
} from '../rule-data.ts';
import { groupsAttribute, pdlTypes } from './export-pdl.ts';

/**
 * The rules that the `pdl.pattern` operations inside `root` say. Throws a `DiagnosticError` with
 * every pattern that rules cannot say.
 */
export function importRules(root: Operation): readonly RuleData[] {
  const rules: RuleData[] = [];
  const errors: Diagnostic[] = [];
  root.walk((operation) => {
    if (operation.name !== 'pdl.pattern') return true;
    try {
      rules.push(new PatternImport(operation, rules.length).rule());
    } catch (error) {
      // Nothing verifies PDL here, so an operand or a result may be missing.
      if (error instanceof RangeError)
        errors.push(errorAt(operation.location, `'${operation.name}' is no valid PDL: ${error.message}`));
      else if (error instanceof DiagnosticError) errors.push(...error.diagnostics);
      else throw error;
    }
    return false;
  });
  if (errors.length > 0) throw new DiagnosticError(errors);
  return rules;
}

const fail = (operation: Operation, message: string): never => {
  throw new DiagnosticError([errorAt(operation.location, `'${operation.name}' ${message}`)]);
};

const textOf = (operation: Operation, name: string): string | undefined => {
  const attribute = operation.attribute(name);
  return attribute?.kind === 'string' ? attribute.value : undefined;
};

const sortOfValue = (value: Value): Sort | undefined =>
  (Object.keys(pdlTypes) as Sort[]).find((sort) => pdlTypes[sort] === value.type);

class PatternImport {
  private readonly pattern: Operation;
  private readonly number: number;
  private readonly terms: Map<Value, Term>;
  private readonly operations: MatchedOperation[];
  private readonly conditions: Condition[];
  private readonly steps: Step[];
  private next: number;

  constructor(pattern: Operation, number: number) {
    this.pattern = pattern;
    this.number = number;
    this.terms = new Map();
    this.operations = [];
    this.conditions = [];
    this.steps = [];
    this.next = 0;
  }

  rule(): RuleData {
    const { pattern } = this;
    const body = pattern.regions[0]?.entry;
    if (!body) return fail(pattern, 'has no body');
    let rewrite: Operation | undefined;
    for (const operation of body.operations) {
      if (operation.name === 'pdl.rewrite') rewrite = operation;
      else this.matchedPart(operation);
    }
    if (!rewrite) return fail(pattern, "has no 'pdl.rewrite'");
    if (textOf(rewrite, 'name') !== undefined)
      fail(rewrite, 'calls a native function for all of it, which rules do not');
    this.rootLast(rewrite);
    const steps = rewrite.regions[0]?.entry;
    if (!steps) return fail(rewrite, 'has no body');
    for (const operation of steps.operations) this.step(operation);
    const benefit = pattern.attribute('benefit');
    const groups = pattern.attribute(groupsAttribute);
    return {
      name: textOf(pattern, 'sym_name') ?? `pattern-${this.number}`,
      benefit: benefit?.kind === 'integer' ? Number(benefit.value) : 1,
      groups:
        groups?.kind === 'array' ? groups.elements.flatMap((one) => (one.kind === 'string' ? [one.value] : [])) : [],
      operations: this.operations,
      conditions: this.conditions,
      steps: this.steps,
      location: pattern.location,
    };
  }

  private freshName(): string {
    return String(this.next++);
  }

  /** Puts the root of the rewrite last; without one, the operation that no other reads is it. */
  private rootLast(rewrite: Operation): void {
    const [given] = rewrite.operands;
    const read = new Set(
      this.operations.flatMap(({ operands }) =>
        operands.flatMap(({ value }) => (value.kind === 'result' ? value.of : [])),
      ),
    );
    const term = given && this.term(given);
    const names =
      term?.kind === 'operation'
        ? [term.name]
        : this.operations.map(({ name }) => name).filter((name) => !read.has(name));
    const [root, another] = names;
    if (root === undefined || another !== undefined)
      return fail(rewrite, `has ${names.length} operations that may be the root, expected one`);
    const at = this.operations.findIndex(({ name }) => name === root);
    const [moved] = this.operations.splice(at, 1);
    if (moved) this.operations.push(moved);
  }

  private term(value: Value): Term {
    const known = this.terms.get(value);
    if (known) return known;
    const { owner } = value;
    return owner ? fail(owner, 'is read where rules cannot say so') : fail(this.pattern, 'reads a block argument');
  }

  /** A term that must be of some kinds. */
  private termOf<K extends Term['kind']>(
    value: Value,
    kinds: readonly K[],
    reader: Operation,
  ): Extract<Term, { kind: K }> {
    const term = this.term(value);
    return (kinds as readonly string[]).includes(term.kind)
      ? (term as Extract<Term, { kind: K }>)
      : fail(reader, `reads ${value.type.text} where rules cannot say so`);
  }

  /** The groups of operands of an operation that keeps their sizes. */
  private segments(operation: Operation, count: number): readonly (readonly Value[])[] {
    const sizes = storedSegments(operation, operandSegments);
    if (sizes?.length !== count) return fail(operation, `needs '${operandSegments}' with ${count} numbers`);
    let at = 0;
    const { operands } = operation;
    const groups = sizes.map((size) => operands.slice(at, (at += size)));
    return at === operands.length
      ? groups
      : fail(operation, `has ${operands.length} operands, '${operandSegments}' counts ${at}`);
  }

  private define(value: Value, term: Term): void {
    this.terms.set(value, term);
  }

  /** What a match and a rewrite have in common: constants and results. Whether it was such a part. */
  private commonPart(operation: Operation): boolean {
    switch (operation.name) {
      case 'pdl.result': {
        const at = operation.attribute('index');
        const { name: of } = this.termOf<'operation'>(operation.operand(0), ['operation'], operation) as OperationTerm;
        this.define(operation.result(), { kind: 'result', of, at: at?.kind === 'integer' ? Number(at.value) : 0 });
        return true;
      }
      case 'pdl.results': {
        const { name: of } = this.termOf<'operation'>(operation.operand(0), ['operation'], operation) as OperationTerm;
        if (operation.attribute('index')) fail(operation, 'takes a group of results, which rules do not');
        this.define(operation.result(), { kind: 'results', of });
        return true;
      }
      case 'pdl.attribute': {
        const value = operation.attribute('value');
        if (value) this.define(operation.result(), { kind: 'given-attribute', value });
        return value !== undefined;
      }
      case 'pdl.type': {
        const type = operation.attribute('constantType');
        if (type?.kind === 'type') this.define(operation.result(), { kind: 'given-type', value: type.type });
        return type !== undefined;
      }
      default:
        return false;
    }
  }

  private matchedPart(operation: Operation): void {
    if (this.commonPart(operation)) return;
    const { name } = operation;
    switch (name) {
      case 'pdl.operand':
      case 'pdl.operands':
      case 'pdl.attribute':
      case 'pdl.type':
      case 'pdl.types': {
        const result = operation.result();
        if (operation.attribute('constantTypes') || (name === 'pdl.operands' && operation.operandCount > 0))
          fail(operation, 'with types is nothing that rules say');
        const kind = sortOfValue(result);
        if (kind === undefined) return fail(operation, `gives ${result.type.text}`);
        this.define(result, { kind, name: this.freshName() } as Term);
        return;
      }
      case 'pdl.operation':
        return this.matched(operation);
      case 'pdl.apply_native_constraint': {
        if (operation.resultCount > 0) fail(operation, 'gives results, which conditions of rules do not');
        const negated = operation.attribute('isNegated');
        this.conditions.push({
          native: textOf(operation, 'name') ?? '',
          negated: negated?.kind === 'bool' && negated.value,
          arguments: operation.operands.map((value) => this.term(value)),
          location: operation.location,
        });
        return;
      }
      default:
        fail(operation, 'is nothing that rules match');
    }
  }

  private matched(operation: Operation): void {
    const [operands = [], attributes = [], types = []] = this.segments(operation, 3);
    const asked = (value: Value): TypeTerm | undefined => {
      const owner = value.owner as Operation;
      const typed = owner.name === 'pdl.operand' || owner.name === 'pdl.attribute';
      return typed && owner.operandCount > 0
        ? (this.termOf(owner.operand(0), ['type', 'given-type'], owner) as TypeTerm)
        : undefined;
    };
    const patterns: OperandPattern[] = [];
    let restOperands: string | undefined;
    for (const [at, value] of operands.entries()) {
      const term = this.termOf(value, ['value', 'result', 'values'], operation) as ValueTerm | ValuesTerm;
      if (term.kind === 'values') {
        if (at < operands.length - 1) fail(operation, 'has a range of operands before others; rules have it last');
        restOperands = term.name;
      } else patterns.push(withType({ value: term as ValueTerm }, asked(value)));
    }
    const results: TypeTerm[] = [];
    let restResults: string | undefined;
    for (const [at, value] of types.entries()) {
      const term = this.termOf(value, ['type', 'given-type', 'types'], operation);
      if (term.kind === 'types') {
        if (at < types.length - 1) fail(operation, 'has a range of types before others; rules have it last');
        restResults = term.name;
      } else results.push(term as TypeTerm);
    }
    const names = this.attributeNames(operation);
    const name = this.freshName();
    this.operations.push({
      name,
      opName: textOf(operation, 'opName'),
      commutative: false,
      operands: patterns,
      restOperands,
      attributes: attributes.map((value, at): AttributePattern => {
        const term = this.termOf(value, ['attribute', 'given-attribute'], operation) as AttributePattern['value'];
        return withType({ name: names[at] ?? '', value: term }, asked(value));
      }),
      results,
      restResults,
      location: operation.location,
    });
    this.define(operation.result(), { kind: 'operation', name });
  }

  private attributeNames(operation: Operation): readonly string[] {
    const names: Attribute | undefined = operation.attribute('attributeValueNames');
    return names?.kind === 'array' ? names.elements.map((one) => (one.kind === 'string' ? one.value : '')) : [];
  }

  private step(operation: Operation): void {
    if (this.commonPart(operation)) return;
    const { location } = operation;
    switch (operation.name) {
      case 'pdl.operation':
        return this.created(operation);
      case 'pdl.apply_native_rewrite': {
        const results = operation.results.map((value) => {
          const sort = sortOfValue(value);
          if (sort === undefined) return fail(operation, `gives ${value.type.text}`);
          const name = this.freshName();
          this.define(value, { kind: sort, name } as Term);
          return { name, sort };
        });
        const given = operation.operands.map((value) => this.term(value));
        this.steps.push({ kind: 'call', native: textOf(operation, 'name') ?? '', arguments: given, results, location });
        return;
      }
      case 'pdl.replace': {
        const [[replaced] = [], [by] = [], values = []] = this.segments(operation, 3);
        const root = replaced && this.term(replaced);
        if (root?.kind !== 'operation') return fail(operation, 'replaces no operation of the rule');
        const whole = by && this.term(by);
        this.steps.push({
          kind: 'replace',
          operation: root.name,
          by:
            whole?.kind === 'operation'
              ? [{ kind: 'results', of: whole.name }]
              : values.map(
                  (value) =>
                    this.termOf(value, ['value', 'values', 'result', 'results'], operation) as ValueTerm | ValuesTerm,
                ),
          location,
        });
        return;
      }
      case 'pdl.erase': {
        const erased = this.term(operation.operand(0));
        if (erased.kind !== 'operation') return fail(operation, 'erases no operation of the rule');
        this.steps.push({ kind: 'erase', operation: erased.name, location });
        return;
      }
      default:
        fail(operation, 'is nothing that rules do');
    }
  }

  private created(operation: Operation): void {
    const [operands = [], attributes = [], types = []] = this.segments(operation, 3);
    const names = this.attributeNames(operation);
    const name = this.freshName();
    this.steps.push({
      kind: 'create',
      name,
      opName: textOf(operation, 'opName') ?? fail(operation, 'is made without a name'),
      operands: operands.map(
        (value) => this.termOf(value, ['value', 'values', 'result', 'results'], operation) as ValueTerm | ValuesTerm,
      ),
      attributes: attributes.map((value, at) => ({
        name: names[at] ?? '',
        value: this.termOf(value, ['attribute', 'given-attribute'], operation) as AttributePattern['value'],
      })),
      types:
        types.length === 0
          ? undefined
          : types.map(
              (value) => this.termOf(value, ['type', 'given-type', 'types'], operation) as TypeTerm | TypesTerm,
            ),
      location: operation.location,
    });
    this.define(operation.result(), { kind: 'operation', name });
  }
}

const withType = <T extends object>(pattern: T, type: TypeTerm | undefined): T & { readonly type?: TypeTerm } =>
  type === undefined ? pattern : { ...pattern, type };
