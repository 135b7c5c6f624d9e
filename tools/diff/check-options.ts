/** What the command line asks of checking by running. */
import { NdArray } from '../../interpreter/index.ts';
import { type Dialect, f32 } from '../../ir/index.ts';
import { inputStyles } from '../check/inputs.ts';
import { type OptionValues, UsageError } from '../cli/options.ts';
import { readDataSet } from '../files/data-set.ts';
import { allReductions } from '../reduce/all-reductions.ts';
import { usualJudging } from './judge.ts';
import type { checkOptionSpecs } from './option-specs.ts';
import type { CheckRequest } from './pipeline-check.ts';

type Given = OptionValues<typeof checkOptionSpecs>;

function numberOf(given: Given, name: 'check-inputs' | 'check-seed' | 'check-reduce', otherwise: number): number {
  const text = given[name];
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`option '--${name}' is '${text}', expected a number from 0 on`);
  return Number(text);
}

/** The options on inputs that were given, and what else a program needs to be read, as they are written. */
function askedOptions(given: Given & { readonly load?: readonly string[] }): readonly string[] {
  const single = (['check-inputs', 'check-seed'] as const).flatMap((name) =>
    given[name] === undefined ? [] : [`--${name}=${given[name]}`],
  );
  const lists = (['load', 'check-style', 'check-data'] as const).flatMap((name) =>
    (given[name] ?? []).map((value) => `--${name}=${value}`),
  );
  return [...lists, ...single];
}

/** Throws a `UsageError` where an option is not as it must be, and a `DiagnosticError` where a file is not. */
export function checkRequestOf(given: Given, dialects: readonly Dialect[]): CheckRequest {
  const styles = given['check-style']
    .flatMap((list) => list.split(','))
    .map((name) => {
      const style = inputStyles.find((one) => one === name);
      if (!style) throw new UsageError(`option '--check-style' is '${name}', expected ${inputStyles.join(', ')}`);
      return style;
    });
  const data = given['check-data'].map((folder) =>
    readDataSet(folder).inputs.map((input) => new NdArray(input.type.shape, f32, input.data)),
  );
  return {
    judging: {
      inputs: numberOf(given, 'check-inputs', usualJudging.inputs),
      seed: numberOf(given, 'check-seed', usualJudging.seed),
      styles: styles.length > 0 ? styles : usualJudging.styles,
      ...(data.length > 0 ? { given: data } : {}),
    },
    dialects,
    reductions: allReductions,
    reduceFor: 1000 * numberOf(given, 'check-reduce', 20),
    save: given.save,
    asked: askedOptions(given),
  };
}
