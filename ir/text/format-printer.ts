/** Printing by a declared assembly format. */
import type { Attribute } from '../attribute.ts';
import type { AttributeDefinition, OpDefinition, ValueDefinition } from '../definition.ts';
import type { Operation } from '../operation.ts';
import { type Type, typeOfText } from '../type.ts';
import type { Value } from '../value.ts';
import { operandSegments, resultSegments, segments, storedSegments } from '../view.ts';
import { type Format, type FormatElement, formatOf, type TypeSource } from './format.ts';
import { isAsRead } from './inherent.ts';
import type { OperationPrinter } from './operation-printer.ts';
import { completeOperands, completeResults, type KnownTypes } from './type-completion.ts';
import type { WrittenForms } from './written-form.ts';

type Groups = readonly (readonly Value[])[];

/** What is known of an operation while it is printed. */
interface Subject {
  readonly operation: Operation;
  readonly definition: OpDefinition;
  readonly format: Format;
  readonly operands: Groups;
  readonly results: Groups;
}

/** Prints `operation` by its format; false, with nothing written, when the text would not read back as the same. */
export function printFormat(
  operation: Operation,
  definition: OpDefinition,
  text: string,
  printer: OperationPrinter,
  forms: WrittenForms,
): boolean {
  const format = formatOf(definition, text);
  const operands = grouped(definition.operands, operation.operands, storedSegments(operation, operandSegments));
  const results = grouped(definition.results, operation.results, storedSegments(operation, resultSegments));
  if (!operands || !results) return false;
  const subject: Subject = { operation, definition, format, operands, results };
  if (!forms.saidByFormat(operation.id, () => readsBack(subject))) return false;
  printer.name(definition.opName);
  new FormatPrinter(subject, printer).elements(format.elements);
  return true;
}

function grouped(
  definitions: readonly ValueDefinition[],
  values: readonly Value[],
  sizes: readonly number[] | undefined,
): Groups | undefined {
  const found = segments(
    definitions.map(({ constraint }) => constraint.arity),
    values.length,
    sizes,
  );
  return found?.map(([first, size]) => values.slice(first, first + size));
}

const typesOf = (values: readonly Value[]): readonly Type[] => values.map((value) => value.type);

function readsBack({ operation, definition, format, operands, results }: Subject): boolean {
  const many = definition.regions.some((region) => region.many);
  if (
    many
      ? operation.regions.length < definition.regions.length - 1
      : operation.regions.length !== definition.regions.length
  )
    return false;
  if (!definition.variadicSuccessors && operation.successors.length !== definition.successors.length) return false;
  const declared = new Map(definition.attributes.map((attribute) => [attribute.name, attribute]));
  for (const entry of operation.attributes) {
    if (!isAsRead(definition, entry)) return false;
    const attribute = declared.get(entry.name);
    if (!attribute || !format.mentioned.has(entry.name)) continue;
    // Another kind of attribute could go on into what follows it, as a string does with a colon.
    if (attributeText(attribute, entry.value) === undefined || attribute.kind.read(entry.value) === undefined)
      return false;
  }
  for (const { name, kind } of definition.attributes)
    if (kind.presence === 'required' && operation.attribute(name) === undefined) return false;
  const known = (groups: Groups, said: ReadonlySet<number>): readonly KnownTypes[] =>
    groups.map((values, at) => (said.has(at) || said.has(-1) ? typesOf(values) : undefined));
  const sizes = operands.map((values) => values.length);
  const saidResults = known(results, format.typedResults);
  if (
    !same(
      completeOperands(definition, known(operands, format.typedOperands), sizes, saidResults),
      typesOf(operands.flat()),
    )
  )
    return false;
  if (saidResults.every((types) => types !== undefined)) return true;
  const attributes = new Map(operation.attributes.map(({ name, value }) => [name, value]));
  return same(completeResults(definition, operands.flat(), sizes, saidResults, attributes), typesOf(results.flat()));
}

const same = (found: readonly Type[] | string, types: readonly Type[]): boolean =>
  typeof found !== 'string' && found.length === types.length && found.every((type, at) => type === types[at]);

/** A declared attribute as it is written by name; undefined when that would not read back. */
export function attributeText({ kind }: AttributeDefinition, value: Attribute): string | undefined {
  switch (value.kind) {
    case 'unit':
      return kind.text === 'unit' ? '' : 'unit';
    case 'integer':
    case 'float':
      if (value.type.text === kind.text) return value.text.slice(0, value.text.indexOf(' '));
      // A number of the declared type is read without a type behind it.
      return typeOfText(kind.text) === undefined ? value.text : undefined;
    case 'string':
      return isWord(kind.domain, value.value) && value.type === undefined ? value.value : value.text;
    case 'dense-array':
      if (kind.text !== 'array<i64>') return value.text;
      return value.element.text === 'i64' ? `[${value.values.join(', ')}]` : undefined;
    case 'array':
      return kind.text === 'array<i64>' ? undefined : value.text;
    default:
      return value.text;
  }
}

