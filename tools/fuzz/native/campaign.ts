/** The campaign against native code: what our interpreter gives and what LLVM makes of the same program. */
import { arith } from '../../../dialects/arith/index.ts';
import { cf } from '../../../dialects/cf/index.ts';
import { func } from '../../../dialects/func/index.ts';
import { signatureOf } from '../../../dialects/func/signature.ts';
import { scf } from '../../../dialects/scf/index.ts';
import { Context, DiagnosticError, type Operation, symbolsIn, type Type, verify } from '../../../ir/index.ts';
import { parseModule } from '../../../ir/text/index.ts';
import { entriesOf, execute } from '../../check/execution.ts';
import { inputLists } from '../../check/inputs.ts';
import type { Random } from '../../check/random.ts';
import { randomScalarProgram } from '../../check/scalar-program.ts';
import { scalarText } from '../../check/values.ts';
import { allDialects } from '../../lists.ts';
import type { Campaign, Outcome } from '../campaign.ts';
import { addOperations, CampaignCoverage } from '../coverage.ts';
import { opNames } from '../universe.ts';
import { bitsOf, type NativeCall, nativeTools, runNatively, withoutPayload } from './native-run.ts';

/** So many programs go through one start of the tools. */
export const programsInCase = 25;
const between = '// -----\n';

/** A program as functions whose names no other of the case has. */
const functionsOf = (text: string, at: number): string =>
  text
    .replace(/^module \{\n/, '')
    .replace(/\}\n*$/, '')
    .replace(/@f(\d+)/g, `@p${at}_f$1`);

interface Expected {
  readonly call: NativeCall;
  readonly bits: readonly bigint[];
}

/** The calls of the public functions of a module that have a value. */
function expectedOf(module: Operation, seed: number): readonly Expected[] {
  const symbols = symbolsIn(module);
  return entriesOf(module).flatMap(({ name, inputs }) => {
    const callee = symbols.get(name);
    const results = (callee && signatureOf(callee)?.results) ?? [];
    return inputLists(inputs, { count: 6, seed }).flatMap(({ values }): readonly Expected[] => {
      const { values: given } = execute(module, name, values, { limits: { steps: 20_000, milliseconds: 1000 } });
      if (!given) return [];
      const bits = given.map((value, at) => bitsOf(value, results[at] as Type));
      return [{ call: { name, types: inputs, values, results }, bits }];
    });
  });
}

/** Runs the programs of a case both ways. */
export function checkNatively(input: Uint8Array, coverage?: CampaignCoverage): Outcome {
  const tools = nativeTools();
  if (!tools) return { kind: 'no judge' };
  const programs = Buffer.from(input).toString('utf8').split(between);
  const functions = programs.map(functionsOf).join('\n');
  let expected: readonly Expected[];
  try {
    const module = parseModule(functions, new Context(allDialects));
    if (verify(module).length > 0) return { kind: 'refused' };
    expected = expectedOf(module, programs.length);
    if (coverage) addOperations(coverage, module, 'native');
  } catch (error) {
    if (error instanceof DiagnosticError) return { kind: 'refused' };
    throw error;
  }
  if (expected.length === 0) return { kind: 'undefined' };
  let native: readonly bigint[];
  try {
    native = runNatively(
      functions,
      expected.map(({ call }) => call),
      tools,
    );
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', failure: { key: `not run: ${text.slice(0, 100)}`, text } };
  }
  let at = 0;
  for (const { call, bits } of expected)
    for (const [result, ours] of bits.entries()) {
      const type = call.results[result] as Type;
      const theirs = withoutPayload(native[at++] ?? -1n, type);
      if (theirs !== ours) {
        const given = call.values.map((value) => (typeof value === 'object' ? '' : scalarText(value))).join(', ');
        const text = `@${call.name}(${given}) result #${result} ${type.text}: 0x${ours.toString(16)} here, 0x${theirs.toString(16)} natively`;
        return { kind: 'failed', failure: { key: `another ${type.text}`, text } };
      }
    }
  return { kind: 'same' };
}

const lines = (input: Uint8Array): readonly Uint8Array[] =>
  (
    Buffer.from(input)
      .toString('utf8')
      .match(/[^\n]*\n|[^\n]+$/g) ?? []
  ).map((line) => Buffer.from(line));
const programsIn = (input: Uint8Array): readonly Uint8Array[] =>
  Buffer.from(input)
    .toString('utf8')
    .split(between)
    .map((text, at) => Buffer.from(at > 0 ? between + text : text));

/**
 * What upstream lowers otherwise than its own definition says: `scf.index_switch` looks at the low 32 bits of its
 * index only; and what it does not lower inside a region of one block: `scf.execute_region`.
 */
const notTheSame = { switch: 0, region: 0 };
/** `maxnumf` of two zeros is either of them: IEEE 754-2008, 5.3.1 on maxNum, and LLVM's intrinsic, leave that open. */
const decided = (text: string): string =>
  text.replaceAll('arith.maxnumf', 'arith.maximumf').replaceAll('arith.minnumf', 'arith.minimumf');

const make = (random: Random): string =>
  Array.from({ length: programsInCase }, () => {
    const more = random.once(2) ? notTheSame : { ...notTheSame, float: 12, division: 4, conversion: 6 };
    return decided(randomScalarProgram(random, 5 + random.below(40), more));
  }).join(between);

/** Random programs of numbers, a number of them in each case; needs mlir-opt and mlir-runner 22. */
export const nativeCampaign: Campaign = {
  name: 'native',
  summary: `programs give what they give as native code; a case has ${programsInCase} of them`,
  extension: '.mlir',
  corpus: [],
  cuts: [programsIn, lines],
  universe: { ops: opNames([arith, cf, func, scf]), passes: [], rules: [] },
  open() {
    const coverage = new CampaignCoverage();
    return {
      make: (random) => Buffer.from(make(random)),
      check: (input) => checkNatively(input, coverage),
      coverage,
    };
  },
};
