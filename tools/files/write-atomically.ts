/** Writing a file as a whole: readers see the old content or the new one, never a part. */
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The permission bits of a file that is there already, else what the process's mask leaves of read and write. */
const modeOf = (path: string): number => (statSync(path, { throwIfNoEntry: false })?.mode ?? 0o666) & 0o777;

/**
 * Replaces the content of the file at `path`, or makes the file: writes a new file beside it, brings that to the disk
 * and renames it. On any error the old content stays and nothing is left behind; the error of the file system is
 * thrown. A device such as `/dev/stdout` cannot be replaced and is written to directly.
 */
export function writeAtomically(path: string, content: string | Uint8Array | readonly (string | Uint8Array)[]): void {
  const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  const existing = statSync(path, { throwIfNoEntry: false });
  if (existing && !existing.isFile() && !existing.isDirectory()) {
    const device = openSync(path, 'w');
    for (const piece of pieces) writeFileSync(device, piece);
    closeSync(device);
    return;
  }
  // Names are limited to 255 bytes; what is random stays whole.
  const temporary = join(
    dirname(path),
    `.${[...basename(path)].slice(0, 48).join('')}.${process.pid}-${Math.floor(Math.random() * 2 ** 48).toString(16)}.part`,
  );
  // 'wx' fails where the name is taken, so that no other file is ever written over.
  const file = openSync(temporary, 'wx', modeOf(path));
  try {
    try {
      // The process's mask holds for new files, not for the permissions of one that is replaced.
      if (existing) fchmodSync(file, modeOf(path));
      for (const piece of pieces) writeFileSync(file, piece);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
