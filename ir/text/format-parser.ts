/** Reading by a declared assembly format. */
import type { ParsedOperation, ParsedRegion, UnresolvedOperand } from '../assembly.ts';
import { type Attribute, denseArrayAttribute, stringAttribute, unitAttribute } from '../attribute.ts';
import type { Block } from '../block.ts';
import type { AttributeDefinition, OpDefinition, ValueDefinition } from '../definition.ts';
import type { NamedAttribute } from '../dictionary-table.ts';
import { i32, type Type, typeOfText } from '../type.ts';
import { operandSegments, resultSegments, segments } from '../view.ts';
import type { CustomReader } from './custom-reader.ts';
import { type FormatElement, formatOf, type TypeSource } from './format.ts';
import { token } from './token.ts';
import { completeOperands, completeResults, type KnownTypes } from './type-completion.ts';

type Indexed = Extract<FormatElement, { readonly index: number }>;

/** Reads one operation. */
export class FormatParser {
  private readonly reader: CustomReader;
  private readonly definition: OpDefinition;
  private readonly elements: readonly FormatElement[];
  private readonly nameOffset: number;
  private readonly resultCount: number;
  private readonly operands: (readonly UnresolvedOperand[])[];
  private readonly operandTypes: KnownTypes[];
  private readonly resultTypes: KnownTypes[];
  private readonly attributes: Map<string, NamedAttribute>;
  private readonly regions: ParsedRegion[];
  private readonly successors: Block[];

  constructor(reader: CustomReader, definition: OpDefinition, format: string, nameOffset: number, resultCount: number) {
    this.reader = reader;
    this.definition = definition;
    this.elements = formatOf(definition, format).elements;
    this.nameOffset = nameOffset;
    this.resultCount = resultCount;
    this.operands = definition.operands.map(() => []);
    this.operandTypes = definition.operands.map(() => undefined);
    this.resultTypes = definition.results.map(() => undefined);
    this.attributes = new Map();
    this.regions = [];
    this.successors = [];
  }

  parse(): ParsedOperation {
    this.sequence(this.elements);
    const { definition, reader } = this;
    const sizes = this.operands.map((group) => group.length);
    this.storeSegments(definition.operands, operandSegments, sizes);
    const types = completeOperands(definition, this.operandTypes, sizes, this.resultTypes);
    if (typeof types === 'string') return this.complain(types);
    const operands = this.operands.flat().map((operand, at) => reader.resolve(operand, types[at] as Type));
    const attributes = new Map([...this.attributes].map(([name, { value }]) => [name, value]));
    const results = completeResults(definition, operands, sizes, this.resultTypes, attributes);
    if (typeof results === 'string') return this.complain(results);
    if (this.resultTypes.every((group) => group !== undefined))
      this.storeSegments(
        definition.results,
        resultSegments,
        this.resultTypes.map((group) => (group as readonly Type[]).length),
      );
    return {
      operands,
      resultTypes: results,
      attributes: [...this.attributes.values()],
      regions: this.regions,
      successors: this.successors,
    };
  }

  private complain(message: string): never {
    return this.reader.fail(`'${this.definition.opName}' op ${message}`, this.nameOffset);
  }

  private storeSegments(definitions: readonly ValueDefinition[], name: string, sizes: readonly number[]): void {
    if (definitions.filter(({ constraint }) => constraint.arity !== 'one').length > 1)
      this.store(name, denseArrayAttribute(sizes, i32));
  }

  private store(name: string, value: Attribute): void {
    this.attributes.set(name, { name, value, property: true });
  }

  private sequence(elements: readonly FormatElement[]): void {
    for (let at = 0; at < elements.length; at++) this.element(elements[at] as FormatElement, elements[at + 1]);
  }

  private element(element: FormatElement, next: FormatElement | undefined): void {
    const { reader, definition } = this;
    switch (element.kind) {
      case 'literal':
        return reader.expect(element.text);
      case 'space':
        return;
      case 'attr-dict':
        return this.dictionary(element.keyword);
      case 'operand': {
        const arity = definition.operands[element.index]?.constraint.arity;
        this.operands[element.index] =
          arity === 'variadic'
            ? reader.operands()
            : arity === 'one' || reader.kind === token.VALUE_ID
              ? [reader.operand()]
              : [];
        return;
      }
      case 'operands':
        return this.allOperands();
      case 'attribute': {
        const attribute = definition.attributes[element.index] as AttributeDefinition;
        const value = this.attribute(attribute, next?.kind === 'literal' && next.text === ':');
        if (value) this.store(attribute.name, value);
        return;
      }
      case 'region':
      case 'regions':
        return this.regionList(
          element.kind === 'regions' || definition.regions[(element as Indexed).index]?.many === true,
        );
      case 'successor':
      case 'successors':
        return this.successorList(element.kind === 'successors' || this.isLastSuccessor((element as Indexed).index));
      case 'type':
        return this.saidTypes(element.of, this.isSingle(element.of) ? [reader.type()] : reader.types());
      case 'functional-type': {
        reader.expect('(');
        this.saidTypes(element.inputs, reader.types());
        reader.expect(')');
        reader.expect('->');
        return this.saidTypes(element.results, reader.resultTypes());
      }
      case 'group':
        return this.isNext(element.elements) ? this.present(element) : this.sequence(element.otherwise);
    }
  }

