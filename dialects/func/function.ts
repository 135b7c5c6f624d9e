import {
  anyType,
  attr,
  callable,
  calling,
  implement,
  inlinable,
  lookupSymbol,
  op,
  type Operation,
  optionalAttribute,
  region,
  symbolName,
  type Type,
  variadic,
} from '../../ir/index.ts';
import { attributesOfEach, attributesOfEachError } from './argument-attributes.ts';
import { functionAssembly, signatureOf, visibilities } from './signature.ts';

const typesText = (types: readonly Type[]): string => `(${types.map((type) => type.text).join(', ')})`;
const withoutNoInline = implement(inlinable, (operation) => operation.attribute('no_inline') === undefined);
const same = (a: readonly Type[], b: readonly Type[]): boolean =>
  a.length === b.length && a.every((type, at) => type === b[at]);

/** A function; without a body, the declaration of one that is defined elsewhere. */
export const func = op('func.func', {
  summary: 'a named function',
  attributes: {
    sym_name: attr.text({}),
    function_type: attr.type(),
    sym_visibility: optionalAttribute(attr.text({})),
    arg_attrs: attributesOfEach,
    res_attrs: attributesOfEach,
    no_inline: attr.unit(),
  },
  regions: { body: region('the blocks of the function; its arguments are those of the first block') },
  traits: ['symbol', 'isolated-from-above'],
  interfaces: [
    implement(callable, (operation) => (operation.region(0).isEmpty ? undefined : operation.region(0))),
    withoutNoInline,
  ],
  defaultDialect: 'func',
  assembly: functionAssembly,
  verifyOperation: (operation, { function_type, body, sym_visibility, arg_attrs, res_attrs }) => {
    if (function_type.kind !== 'function') return `'function_type' is ${function_type.text}, expected a function type`;
    const parent = operation.parentOperation;
    if (parent?.definition && !parent.hasTrait('symbol-table'))
      return `symbol's parent must have the SymbolTable trait, found '${parent.name}'`;
    const attributesError =
      attributesOfEachError('argument', arg_attrs, function_type.inputs.length) ??
      attributesOfEachError('result', res_attrs, function_type.results.length);
    if (attributesError !== undefined) return attributesError;
    if (body.isEmpty && (sym_visibility === undefined || sym_visibility === 'public'))
      return `symbol declaration cannot have public visibility`;
    if (sym_visibility !== undefined && !visibilities.some((word) => word === sym_visibility))
      return `visibility expected to be one of ["public", "private", "nested"], but got "${sym_visibility}"`;
    const found = body.entry?.arguments.map((value) => value.type);
    return found === undefined || same(found, function_type.inputs)
      ? undefined
      : `entry block has arguments ${typesText(found)}, expected ${typesText(function_type.inputs)} of 'function_type'`;
  },
});

/** How returned types differ from those of the function, in upstream's words. */
function returnError(parent: Operation, found: readonly Type[], results: readonly Type[]): string {
  const name = `@${symbolName(parent)}`;
  if (found.length !== results.length)
    return `has ${found.length} operands, but enclosing function (${name}) returns ${results.length}`;
  const at = found.findIndex((type, position) => type !== results[position]);
  return `type of return operand ${at} ('${found[at]?.text}') doesn't match function result type ('${results[at]?.text}') in function ${name}`;
}

/** Leaves the function with its operands. */
export const returnOp = op('func.return', {
  summary: 'leaves the function with its operands',
  operands: { operands: variadic(anyType) },
  traits: ['pure', 'terminator', 'return-like'],
  assembly: 'attr-dict ($operands^ `:` type($operands))?',
  parents: ['func.func'],
  verifyOperation: (operation) => {
    const parent = operation.parentOperation;
    const results = parent && signatureOf(parent)?.results;
    // Of a function without a type the function itself tells.
    if (!results) return undefined;
    const fits =
      operation.operandCount === results.length && results.every((type, at) => type === operation.operandType(at));
    return fits
      ? undefined
      : returnError(
          parent,
          operation.operands.map((value) => value.type),
          results,
        );
  },
});

/** Calls a function by name; the result types are given with `types`. */
export const call = op('func.call', {
  summary: 'calls a function by name',
  operands: { operands: variadic(anyType) },
  attributes: {
    callee: attr.symbol(),
    arg_attrs: attributesOfEach,
    res_attrs: attributesOfEach,
    no_inline: attr.unit(),
  },
  results: { results: variadic(anyType) },
  interfaces: [
    implement(calling, {
      callee: (operation) => {
        const callee = operation.attribute('callee');
        return callee?.kind === 'symbol' && callee.nested.length === 0 ? callee.root : undefined;
      },
      operands: (operation) => operation.operands,
    }),
    withoutNoInline,
  ],
  assembly: '$callee `(` $operands `)` attr-dict `:` functional-type($operands, $results)',
  verifyOperation: (operation, { callee, operands, results }) => {
    const target: Operation | undefined = lookupSymbol(operation, callee);
    if (!target) return `calls '@${callee}', which is not a function here`;
    if (target.name !== func.opName) return `calls '@${callee}', which is a '${target.name}', expected a 'func.func'`;
    const type = signatureOf(target);
    if (!type) return `calls '@${callee}', which has no function type`;
    const inputs = operands.map((value) => value.type);
    if (!same(inputs, type.inputs)) return `passes ${typesText(inputs)}, expected ${typesText(type.inputs)}`;
    const outputs = results.map((value) => value.type);
    return same(outputs, type.results) ? undefined : `gives ${typesText(outputs)}, expected ${typesText(type.results)}`;
  },
});
