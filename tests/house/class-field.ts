/** Finds class fields that are given their value where they are declared. */
import type { SourceFile } from './source-file.ts';

const opening = /^(?:export )?(?:abstract )?class ([\w$]+)/;
// In formatted code the members of a top-level class are two spaces in, and what is in a method is further in.
const field = /^ {2}(?:(?:private|protected|public|readonly|override|accessor) )*(#?[\w$]+)[?!]?(?:: .*)? = /;

/** `path:line Class.field` for each instance field with an initialiser. */
export function initialisedFields({ path, text }: SourceFile): readonly string[] {
  let within: string | undefined;
  return text.split('\n').flatMap((line, at) => {
    const opened = opening.exec(line)?.[1];
    if (opened !== undefined) within = opened;
    else if (line.startsWith('}')) within = undefined;
    const name = within === undefined ? undefined : field.exec(line)?.[1];
    return name === undefined ? [] : [`${path}:${at + 1} ${within}.${name}`];
  });
}
