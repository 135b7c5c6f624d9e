/** Rules as a module of upstream's pattern dialect, PDL. */
import {
  arrayAttribute,
  boolAttribute,
  denseArrayAttribute,
  integerAttribute,
  stringAttribute,
  type Attribute,
  typeAttribute,
} from '../../../ir/attribute.ts';
import type { Block } from '../../../ir/block.ts';
import type { Context } from '../../../ir/context.ts';
import type { NamedAttribute } from '../../../ir/dictionary-table.ts';
import type { Location } from '../../../ir/location.ts';
import type { Operation } from '../../../ir/operation.ts';
import { dialectType, i32, integerType, type Type } from '../../../ir/type.ts';
import type { Value } from '../../../ir/value.ts';
import { operandSegments } from '../../../ir/view.ts';
import { expandOrders } from '../compile-rule.ts';
import { keyOf } from '../frame.ts';
import {
  type MatchedOperation,
  type RuleData,
  rootOf,
  type Sort,
  type Step,
  type Term,
  type TypeTerm,
} from '../rule-data.ts';

/** The attribute of a pattern that keeps the groups of a rule. */
export const groupsAttribute = 'groups';

const pdl = (name: string): Type => dialectType('pdl', `.${name}`);
/** PDL's types by what they stand for. */
export const pdlTypes: Readonly<Record<Sort, Type>> = {
  operation: pdl('operation'),
  value: pdl('value'),
  values: pdl('range<value>'),
  attribute: pdl('attribute'),
  type: pdl('type'),
  types: pdl('range<type>'),
};

/**
 * Adds one `pdl.pattern` for each rule to the end of `into`; a rule with commutative operations
 * becomes one for every order of their operands.
 */
export function exportRules(rules: readonly RuleData[], into: Block): void {
  const { context } = into;
  for (const rule of rules)
    for (const plain of expandOrders(rule, context)) into.append(new RuleExport(context, plain).pattern());
}

type Named = Readonly<Record<string, Attribute | undefined>>;

class RuleExport {
  private readonly context: Context;
  private readonly rule: RuleData;
  private readonly values: Map<string, Value>;
  /** The types that are asked of captured values and attributes, by the key of the capture. */
  private readonly asked: Map<string, TypeTerm>;
  private block: Block;

  constructor(context: Context, rule: RuleData) {
    this.context = context;
    this.rule = rule;
    this.values = new Map();
    this.asked = new Map();
    this.block = context.newBlock();
    for (const { operands, attributes } of rule.operations) {
      for (const { value, type } of operands)
        if (type && value.kind === 'value') this.asked.set(keyOf('value', value.name), type);
      for (const { value, type } of attributes)
        if (type && value.kind === 'attribute') this.asked.set(keyOf('attribute', value.name), type);
    }
  }

  pattern(): Operation {
    const { rule, context } = this;
    for (const matched of rule.operations) this.matched(matched);
    for (const { native, negated, arguments: given, location } of rule.conditions)
      this.add('apply_native_constraint', this.terms(given), [], {
        location,
        properties: { name: stringAttribute(native), isNegated: boolAttribute(negated) },
      });
    const rewrite = this.add('rewrite', [this.term({ kind: 'operation', name: rootOf(rule).name })], [], {
      regions: 1,
      properties: segmentsOf(1, 0),
    });
    const body = this.block;
    this.block = rewrite.region().addBlock();
    for (const step of rule.steps) this.step(step);
    const pattern = context.create('pdl.pattern', [], [], {
      regions: 1,
      attributes: [
        ...properties({
          benefit: integerAttribute(rule.benefit, integerType(16)),
          sym_name: stringAttribute(rule.name),
        }),
        ...(rule.groups.length === 0
          ? []
          : [
              {
                name: groupsAttribute,
                value: arrayAttribute(rule.groups.map((group) => stringAttribute(group))),
                property: false,
              },
            ]),
      ],
      ...(rule.location ? { location: rule.location } : {}),
    });
    pattern.region().append(body);
    return pattern;
  }

  private add(
    name: string,
    operands: readonly Value[],
    results: readonly Sort[],
    parts: { readonly location?: Location | undefined; readonly regions?: number; readonly properties?: Named } = {},
  ): Operation {
    const made = this.context.create(
      `pdl.${name}`,
      operands,
      results.map((sort) => pdlTypes[sort]),
      {
        attributes: properties(parts.properties ?? {}),
        regions: parts.regions ?? 0,
        ...(parts.location ? { location: parts.location } : {}),
      },
    );
    this.block.append(made);
    return made;
  }

