/** How functions become smaller: they end earlier, begin later, and have no arguments and results that nobody reads. */
import { functionType, type Operation, symbolName, typeAttribute, visitSymbolReferences } from '../../ir/index.ts';
import { operationsIn, type Reduction, reduction } from '../../rewrite/reduction.ts';
import { call, func, returnOp } from './function.ts';
import { signatureOf } from './signature.ts';

/** One argument or result of a function, with all that calls it. */
interface Part {
  readonly of: Operation;
  readonly calls: readonly Operation[];
  readonly at: number;
}

/** The functions of a module with their calls; those that something else names are left out. */
function functions(module: Operation): readonly Omit<Part, 'at'>[] {
  const calls = new Map<string, Operation[]>();
  const otherwise = new Set<string>();
  module.walk((operation) => {
    for (const { value } of operation.attributes)
      visitSymbolReferences(value, ({ root }) => {
        if (!operation.is(call)) otherwise.add(root);
        else calls.set(root, [...(calls.get(root) ?? []), operation]);
      });
  });
  return operationsIn(module, (operation) => operation.is(func)).flatMap((of) => {
    const name = symbolName(of) ?? '';
    return otherwise.has(name) ? [] : [{ of, calls: calls.get(name) ?? [] }];
  });
}

const unreadArguments = (module: Operation): readonly Part[] =>
  functions(module).flatMap((one) =>
    (one.of.region(0).entry?.arguments ?? []).flatMap(({ isUnused, index }) =>
      isUnused ? [{ ...one, at: index }] : [],
    ),
  );

const unreadResults = (module: Operation): readonly Part[] =>
  functions(module).flatMap((one) =>
    (signatureOf(one.of)?.results ?? []).flatMap((_, at) =>
      one.calls.every((caller) => caller.result(at).isUnused) ? [{ ...one, at }] : [],
    ),
  );

const dropArgument = ({ of, calls, at }: Part): boolean => {
  const type = signatureOf(of);
  const { entry } = of.region(0);
  if (!type || !entry?.arguments[at]?.isUnused) return false;
  entry.eraseArgument(at);
  for (const caller of calls) {
    caller.setOperands(caller.operands.toSpliced(at, 1));
    caller.setAttribute('arg_attrs', undefined);
  }
  of.setAttribute('function_type', typeAttribute(functionType(type.inputs.toSpliced(at, 1), type.results)));
  of.setAttribute('arg_attrs', undefined);
  return true;
};

const dropResult = ({ of, calls, at }: Part): boolean => {
  const type = signatureOf(of);
  if (!type || at >= type.results.length) return false;
  const results = type.results.toSpliced(at, 1);
  for (const operation of operationsIn(of, (inner) => inner.is(returnOp)))
    operation.setOperands(operation.operands.toSpliced(at, 1));
  for (const caller of calls) callWithout(caller, at);
  of.setAttribute('function_type', typeAttribute(functionType(type.inputs, results)));
  of.setAttribute('res_attrs', undefined);
  return true;
};

/** Puts a call that gives one result less in the place of a call. */
function callWithout(caller: Operation, at: number): void {
  const types = caller.results.map(({ type }) => type).toSpliced(at, 1);
  const { context, attributes, location } = caller;
  const kept = attributes.filter(({ name }) => name !== 'res_attrs');
  const made = context.create(caller.name, caller.operands, types, { attributes: kept, location });
  made.moveBefore(caller);
  for (const [index, result] of caller.results.toSpliced(at, 1).entries())
    result.replaceAllUsesWith(made.result(index));
  caller.erase();
}

/** The functions that nothing calls, so that what they take and give may change. */
const uncalled = (module: Operation): readonly Operation[] =>
  functions(module).flatMap(({ of, calls }) => (calls.length === 0 && of.region(0).entry ? [of] : []));

const giving = (of: Operation): readonly Operation[] =>
  operationsIn(
    of,
    (inner) =>
      inner.results.length > 0 &&
      inner.successors.length === 0 &&
      !inner.hasTrait('terminator') &&
      !inner.hasTrait('symbol'),
  );

/** What an operation gives is taken as arguments instead, so that all before it can go. */
function takeAsArguments({ of, inner }: { readonly of: Operation; readonly inner: Operation }): boolean {
  const type = signatureOf(of);
  const { entry } = of.region(0);
  if (!type || !entry || inner.isErased) return false;
  const read = inner.results.filter(({ isUnused }) => !isUnused);
  for (const result of read) {
    const argument = entry.addArgument(result.type);
    argument.setLocation(inner.location);
    result.replaceAllUsesWith(argument);
  }
  const inputs = [...type.inputs, ...read.map((result) => result.type)];
  inner.erase();
  of.setAttribute('function_type', typeAttribute(functionType(inputs, type.results)));
  of.setAttribute('arg_attrs', undefined);
  return true;
}

/** A function that ends in one place gives what the operation of a result reads instead of that result. */
function giveOperands({ of, at }: { readonly of: Operation; readonly at: number }): boolean {
  const type = signatureOf(of);
  const [end, ...more] = operationsIn(of, (inner) => inner.is(returnOp));
  const inner = end?.operands[at]?.owner;
  if (!type || !end || !inner || more.length > 0 || inner.hasRegions) return false;
  const operands = end.operands.toSpliced(at, 1, ...inner.operands);
  end.setOperands(operands);
  const results = operands.map((value) => value.type);
  of.setAttribute('function_type', typeAttribute(functionType(type.inputs, results)));
  of.setAttribute('res_attrs', undefined);
  if (inner.isUnused) inner.erase();
  return true;
}

/** The reductions of functions. */
export const funcReductions: readonly Reduction[] = [
  reduction(
    'func-results-earlier',
    (module) => uncalled(module).flatMap((of) => (signatureOf(of)?.results ?? []).map((_, at) => ({ of, at }))),
    giveOperands,
  ),
  reduction(
    'func-operations-by-arguments',
    (module) => uncalled(module).flatMap((of) => giving(of).map((inner) => ({ of, inner }))),
    takeAsArguments,
  ),
  reduction('func-results', unreadResults, dropResult),
  reduction('func-arguments', unreadArguments, dropArgument),
];
