/** How many operations of each name there are, as a table. */
import type { Operation } from '../ir/operation.ts';
import { knob } from './knob.ts';
import { pass } from './pass.ts';
import { visitInside } from './walk-columns.ts';

/** How often each operation name occurs in `root`, itself included, sorted by name. */
export function countOperations(root: Operation): ReadonlyMap<string, number> {
  const { context } = root;
  const { columns } = context;
  const counts: number[] = [];
  const count = (op: number): void => {
    const name = columns.opName[op] as number;
    while (counts.length <= name) counts.push(0);
    counts[name] = (counts[name] as number) + 1;
  };
  count(root.id);
  visitInside(columns, root.id, count);
  const found = [...counts.entries()].flatMap(([name, times]): [string, number][] =>
    times === 0 ? [] : [[context.nameOf(name), times]],
  );
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const summary = (counts: ReadonlyMap<string, number>): string => {
  const rows = [...counts].map(([name, times]) => {
    const dot = name.indexOf('.');
    return { dialect: dot < 0 ? '' : name.slice(0, dot), name: name.slice(dot + 1), times };
  });
  const dialects = Math.max(...rows.map(({ dialect }) => dialect.length));
  const names = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.map(({ dialect, name, times }) => {
    const left = dialect === '' ? ' '.repeat(dialects + 3) : `${dialect.padStart(dialects + 2)}.`;
    return `${left}${name.padEnd(names)} , ${times}\n`;
  });
  return `Operations encountered:\n-----------------------\n${lines.join('')}`;
};

const asJson = (counts: ReadonlyMap<string, number>): string =>
  `{\n${[...counts].map(([name, times]) => `  "${name}" : ${times}`).join(',\n')}\n}\n`;

/** Prints how many operations of each name there are. */
export const printOpStats = pass('print-op-stats', {
  summary: 'print how many operations of each name there are',
  knobs: { json: knob.flag(false, 'print them as JSON') },
  exact: true,
  run: (root, { json }, context) => context.write((json ? asJson : summary)(countOperations(root))),
});
