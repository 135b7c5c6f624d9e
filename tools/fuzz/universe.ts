/** What there is to reach, from the declarations. */
import type { AnyOp, Dialect } from '../../ir/index.ts';
import { foldRule } from './pass-coverage.ts';

const opsOf = (dialects: readonly Dialect[]): readonly AnyOp[] =>
  dialects.flatMap(({ ops }) => Object.values(ops) as readonly AnyOp[]);

/** The operations of dialects, by name. */
export const opNames = (dialects: readonly Dialect[]): readonly string[] => opsOf(dialects).map(({ opName }) => opName);

/** The folds of dialects, as rules. */
export const foldNames = (dialects: readonly Dialect[]): readonly string[] =>
  opsOf(dialects)
    .filter(({ definition }) => definition.fold)
    .map(({ opName }) => foldRule(opName));

/** The passes of pipelines, each once. */
export const passNames = (pipelines: readonly string[]): readonly string[] => [
  ...new Set(pipelines.flatMap((list) => list.replaceAll(/\{[^}]*\}/g, '').split(','))),
];