  private matched(matched: MatchedOperation): void {
    const operands = this.terms(matched.operands.map(({ value }) => value));
    // An asked type of an operation's result, too, is asked where the operation says its results.
    if (matched.restOperands !== undefined) operands.push(this.term({ kind: 'values', name: matched.restOperands }));
    const attributes = this.terms(matched.attributes.map(({ value }) => value));
    const types = this.terms(matched.results);
    if (matched.restResults !== undefined) types.push(this.term({ kind: 'types', name: matched.restResults }));
    this.operation(matched, operands, attributes, types);
  }

  private operation(
    of: {
      readonly name: string;
      readonly opName: string | undefined;
      readonly attributes: readonly { readonly name: string }[];
      readonly location?: Location | undefined;
    },
    operands: readonly Value[],
    attributes: readonly Value[],
    types: readonly Value[],
  ): void {
    const made = this.add('operation', [...operands, ...attributes, ...types], ['operation'], {
      location: of.location,
      properties: {
        attributeValueNames: arrayAttribute(of.attributes.map(({ name }) => stringAttribute(name))),
        opName: of.opName === undefined ? undefined : stringAttribute(of.opName),
        ...segmentsOf(operands.length, attributes.length, types.length),
      },
    });
    this.values.set(keyOf('operation', of.name), made.result());
  }

  private terms(terms: readonly Term[]): Value[] {
    return terms.map((term) => this.term(term));
  }

  /** The value that stands for a term, made where it is first needed. */
  private term(term: Term): Value {
    switch (term.kind) {
      case 'given-attribute':
        return this.add('attribute', [], ['attribute'], { properties: { value: term.value } }).result();
      case 'given-type':
        return this.add('type', [], ['type'], { properties: { constantType: typeAttribute(term.value) } }).result();
      case 'result': {
        const of = this.term({ kind: 'operation', name: term.of });
        return this.add('result', [of], ['value'], { properties: { index: integerAttribute(term.at, i32) } }).result();
      }
      case 'results':
        return this.add('results', [this.term({ kind: 'operation', name: term.of })], ['values']).result();
      default: {
        const key = keyOf(term.kind, term.name);
        const known = this.values.get(key);
        if (known) return known;
        const made = this.capture(term.kind, key);
        this.values.set(key, made);
        return made;
      }
    }
  }

  private capture(sort: Sort, key: string): Value {
    const asked = this.asked.get(key);
    const type = asked ? [this.term(asked)] : [];
    const names = {
      value: 'operand',
      values: 'operands',
      attribute: 'attribute',
      type: 'type',
      types: 'types',
    } as const;
    if (sort === 'operation') throw new Error(`operation ${key} is read before it is matched`);
    return this.add(names[sort], type, [sort]).result();
  }

  private step(step: Step): void {
    const { location } = step;
    switch (step.kind) {
      case 'create':
        this.operation(
          step,
          this.terms(step.operands),
          this.terms(step.attributes.map(({ value }) => value)),
          this.terms(step.types ?? []),
        );
        return;
      case 'call': {
        const sorts = step.results.map(({ sort }) => sort);
        const properties = { name: stringAttribute(step.native) };
        const made = this.add('apply_native_rewrite', this.terms(step.arguments), sorts, { location, properties });
        for (const [at, { sort, name }] of step.results.entries()) this.values.set(keyOf(sort, name), made.result(at));
        return;
      }
      case 'replace': {
        const root = this.term({ kind: 'operation', name: step.operation });
        const [only] = step.by;
        // Written as the operation, so that an operation without types takes those of what it replaces.
        const whole = step.by.length === 1 && only?.kind === 'results';
        const by = whole ? [this.term({ kind: 'operation', name: only.of })] : this.terms(step.by);
        this.add('replace', [root, ...by], [], {
          location,
          properties: segmentsOf(1, whole ? 1 : 0, whole ? 0 : by.length),
        });
        return;
      }
      default:
        this.add('erase', [this.term({ kind: 'operation', name: step.operation })], [], { location });
    }
  }
}

const segmentsOf = (...sizes: readonly number[]): Named => ({ [operandSegments]: denseArrayAttribute(sizes, i32) });

const properties = (named: Named): NamedAttribute[] =>
  Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value, property: true }]));
