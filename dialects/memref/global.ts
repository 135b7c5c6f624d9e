/** Memory that is there before the program begins. */
import {
  type AssemblyHooks,
  attr,
  type Attribute,
  isShaped,
  isTensorElement,
  type MemRefType,
  type NamedAttribute,
  nearestSymbolTable,
  op,
  optionalAttribute,
  stringAttribute,
  symbolsIn,
  symbolText,
  tensorType,
  type Type,
  typeAttribute,
  typeOfAttribute,
  unitAttribute,
} from '../../ir/index.ts';
import { alignment } from './attribute.ts';
import { rankedMemRef } from './constraint.ts';

const isStatic = (type: Type): type is MemRefType =>
  type.kind === 'memref' && type.shape.every((extent) => extent >= 0);
const staticError = (type: Type): string => `type should be static shaped memref, but got '${type.text}'`;
/** Elements have a shaped type; the unit says that the memory holds anything. */
const isInitial = (value: Attribute): boolean => {
  const type = typeOfAttribute(value);
  return value.kind === 'unit' || (type !== undefined && isShaped(type));
};
const property = (name: string, value: Attribute): NamedAttribute => ({ name, value, property: true });

const written = ['sym_name', 'sym_visibility', 'type', 'initial_value', 'constant'];

/** `"visibility" constant @name : type = elements`; without a value, a declaration. */
const globalAssembly: AssemblyHooks = {
  // The form does not say the type of the elements, nor types of the strings.
  covers(operation) {
    const [name, visibility, type, value] = written.map((one) => operation.attribute(one));
    if (type?.kind !== 'type' || type.type.kind !== 'memref') return false;
    if ([name, visibility].some((text) => text?.kind === 'string' && text.type !== undefined)) return false;
    const elements = value && typeOfAttribute(value);
    return elements === undefined || elements === tensorType(type.type.shape, type.type.element);
  },
  print(operation, printer) {
    const [name, visibility, type, value, constant] = written.map((one) => operation.attribute(one));
    if (visibility) printer.write(` ${visibility.text}`);
    if (constant) printer.write(' constant');
    printer.write(` ${symbolText(name?.kind === 'string' ? name.value : '')} : `);
    if (type?.kind === 'type') printer.type(type.type);
    if (value) printer.write(' = ');
    if (value?.kind === 'unit') printer.write('uninitialized');
    else if (value) printer.elements(value);
    printer.attributeDictionary(operation, written);
  },
  parse(parser) {
    const visibility = parser.atString() ? [property('sym_visibility', stringAttribute(parser.string()))] : [];
    const constant = parser.accept('constant') ? [property('constant', unitAttribute)] : [];
    const name = parser.symbolName();
    parser.expect(':');
    const { offset } = parser;
    const type = parser.type();
    if (!isStatic(type)) return parser.fail(staticError(type), offset);
    const initial: NamedAttribute[] = [];
    if (parser.accept('=')) {
      const place = parser.offset;
      if (!isTensorElement(type.element) && !parser.at('uninitialized'))
        parser.fail(`invalid tensor element type: ${type.element.text}`, place);
      const value = parser.accept('uninitialized')
        ? unitAttribute
        : parser.elements(tensorType(type.shape, type.element));
      if (!isInitial(value)) parser.fail('initial value should be a unit or elements attribute', place);
      initial.push(property('initial_value', value));
    }
    return {
      attributes: [
        ...visibility,
        ...constant,
        property('sym_name', stringAttribute(name)),
        property('type', typeAttribute(type)),
        ...initial,
        ...parser.attributeDictionary(),
      ],
    };
  },
};

const visibilities: readonly string[] = ['public', 'private', 'nested'];

/** Memory with a name, and what is in it at first. */
export const global = op('memref.global', {
  summary: 'memory with a name, and what is in it at first',
  attributes: {
    sym_name: attr.text({}),
    sym_visibility: optionalAttribute(attr.text({})),
    type: attr.type(),
    initial_value: optionalAttribute(attr.any()),
    constant: attr.unit(),
    alignment,
  },
  traits: ['symbol'],
  assembly: globalAssembly,
  verifySignature: (_, { type, sym_visibility, initial_value }) => {
    if (sym_visibility !== undefined && !visibilities.includes(sym_visibility))
      return `visibility expected to be one of ["public", "private", "nested"], but got "${sym_visibility}"`;
    if (!isStatic(type)) return staticError(type);
    if (initial_value === undefined || initial_value.kind === 'unit') return undefined;
    const found = typeOfAttribute(initial_value);
    if (!found || !isShaped(found))
      return `initial value should be a unit or elements attribute, but got ${initial_value.text}`;
    if (found.element !== type.element)
      return `initial value element expected to be of type '${type.element.text}', but was of type '${found.element.text}'`;
    const [expected, shape] = [type.shape, found.shape].map((extents) => extents.join(', '));
    return shape === expected ? undefined : `initial value shape expected to be ${expected} but was ${shape}`;
  },
});

/** The memory of a global. */
export const getGlobal = op('memref.get_global', {
  summary: 'the memory of a global',
  attributes: { name: attr.symbol() },
  results: { result: rankedMemRef },
  traits: ['pure'],
  assembly: '$name `:` type($result) attr-dict',
  verifyOperation: (operation, { name, result }) => {
    // As upstream has it, a table further out is not asked.
    const table = nearestSymbolTable(operation);
    const found = table && symbolsIn(table).get(name)?.as(global);
    // One without a type tells of that itself.
    if (!found?.type) return `'${name}' does not reference a valid global memref`;
    return found.type === result.type
      ? undefined
      : `result type '${result.type.text}' does not match type '${found.type.text}' of the global memref @${name}`;
  },
});
