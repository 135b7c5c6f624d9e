/** Running our tools inside a test, on files in a folder of the test's own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { OptionSpecs } from '../tools/cli/options.ts';
import { runTool, type Tool } from '../tools/cli/tool.ts';

/** What a run of a tool ended with. */
export interface CommandRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder that goes when the tests of a file have run. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paleozoic-test-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Runs `tool` on the texts as files `0.mlir`, `1.mlir`, … of `folder`, which messages call `.`. */
export async function runOn<S extends OptionSpecs>(
  tool: Tool<S>,
  folder: string,
  texts: readonly string[],
  args: readonly string[],
): Promise<CommandRun> {
  const files = texts.map((text, at) => {
    const file = join(folder, `${at}.mlir`);
    writeFileSync(file, text);
    return file;
  });
  const streams = { out: '', err: '' };
  const code = await runTool(tool, [...files, ...args], {
    out: (piece) => {
      streams.out += typeof piece === 'string' ? piece : new TextDecoder().decode(piece);
    },
    err: (piece) => {
      streams.err += piece.replaceAll(folder, '.');
    },
  });
  return { code, ...streams };
}
