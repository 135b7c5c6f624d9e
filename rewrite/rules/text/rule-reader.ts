/**
 * The reader of rule text. Operations are written in parentheses, with values as `%x`, attributes
 * as `#a` and types as `!t`; what is written twice must be equal. `docs/rules.md` has the grammar.
 */
import type { Location } from '../../../ir/location.ts';
import { failAt } from '../../../ir/text/failure.ts';
import type { FragmentParser } from '../../../ir/text/fragment.ts';
import { token } from '../../../ir/text/token.ts';
import type { Natives } from '../native.ts';
import type {
  AttributePattern,
  Condition,
  MatchedOperation,
  OperandPattern,
  RuleData,
  Sort,
  TypesTerm,
  ValuesTerm,
  ValueTerm,
} from '../rule-data.ts';
import { RuleExpressions } from './rule-expressions.ts';
import { RuleTokens } from './rule-tokens.ts';

const sorts: readonly Sort[] = ['operation', 'value', 'values', 'attribute', 'type', 'types'];

/** Reads all rules of a text; throws a `ParseFailure`. */
export function readRules(parser: FragmentParser, natives: Natives): readonly RuleData[] {
  const tokens = new RuleTokens(parser);
  const rules: RuleData[] = [];
  const names = new Set<string>();
  while (tokens.kind !== token.EOF) {
    const { start } = tokens;
    const rule = new RuleReader(tokens, natives).rule();
    if (names.has(rule.name)) failAt(`rule '${rule.name}' is defined twice`, start);
    names.add(rule.name);
    rules.push(rule);
  }
  return rules;
}

/** Reads one rule. */
class RuleReader extends RuleExpressions {
  private readonly operations: MatchedOperation[];
  private root: string;

  constructor(tokens: RuleTokens, natives: Natives) {
    super(tokens, natives);
    this.operations = [];
    this.root = '';
  }

  rule(): RuleData {
    const { tokens } = this;
    const location = tokens.location();
    tokens.keyword('rule');
    const name = tokens.name("the rule's name");
    const benefit = tokens.takeKeyword('benefit') ? tokens.integer('the benefit') : 1;
    const groups: string[] = [];
    if (tokens.takeKeyword('group'))
      do groups.push(tokens.name('the name of a group'));
      while (tokens.take(token.COMMA));
    tokens.expect(token.LBRACE, "'{'");
    this.matchSide();
    const conditions: Condition[] = [];
    if (tokens.takeKeyword('where'))
      do conditions.push(this.condition());
      while (tokens.take(token.COMMA));
    tokens.arrow();
    this.rewriteSide();
    tokens.expect(token.RBRACE, "a step or '}'");
    return { name, benefit, groups, operations: this.operations, conditions, steps: this.steps, location };
  }

  // What is matched.

  private matchSide(): void {
    const { tokens } = this;
    for (let more = true; more; ) {
      const { start } = tokens;
      let name: string | undefined;
      if (tokens.kind === token.VALUE_ID) {
        name = tokens.plainValue('an operation');
        tokens.expect(token.EQUAL, "'=' and an operation");
      }
      if (tokens.kind !== token.LPAREN)
        tokens.unexpected(name === undefined ? 'an operation in parentheses' : "'(' that begins an operation");
      this.root = this.matched(name);
      more = tokens.kind === token.LPAREN || tokens.kind === token.VALUE_ID;
      if (start === tokens.start) break;
    }
  }

  /** `(name operands {attributes} -> types)`; gives what the rule calls the operation. */
  private matched(given: string | undefined): string {
    const { tokens } = this;
    const location = tokens.location();
    const { opName, commutative } = this.opening();
    const operands: OperandPattern[] = [];
    let restOperands: string | undefined;
    while (this.moreOperands(operands.length === 0)) {
      const rest = tokens.rest();
      if (rest !== undefined) {
        restOperands = rest === '' ? this.freshName() : rest;
        if (tokens.kind === token.COMMA) failAt('the rest of the operands comes last', tokens.start);
        break;
      }
      operands.push(this.matchedOperand());
    }
    const attributes: AttributePattern[] = [];
    if (tokens.kind === token.LBRACE) this.dictionary((name) => attributes.push(this.matchedAttribute(name)));
    const { types, rest } = this.resultTypes() ?? { types: [], rest: '' };
    tokens.expect(token.RPAREN, "')' that closes the operation");
    this.depth--;
    const name = given ?? this.freshName();
    this.operationNames.add(name);
    this.operations.push({
      name,
      opName,
      commutative,
      operands,
      restOperands,
      attributes,
      results: types,
      restResults: rest === '' ? this.freshName() : rest,
      location,
    });
    return name;
  }

  private matchedOperand(): OperandPattern {
    const { tokens } = this;
    if (tokens.kind === token.LPAREN) {
      const of = this.matched(undefined);
      return { value: { kind: 'result', of, at: tokens.resultNumber() ?? 0 } };
    }
    const value = this.value();
    if (!tokens.take(token.COLON)) return { value };
    return { value, type: this.type() };
  }

  private matchedAttribute(name: string): AttributePattern {
    const { tokens } = this;
    const value = tokens.attribute();
    return value.kind === 'attribute' && tokens.take(token.COLON)
      ? { name, value, type: this.type() }
      : { name, value };
  }

  // Conditions and native helpers.

  private condition(): Condition {
    const { tokens } = this;
    const location = tokens.location();
    const negated = tokens.takeKeyword('not');
    const native = tokens.name('a condition');
    return { native, negated, arguments: this.arguments(), location };
  }

  // What is made of it.

