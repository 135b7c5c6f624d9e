/** Printing IR around passes: to standard error, or into a tree of files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Operation, symbolName } from '../../ir/index.ts';
import { type PrintOptions, printOperation } from '../../ir/text/index.ts';
import type { Pass, RunOptions } from '../../rewrite/index.ts';

/** Around which passes IR is printed, and where to. */
export interface DumpOptions {
  readonly before: 'all' | ReadonlySet<string>;
  readonly after: 'all' | ReadonlySet<string>;
  /** After passes only where they changed something, or where they failed. */
  readonly onChange: boolean;
  readonly onFailure: boolean;
  readonly moduleScope: boolean;
  /** A folder for the files; undefined for standard error. */
  readonly folder: string | undefined;
  readonly print: PrintOptions;
}

/** Whether anything is to be printed. */
export const dumpsAnything = ({ before, after, onChange, onFailure }: DumpOptions): boolean =>
  before === 'all' || before.size > 0 || after === 'all' || after.size > 0 || onChange || onFailure;

const includes = (passes: 'all' | ReadonlySet<string>, name: string): boolean => passes === 'all' || passes.has(name);
const topmost = (operation: Operation): Operation => {
  let top = operation;
  for (let above = top.parentOperation; above; above = top.parentOperation) top = above;
  return top;
};

/** Hooks of a run that print; `write` takes what goes to standard error. */
export function irDumps(options: DumpOptions, write: (text: string) => void): Pick<RunOptions, 'before' | 'after'> {
  const { print, folder } = options;
  const counts = new Map<string, number>();
  const dump = (when: string, pass: Pass, root: Operation): void => {
    if (root.isErased) return;
    const shown = options.moduleScope ? topmost(root) : root;
    const part = options.moduleScope && shown !== root ? ` ('${root.name}' operation${symbolSuffix(root)})` : '';
    const text = `// -----// IR Dump ${when} ${pass.name}${part} //----- //\n${printOperation(shown, print)}\n`;
    if (folder === undefined) return write(`${text}\n`);
    const place = folderOf(folder, root);
    const number = (counts.get(place) ?? 0) + (when === 'Before' ? 0 : 1);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `${number}_${when.toLowerCase().replaceAll(' ', '-')}_${pass.name}.mlir`), text);
  };
  return {
    before(pass, root) {
      if (includes(options.before, pass.name)) dump('Before', pass, root);
    },
    after(pass, root, { changed, failed }) {
      if (failed) {
        if (options.onFailure || includes(options.after, pass.name)) dump('After failed', pass, root);
      } else if (includes(options.after, pass.name) && (changed || !options.onChange)) dump('After', pass, root);
      else if (options.after !== 'all' && options.after.size === 0 && options.onChange && changed)
        dump('After', pass, root);
      if (folder !== undefined && !root.isErased) {
        const place = folderOf(folder, root);
        counts.set(place, (counts.get(place) ?? 0) + 1);
      }
    },
  };
}

const symbolSuffix = (operation: Operation): string => {
  const name = symbolName(operation);
  return name === undefined ? '' : `: @${name}`;
};

/** `builtin_module_no-symbol-name/func_func_main`, as upstream names the folders. */
function folderOf(base: string, operation: Operation): string {
  const parts: string[] = [];
  for (let at: Operation | undefined = operation; at; at = at.parentOperation) {
    const symbol = symbolName(at) ?? 'no-symbol-name';
    parts.unshift(`${at.name}_${symbol}`.replaceAll(/[^\w-]/g, '_').slice(0, 120));
  }
  return join(base, ...parts);
}
