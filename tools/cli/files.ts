/** Reading inputs and writing outputs of commands. */
import { readFileSync } from 'node:fs';
import { writeAtomically } from '../files/write-atomically.ts';
import { UsageError } from './options.ts';
import type { Sources, ToolStreams } from './tool.ts';

/** The name of standard input in locations, as in LLVM's tools. */
const standardInput = '<stdin>';

/** The one input of a command: a file, or standard input for `-` or nothing. */
export function readInput(
  files: readonly string[],
  sources: Sources,
): { readonly name: string; readonly bytes: Uint8Array } {
  if (files.length > 1)
    throw new UsageError(`takes one input, found ${files.map((file) => `'${file}'`).join(' and ')}`);
  const [file = '-'] = files;
  const name = file === '-' ? standardInput : file;
  const bytes = readFileSync(file === '-' ? 0 : file);
  sources.add(name, bytes);
  return { name, bytes };
}

/** A result, possibly in pieces. */
export type Output = string | Uint8Array | readonly Uint8Array[];

/** Writes a result to a file as a whole, or to standard output for `-` or nothing. */
export function writeOutput(file: string | undefined, content: Output, streams: ToolStreams): void {
  const pieces: readonly (string | Uint8Array)[] =
    typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  if (file === undefined || file === '-') for (const piece of pieces) streams.out(piece);
  else writeAtomically(file, pieces);
}
