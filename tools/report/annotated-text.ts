/** The text of a module, of which each line knows the operation that it is of. */
import { clone, nameLocation, type Operation } from '../../ir/index.ts';
import { printOperation } from '../../ir/text/index.ts';

/** A line, and the number of its operation in the order of a walk; undefined for what is of no operation. */
export interface AnnotatedLine {
  readonly text: string;
  readonly operation: number | undefined;
}

/** Dense data of more elements is left out: nobody reads it. */
const shownElements = 16;

/** Something that stands in no module. */
function markFor(module: Operation): string {
  const text = printOperation(module, { debugInfo: true, elideLargerThan: shownElements });
  let mark = 'operation';
  while (text.includes(mark)) mark += '-';
  return mark;
}

/** The lines of a module as it is printed. Operations are told apart by marks in the place of their locations. */
export function annotatedText(module: Operation): readonly AnnotatedLine[] {
  const mark = markFor(module);
  const copy = clone(module);
  let count = 0;
  copy.walk((operation) => {
    operation.setLocation(nameLocation(`${mark}${count++}`));
    for (const region of operation.regions)
      for (const block of region.blocks)
        for (const argument of block.arguments) argument.setLocation(nameLocation(`${mark}x`));
  });
  const text = printOperation(copy, { debugInfo: true, localScope: true, elideLargerThan: shownElements });
  const ending = new RegExp(` loc\\("${mark}(\\d+)"\\)$`);
  const lines: { text: string; operation: number | undefined }[] = [];
  /** Lines that open a region; their operation is known where it ends. */
  const open: number[][] = [];
  for (const written of text.replaceAll(` loc("${mark}x")`, '').split('\n')) {
    const found = ending.exec(written);
    const line = { text: written.replace(ending, ''), operation: found ? Number(found[1]) : undefined };
    const at = lines.push(line) - 1;
    const bare = line.text.trim();
    const closes = bare.startsWith('}');
    if (closes && found)
      for (const before of open.pop() ?? []) (lines[before] as typeof line).operation = line.operation;
    else if (closes) open.at(-1)?.push(at);
    else if (!found && bare.endsWith('{')) open.push([at]);
  }
  return lines;
}
