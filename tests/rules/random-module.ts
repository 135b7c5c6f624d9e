/** Random modules in which given rules have something to do. */
import type { MatchedOperation, RuleData, TypeTerm } from '../../rewrite/rules/index.ts';
import type { Random } from '../../tools/check/random.ts';
import { attributes, keys, opName, types } from './random-rules.ts';

/** Attributes that do not say their type. */
const typed: Readonly<Record<string, string>> = { i1: 'true', none: '"x"' };

interface Held {
  readonly text: string;
  readonly type: string;
}

/** The text of a module named `ir` with instances of what `rules` match, some of them spoilt. */
export function randomModule(random: Random, rules: readonly RuleData[]): string {
  return new ModuleText(random).module(rules);
}

class ModuleText {
  private readonly random: Random;
  private readonly lines: string[];
  private values: Held[];
  private next: number;
  private indent: string;

  constructor(random: Random) {
    this.random = random;
    this.lines = [];
    this.values = [];
    this.next = 0;
    this.indent = '  ';
  }

  module(rules: readonly RuleData[]): string {
    const { random } = this;
    for (let at = 2 + random.below(3); at > 0; at--)
      this.operation('t.source', [], [], this.someTypes(1 + random.below(2)));
    for (let at = 2 + random.below(8); at > 0; at--) {
      if (random.once(8)) this.nested(rules);
      else this.part(rules);
    }
    this.operation(
      't.sink',
      this.values.filter(() => random.once(2)),
      [],
      [],
    );
    return ['module @ir {', ...this.lines, '}', ''].join('\n');
  }

  private part(rules: readonly RuleData[]): void {
    const { random } = this;
    if (random.once(4)) {
      const operands = Array.from({ length: random.below(3) }, () => this.value(undefined));
      this.operation(opName(random, random.below(7)), operands, this.someEntries(), this.someTypes(random.below(3)));
    } else this.instance(random.pick(rules));
  }

  /** An operation with a region, which reads what is outside. */
  private nested(rules: readonly RuleData[]): void {
    const { random } = this;
    this.lines.push(`${this.indent}"t.region"() ({`);
    const { indent, values } = this;
    this.indent = `${indent}  `;
    this.values = [...values];
    for (let at = 1 + random.below(2); at > 0; at--) this.part(rules);
    this.operation('t.yield', [this.value(undefined)], [], []);
    this.values = values;
    this.indent = indent;
    this.lines.push(`${indent}}) : () -> ()`);
  }

  private someTypes(count: number): readonly string[] {
    return Array.from({ length: count }, () => this.random.pick(types));
  }

  private someEntries(): readonly string[] {
    return keys.flatMap((key) => (this.random.once(4) ? [`${key} = ${this.random.pick(attributes)}`] : []));
  }

  /** An existing value, of a type when one is wanted. */
  private value(type: string | undefined): Held {
    const fitting = this.values.filter((value) => type === undefined || value.type === type);
    if (fitting.length > 0) return this.random.pick(fitting.slice(-6));
    const [made] = this.operation('t.source', [], [], [type ?? 'i32']);
    return made as Held;
  }

  private operation(
    name: string,
    operands: readonly Held[],
    entries: readonly string[],
    results: readonly string[],
  ): Held[] {
    const number = this.next++;
    const made = results.map(
      (type, at): Held => ({
        text: results.length === 1 ? `%${number}` : `%${number}#${at}`,
        type,
      }),
    );
    this.values.push(...made);
    const left = results.length === 0 ? '' : results.length === 1 ? `%${number} = ` : `%${number}:${results.length} = `;
    const dictionary = entries.length > 0 ? ` {${entries.join(', ')}}` : '';
    this.lines.push(
      `${this.indent}${left}"${name}"(${operands.map(({ text }) => text).join(', ')})${dictionary} : ` +
        `(${operands.map(({ type }) => type).join(', ')}) -> (${results.join(', ')})`,
    );
    return made;
  }

  /** Operations that a rule matches, with a fault now and then. */
  private instance(rule: RuleData): void {
    const names = new Map<string, unknown>();
    const spoilt = this.random.once(4) ? this.random.below(rule.operations.length) : -1;
    for (const [at, matched] of rule.operations.entries()) this.matching(matched, names, at === spoilt);
  }

  private bound<T>(names: Map<string, unknown>, key: string, make: () => T): T {
    const known = names.get(key);
    if (known !== undefined) return known as T;
    const made = make();
    names.set(key, made);
    return made;
  }

  private typeOf(term: TypeTerm, names: Map<string, unknown>): string {
    return term.kind === 'given-type'
      ? term.value.text
      : this.bound(names, `!${term.name}`, () => this.random.pick(types));
  }

  private matching(matched: MatchedOperation, names: Map<string, unknown>, spoil: boolean): void {
    const { random } = this;
    let operands = matched.operands.map(({ value, type }): Held => {
      if (value.kind === 'result') return (names.get(`%${value.of}`) as Held[])[value.at] ?? this.value(undefined);
      return this.bound(names, `%${value.name}`, () => this.value(type && this.typeOf(type, names)));
    });
    if (matched.commutative && random.once(2)) operands = operands.toReversed();
    if (matched.restOperands !== undefined)
      operands.push(
        ...this.bound(names, `%${matched.restOperands}...`, () =>
          Array.from({ length: random.below(3) }, () => this.value(undefined)),
        ),
      );
    let entries = matched.attributes.map(({ name, value, type }) => {
      const one = (): string => {
        const wanted = type && this.typeOf(type, names);
        return random.pick(
          attributes
            .filter((text) => wanted === undefined || text.endsWith(`: ${wanted}`) || text === typed[wanted])
            .concat(wanted === undefined ? [] : ['0 : i32']),
        );
      };
      const text = value.kind === 'given-attribute' ? value.value.text : this.bound(names, `#${value.name}`, one);
      return `${name} = ${text}`;
    });
    let results = matched.results.map((term) => this.typeOf(term, names));
    if (matched.restResults !== undefined)
      results.push(...this.bound(names, `!${matched.restResults}...`, () => [...this.someTypes(random.below(4))]));
    let name = matched.opName ?? opName(random, random.below(7));
    if (spoil) {
      const how = random.below(6);
      if (how === 0) name = opName(random, random.below(7));
      else if (how === 1) operands = [...operands, this.value(undefined)];
      else if (how === 2) entries = entries.slice(1);
      else if (how === 3) results = [...results, 'i32'];
      // Another value or type where the rule may ask for the same again.
      else if (how === 4) operands = operands.map((one) => (random.once(2) ? this.value(one.type) : one));
      else results = results.map((one) => (random.once(2) ? random.pick(types) : one));
    } else if (random.once(4)) entries = [...entries, 'more = 1 : i8'];
    names.set(`%${matched.name}`, this.operation(name, operands, entries, results));
  }
}