  private present(group: Extract<FormatElement, { kind: 'group' }>): void {
    this.sequence(group.elements);
    const anchor = group.elements[group.anchor];
    if (anchor?.kind !== 'attribute') return;
    const { name, kind } = this.definition.attributes[anchor.index] as AttributeDefinition;
    if (kind.text === 'unit') this.store(name, unitAttribute);
  }

  private isSingle({ side, group }: TypeSource): boolean {
    const definitions = side === 'operand' ? this.definition.operands : this.definition.results;
    return group >= 0 && definitions[group]?.constraint.arity === 'one';
  }

  /** Types that were written for one group, or for all groups of a side. */
  private saidTypes({ side, group }: TypeSource, types: readonly Type[]): void {
    const known = side === 'operand' ? this.operandTypes : this.resultTypes;
    if (group >= 0) {
      known[group] = types;
      return;
    }
    const definitions = side === 'operand' ? this.definition.operands : this.definition.results;
    const sizes = side === 'operand' ? this.operands.map((values) => values.length) : undefined;
    const arities = definitions.map(({ constraint }) => constraint.arity);
    const found = segments(arities, types.length, sizes);
    if (!found) return this.complain(`has ${types.length} ${side} types, which fit no way of grouping its ${side}s`);
    for (const [at, [first, size]] of found.entries()) known[at] = types.slice(first, first + size);
  }

  private allOperands(): void {
    const all = this.reader.operands();
    const found = segments(
      this.definition.operands.map(({ constraint }) => constraint.arity),
      all.length,
      undefined,
    );
    if (!found) return this.complain(`has ${all.length} operands, which fit no way of grouping them`);
    for (const [at, [first, size]] of found.entries()) this.operands[at] = all.slice(first, first + size);
  }

  private regionList(many: boolean): void {
    if (this.reader.kind !== token.LBRACE && many) return;
    do this.regions.push(this.reader.region());
    while (many && this.reader.accept(','));
  }

  private isLastSuccessor(index: number): boolean {
    return this.definition.variadicSuccessors && index === this.definition.successors.length - 1;
  }

  private successorList(many: boolean): void {
    if (this.reader.kind !== token.CARET_ID && many) return;
    do this.successors.push(this.reader.successor());
    while (many && this.reader.accept(','));
  }

  private dictionary(keyword: boolean): void {
    for (const entry of this.reader.attributeDictionary({ keyword })) {
      if (this.attributes.has(entry.name)) this.complain(`attribute '${entry.name}' is given twice`);
      this.attributes.set(entry.name, entry);
    }
  }

  /** A declared attribute where its name stands in the format; undefined where nothing is written for it. */
  private attribute({ kind }: AttributeDefinition, beforeColon: boolean): Attribute | undefined {
    const { reader } = this;
    if (kind.text === 'unit') return undefined;
    if (kind.domain.kind === 'choice' && reader.kind === token.BARE_ID) return stringAttribute(reader.keyword());
    if (kind.domain.kind === 'choice' && reader.atWord() && !reader.at('true') && !reader.at('false'))
      return stringAttribute(reader.keyword());
    if (kind.text === 'array<i64>' && reader.accept('[')) return this.integers();
    const type = typeOfText(kind.text);
    const numeric = reader.kind === token.INTEGER || reader.kind === token.FLOAT;
    if (type === undefined || !numeric)
      return reader.attribute(beforeColon && reader.kind === token.STRING ? i32 : undefined);
    const value = reader.attribute(type);
    return value;
  }

  private integers(): Attribute {
    const { reader } = this;
    const values: (number | bigint)[] = [];
    if (!reader.accept(']')) {
      do {
        const value = reader.attribute(typeOfText('i64'));
        if (value.kind !== 'integer') return reader.fail('expected an integer');
        values.push(value.value);
      } while (reader.accept(','));
      reader.expect(']');
    }
    return denseArrayAttribute(values);
  }

  /** Whether an optional group stands here, by its first element. */
  private isNext(elements: readonly FormatElement[]): boolean {
    const first = elements.find((element) => element.kind !== 'space');
    const { reader } = this;
    switch (first?.kind) {
      case 'literal':
        return reader.at(first.text);
      case 'operand':
      case 'operands':
        return reader.kind === token.VALUE_ID;
      case 'region':
      case 'regions':
        return reader.at('{');
      case 'successor':
      case 'successors':
        return reader.kind === token.CARET_ID;
      case 'attribute': {
        const { kind } = this.definition.attributes[first.index] as AttributeDefinition;
        if (kind.text === '@symbol') return reader.kind === token.AT_ID;
        if (kind.domain.kind === 'choice') return kind.domain.values.some((value) => reader.at(String(value)));
        if (kind.text === 'array<i64>') return reader.at('[') || reader.at('array');
        return reader.kind === token.INTEGER || reader.kind === token.FLOAT || reader.kind === token.STRING;
      }
      case 'type':
      case 'functional-type':
        return this.resultCount > 0;
      default:
        return false;
    }
  }
}