const isWord = (domain: AttributeDefinition['kind']['domain'], value: string): boolean =>
  domain.kind === 'choice' && /^[A-Za-z_]\w*$/.test(value);

class FormatPrinter {
  private readonly subject: Subject;
  private readonly printer: OperationPrinter;
  private space: boolean;
  private punctuation: boolean;

  constructor(subject: Subject, printer: OperationPrinter) {
    this.subject = subject;
    this.printer = printer;
    this.space = true;
    this.punctuation = false;
  }

  elements(elements: readonly FormatElement[]): void {
    for (const element of elements) this.element(element);
  }

  private element(element: FormatElement): void {
    const { operation, definition, format, operands } = this.subject;
    switch (element.kind) {
      case 'literal':
        return this.literal(element.text);
      case 'space':
        this.printer.write(element.text);
        this.space = false;
        this.punctuation = element.text === '';
        return;
      case 'attr-dict':
        this.printer.attributeDictionary(operation, format.said, { keyword: element.keyword });
        this.space = true;
        this.punctuation = false;
        return;
      case 'group':
        return this.elements(this.isPresent(element.elements[element.anchor]) ? element.elements : element.otherwise);
      case 'operand':
        return this.list(operands[element.index] ?? [], (values) => this.printer.values(values));
      case 'operands':
        return this.list(operation.operands, (values) => this.printer.values(values));
      case 'attribute': {
        const attribute = definition.attributes[element.index] as AttributeDefinition;
        const value = operation.attribute(attribute.name);
        const text = value && attributeText(attribute, value);
        if (value && text)
          this.before(() => (text === value.text ? this.printer.attribute(value) : this.printer.write(text)));
        return;
      }
      case 'region': {
        const regions = definition.regions[element.index]?.many
          ? operation.regions.slice(element.index)
          : [operation.region(element.index)];
        return this.list(regions, (list) => this.regions(list));
      }
      case 'regions':
        return this.list(operation.regions, (list) => this.regions(list));
      case 'successor': {
        const last = definition.variadicSuccessors && element.index === definition.successors.length - 1;
        const from = operation.successors.slice(element.index, last ? undefined : element.index + 1);
        return this.list(from, (list) => this.successors(list));
      }
      case 'successors':
        return this.list(operation.successors, (list) => this.successors(list));
      case 'type':
        return this.list(this.types(element.of), (types) => this.printer.types(types));
      case 'functional-type':
        return this.before(() => {
          const { printer } = this;
          printer.write('(');
          printer.types(this.types(element.inputs));
          printer.write(') -> ');
          const results = this.types(element.results);
          const bare = results.length === 1 && results[0]?.kind !== 'function';
          if (!bare) printer.write('(');
          printer.types(results);
          if (!bare) printer.write(')');
        });
    }
  }

  private types({ side, group }: TypeSource): readonly Type[] {
    const groups = side === 'operand' ? this.subject.operands : this.subject.results;
    return typesOf(group < 0 ? groups.flat() : (groups[group] ?? []));
  }

  private regions(regions: readonly Parameters<OperationPrinter['region']>[0][]): void {
    for (const [at, region] of regions.entries()) {
      if (at !== 0) this.printer.write(', ');
      this.printer.region(region, { emptyBlock: true });
    }
  }

  private successors(blocks: readonly Parameters<OperationPrinter['successor']>[0][]): void {
    for (const [at, block] of blocks.entries()) {
      if (at !== 0) this.printer.write(', ');
      this.printer.successor(block);
    }
  }

  private list<T>(items: readonly T[], print: (items: readonly T[]) => void): void {
    if (items.length > 0) this.before(() => print(items));
  }

  /** Something that is not punctuation, with the space that it needs before. */
  private before(print: () => void): void {
    if (this.space || !this.punctuation) this.printer.write(' ');
    print();
    this.space = true;
    this.punctuation = false;
  }

  private literal(text: string): void {
    const tight = text.length === 1 && (this.punctuation ? '>)}],' : '<>(){}[],').includes(text);
    if (this.space && !tight) this.printer.write(' ');
    this.printer.write(text);
    this.space = text.length !== 1 || !'<({['.includes(text);
    this.punctuation = !/^[A-Za-z_]/.test(text);
  }

  /** Whether the anchor of an optional group has something to print. */
  private isPresent(anchor: FormatElement | undefined): boolean {
    const { operation, definition, operands } = this.subject;
    switch (anchor?.kind) {
      case 'operand':
        return (operands[anchor.index]?.length ?? 0) > 0;
      case 'attribute':
        return operation.attribute(definition.attributes[anchor.index]?.name ?? '') !== undefined;
      case 'region':
        return operation.regions.slice(anchor.index).some((region) => !region.isEmpty);
      case 'type':
        return this.types(anchor.of).length > 0;
      case 'successor':
        return operation.successors.length > anchor.index;
      case 'operands':
        return operation.operandCount > 0;
      case 'successors':
        return operation.successors.length > 0;
      default:
        return true;
    }
  }
}
