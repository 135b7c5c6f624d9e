/** Writes findings to a folder: the input as it is, and beside it what it shows and how to see it again. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../files/write-atomically.ts';
import type { Finding } from './progress.ts';

/** Where a finding comes from, and how often it was seen. */
export interface Origin {
  readonly campaign: string;
  readonly extension: string;
  readonly seed: number;
  readonly cases: number;
}

/** Writes one finding, the same key to the same files; gives the path of the input. */
export function writeFinding(folder: string, { failure, number, input }: Finding, origin: Origin): string {
  mkdirSync(folder, { recursive: true });
  const name = `${origin.campaign}-${createHash('sha256').update(failure.key).digest('hex').slice(0, 8)}`;
  const path = join(folder, name + origin.extension);
  writeAtomically(path, input);
  const lines = [
    failure.key,
    `${origin.cases} cases; first case ${number} of seed ${origin.seed}`,
    `again: npm run fuzz -- ${origin.campaign} --check ${path}`,
    '',
    failure.text,
  ];
  writeAtomically(join(folder, `${name}.txt`), `${lines.join('\n')}\n`);
  return path;
}