  private rewriteSide(): void {
    const { tokens } = this;
    const { start } = tokens;
    while (tokens.kind !== token.RBRACE && tokens.kind !== token.EOF) this.step();
    if (start === tokens.start) tokens.unexpected("what replaces the root, or 'erase'");
  }

  private step(): void {
    const { tokens } = this;
    const location = tokens.location();
    if (tokens.takeKeyword('erase')) {
      const operation = tokens.kind === token.VALUE_ID ? tokens.plainValue('an operation') : this.root;
      this.steps.push({ kind: 'erase', operation, location });
      return;
    }
    if (tokens.takeKeyword('let')) return this.several(location);
    if (tokens.takeKeyword('replace')) {
      const operation = tokens.plainValue('an operation');
      tokens.keyword('with');
      this.replace(operation, location);
      return;
    }
    if (tokens.kind === token.ATTRIBUTE_ALIAS || tokens.kind === token.TYPE_ALIAS) {
      const sort = tokens.kind === token.TYPE_ALIAS ? 'type' : 'attribute';
      const name = tokens.sigilName();
      tokens.expect(token.EQUAL, "'=' and a call");
      this.call(sort, name);
      return;
    }
    if (tokens.kind === token.VALUE_ID && tokens.beforeEqual()) {
      const name = tokens.plainValue('a name');
      tokens.expect(token.EQUAL, "'='");
      if (tokens.kind === token.LPAREN) this.made(name);
      else this.call('value', name);
      return;
    }
    if (tokens.atCall()) {
      const native = tokens.name('a function');
      this.steps.push({ kind: 'call', native, arguments: this.arguments(), results: [], location });
      return;
    }
    this.replace(this.root, location);
  }

  /** `let %n : operation, #a = call(…)`: what the sigil does not say is said. */
  private several(location: Location): void {
    const { tokens } = this;
    const results: { name: string; sort: Sort }[] = [];
    do {
      const byKind = new Map<number, Sort>([
        [token.VALUE_ID, 'value'],
        [token.ATTRIBUTE_ALIAS, 'attribute'],
        [token.TYPE_ALIAS, 'type'],
      ]);
      const plain = byKind.get(tokens.kind) ?? tokens.unexpected("a name such as '%x', '#a' or '!t'");
      const name = tokens.sigilName();
      const sort = tokens.take(token.COLON) ? tokens.oneOf(sorts) : plain;
      if (sort === 'operation') this.operationNames.add(name);
      results.push({ name, sort });
    } while (tokens.take(token.COMMA));
    tokens.expect(token.EQUAL, "',' or '='");
    const native = tokens.name('a function');
    this.steps.push({ kind: 'call', native, arguments: this.arguments(), results, location });
  }

  /** Reads the values that replace an operation; one operation stands with all its results. */
  private replace(operation: string, location: Location): void {
    const { tokens } = this;
    if (tokens.kind === token.LPAREN) {
      const of = this.made(undefined);
      const part = tokens.resultNumber();
      const first: ValueTerm | ValuesTerm =
        part !== undefined
          ? { kind: 'result', of, at: part }
          : tokens.kind === token.COMMA
            ? { kind: 'result', of, at: 0 }
            : { kind: 'results', of };
      this.replaceBy(operation, first, location);
    } else this.replaceBy(operation, this.given(), location);
  }

  private replaceBy(operation: string, first: ValueTerm | ValuesTerm, location: Location): void {
    const by = [first];
    while (this.tokens.take(token.COMMA)) by.push(this.given());
    this.steps.push({ kind: 'replace', operation, by, location });
  }

  /** A value or a list of values on the rewriting side. */
  private given(): ValueTerm | ValuesTerm {
    const { tokens } = this;
    const rest = tokens.rest();
    if (rest !== undefined) return { kind: 'values', name: rest };
    if (tokens.kind === token.LPAREN) {
      const of = this.made(undefined);
      return { kind: 'result', of, at: tokens.resultNumber() ?? 0 };
    }
    const { start } = tokens;
    const value = this.value();
    if (!tokens.takeAllResults()) return value;
    if (value.kind !== 'result') return failAt(`'%${value.name}' is no operation, so it has no results`, start);
    return { kind: 'results', of: value.of };
  }

  /** An operation to make; gives what the rule calls it. */
  private made(given: string | undefined): string {
    const { tokens } = this;
    const location = tokens.location();
    const { start } = tokens;
    const { opName, commutative } = this.opening();
    if (opName === undefined) return failAt(`an operation that is made needs a name, found '_'`, start);
    if (commutative) failAt("'commutative' is for operations that are matched", start);
    const operands: (ValueTerm | ValuesTerm)[] = [];
    while (this.moreOperands(operands.length === 0)) operands.push(this.given());
    const attributes: { name: string; value: AttributePattern['value'] }[] = [];
    if (tokens.kind === token.LBRACE) this.dictionary((name) => attributes.push({ name, value: this.madeAttribute() }));
    const result = this.resultTypes();
    const rest: readonly TypesTerm[] = result?.rest === undefined ? [] : [{ kind: 'types', name: result.rest }];
    tokens.expect(token.RPAREN, "')' that closes the operation");
    this.depth--;
    const name = given ?? this.freshName();
    this.operationNames.add(name);
    this.steps.push({
      kind: 'create',
      name,
      opName,
      operands,
      attributes,
      types: result && [...result.types, ...rest],
      location,
    });
    return name;
  }

  private madeAttribute(): AttributePattern['value'] {
    const { tokens } = this;
    return tokens.atCall() ? (this.call('attribute', undefined) as AttributePattern['value']) : tokens.attribute();
  }
}
