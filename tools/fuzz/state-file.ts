/** The file in which a campaign is kept between runs. */
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DiagnosticError, errorAt } from '../../ir/index.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import type { Snapshot } from './progress.ts';

/** What a campaign is about; another of these is another campaign. */
export interface Identity {
  readonly campaign: string;
  readonly seed: number;
  /** Of the names and bytes of the corpus. */
  readonly corpus: string;
  /** Of the program: when it has changed, cases before and after were judged by different code. */
  readonly program: string;
}

const natural = z.number().int().min(0);
const counts = z.array(z.tuple([z.string(), natural]));
const form = z.object({
  format: z.literal(1),
  campaign: z.string(),
  seed: natural,
  corpus: z.string(),
  program: z.string(),
  from: natural,
  next: natural,
  pending: z.array(z.object({ low: natural, high: natural, skip: z.array(natural) })),
  done: natural,
  seconds: z.number().min(0),
  outcomes: counts,
  findings: counts,
  coverage: z.array(z.tuple([z.string(), z.string(), z.string(), z.string(), natural])),
  inputs: z.array(
    z.object({ key: z.string(), text: z.string(), number: natural, final: z.boolean(), input: z.base64() }),
  ),
});

/** Where the state of a campaign is kept, in the folder of its findings. */
export const stateFile = (folder: string, { campaign, seed }: Pick<Identity, 'campaign' | 'seed'>): string =>
  join(folder, `${campaign}-${seed}.state.json`);

/** Writes the state as a whole. */
export function writeState(folder: string, identity: Identity, snapshot: Snapshot): void {
  mkdirSync(folder, { recursive: true });
  const inputs = snapshot.inputs.map(({ failure: { key, text }, number, final, input }) => ({
    ...{ key, text, number, final },
    input: Buffer.from(input).toString('base64'),
  }));
  const state: z.infer<typeof form> = {
    format: 1,
    ...identity,
    ...snapshot,
    pending: snapshot.pending.map((order) => ({ ...order, skip: [...order.skip] })),
    outcomes: snapshot.outcomes.map(([key, count]) => [key, count]),
    findings: snapshot.findings.map(([key, count]) => [key, count]),
    coverage: snapshot.coverage.map(([op, type, pass, rule, count]) => [op, type, pass, rule, count]),
    inputs,
  };
  writeAtomically(stateFile(folder, identity), `${JSON.stringify(state)}\n`);
}

/** Puts a state that is there out of the way of a campaign that begins anew; gives where it is now. */
export function putAside(folder: string, identity: Identity): string | undefined {
  const path = stateFile(folder, identity);
  if (!existsSync(path)) return undefined;
  renameSync(path, `${path}.before`);
  return `${path}.before`;
}

/**
 * The state of a campaign. Throws a `DiagnosticError` when there is none, when it cannot be read, and when it is that of
 * another campaign or corpus.
 */
export function readState(
  folder: string,
  identity: Identity,
): { readonly snapshot: Snapshot; readonly sameProgram: boolean } {
  const path = stateFile(folder, identity);
  const refuse = (message: string): never => {
    throw new DiagnosticError([errorAt({ kind: 'file', file: path, line: 1, column: 1 }, message)]);
  };
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    refuse(`there is no state of '${identity.campaign}' with seed ${identity.seed} to go on from; leave out --resume`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    refuse(`the state is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = form.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    return refuse(`the state has ${issue?.message ?? 'another form'} at '${issue?.path.join('.') ?? ''}'`);
  }
  const { format: _, campaign, seed, corpus, program, inputs, ...rest } = read.data;
  if (campaign !== identity.campaign || seed !== identity.seed)
    refuse(
      `the state is of '${campaign}' with seed ${seed}, expected '${identity.campaign}' with seed ${identity.seed}`,
    );
  if (corpus !== identity.corpus)
    refuse('the corpus has changed since, so that cases are others; begin anew without --resume');
  const snapshot: Snapshot = {
    ...rest,
    inputs: inputs.map(({ key, text: told, number, final, input }) => ({
      ...{ failure: { key, text: told }, number, final },
      input: new Uint8Array(Buffer.from(input, 'base64')),
    })),
  };
  return { snapshot, sameProgram: program === identity.program };
}
