/** Finds exports without a doc comment. */
import type { SourceFile } from './source-file.ts';

const declaration =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type) +([A-Za-z_$][\w$]*)/;

/** `path:line name` for each export that no doc comment stands directly above; overloads share the first one's. */
export function undocumentedExports({ path, text }: SourceFile): readonly string[] {
  const lines = text.split('\n');
  const documented = new Set<string>();
  return lines.flatMap((line, at) => {
    const name = declaration.exec(line)?.[1];
    if (name === undefined) return [];
    if (hasComment(lines, at)) documented.add(name);
    return documented.has(name) ? [] : [`${path}:${at + 1} ${name}`];
  });
}

function hasComment(lines: readonly string[], at: number): boolean {
  let above = at - 1;
  while (lines[above]?.startsWith('// biome-ignore')) above--;
  if (!lines[above]?.trimEnd().endsWith('*/')) return false;
  while (above >= 0 && !lines[above]?.trimStart().startsWith('/*')) above--;
  return lines[above]?.trimStart().startsWith('/**') ?? false;
}
