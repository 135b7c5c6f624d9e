/** How functions become smaller: without arguments that nobody reads, and results that nobody asks for. */
import { functionType, type Operation, symbolName, typeAttribute, visitSymbolReferences } from '../../ir/index.ts';
import { operationsIn, type Reduction, reduction } from '../../rewrite/reduction.ts';
import { func, returnOp } from './function.ts';
import { signatureOf } from './signature.ts';

/** One argument or result of a function. */
interface Part {
  readonly of: Operation;
  readonly at: number;
}

/** The functions of a module that nothing names: their types concern nobody else. */
function free(module: Operation): readonly Operation[] {
  const named = new Set<string>();
  module.walk((operation) => {
    for (const { value } of operation.attributes) visitSymbolReferences(value, ({ root }) => named.add(root));
  });
  return operationsIn(module, (operation) => operation.is(func) && !named.has(symbolName(operation) ?? ''));
}

const unreadArguments = (module: Operation): readonly Part[] =>
  free(module).flatMap((of) =>
    (of.region(0).entry?.arguments ?? []).flatMap(({ isUnused, index }) => (isUnused ? [{ of, at: index }] : [])),
  );

const results = (module: Operation): readonly Part[] =>
  free(module).flatMap((of) => (signatureOf(of)?.results ?? []).map((_, at) => ({ of, at })));

const dropArgument = ({ of, at }: Part): boolean => {
  const type = signatureOf(of);
  const { entry } = of.region(0);
  if (!type || !entry?.arguments[at]?.isUnused) return false;
  entry.eraseArgument(at);
  of.setAttribute('function_type', typeAttribute(functionType(type.inputs.toSpliced(at, 1), type.results)));
  of.setAttribute('arg_attrs', undefined);
  return true;
};

const dropResult = ({ of, at }: Part): boolean => {
  const type = signatureOf(of);
  if (!type || at >= type.results.length) return false;
  for (const operation of operationsIn(of, (inner) => inner.is(returnOp)))
    operation.setOperands(operation.operands.toSpliced(at, 1));
  of.setAttribute('function_type', typeAttribute(functionType(type.inputs, type.results.toSpliced(at, 1))));
  of.setAttribute('res_attrs', undefined);
  return true;
};

/** The reductions of functions. */
export const funcReductions: readonly Reduction[] = [
  reduction('func-results', results, dropResult),
  reduction('func-arguments', unreadArguments, dropArgument),
];
