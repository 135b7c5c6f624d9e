/** The outside judge: the real `mlir-opt` 22, where the machine has one. */
import { spawnSync } from 'node:child_process';

/** What a run of the judge ended with. */
export interface JudgeRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const candidates = ['mlir-opt-22', 'mlir-opt', '/usr/lib/llvm-22/bin/mlir-opt'];

/** The command of an `mlir-opt` of major version 22, or undefined; `PALEOZOIC_MLIR_OPT` names one explicitly. */
export const mlirOpt: string | undefined = [process.env['PALEOZOIC_MLIR_OPT'] ?? '', ...candidates].find(
  (command) =>
    command !== '' && /version 22\./.test(spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout ?? ''),
);

/** Says loudly that a test was left out for want of the judge. */
export function mlirOptMissing(): void {
  process.stderr.write(
    "\n*** mlir-opt 22 is absent: install Debian's mlir-22-tools; tests that need it do not run ***\n\n",
  );
}

/** Runs the judge on a text. */
export function judge(args: readonly string[], text: string | Uint8Array): JudgeRun {
  if (mlirOpt === undefined) throw new Error('mlir-opt 22 is absent');
  const run = spawnSync(mlirOpt, [...args], { input: text, maxBuffer: 1 << 30 });
  return { status: run.status ?? -1, stdout: run.stdout.toString('utf8'), stderr: run.stderr.toString('utf8') };
}

/** What stands between the parts of a text for `--split-input-file`. */
export const separator = '\n// -----\n';
