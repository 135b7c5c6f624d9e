/**
 * Modules that mlir-opt refuses are refused, with the first error on upstream's line. What differs
 * is listed with its reason; an error of the core's own is never among what is accepted.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { corpus, hasCorpora } from './corpus.ts';
import { expectedErrors, firstError } from './invalid.ts';

const listed = JSON.parse(readFileSync(new URL('invalid-exceptions.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, string>
>;

test.skipIf(!hasCorpora)('upstream’s invalid modules', () => {
  const expected = new Map(expectedErrors().map((error) => [error.file, error]));
  const modules = corpus('invalid');
  expect(modules.length).toBeGreaterThan(300);
  const found = new Map<string, string>();
  for (const { name, text } of modules) {
    const error = firstError(text);
    const { line, message } = expected.get(name) as NonNullable<ReturnType<typeof expected.get>>;
    if (!error) found.set(name, `accepted, expected '${message}'`);
    else if (error.line !== line)
      found.set(name, `refused on line ${error.line} ('${error.message}'), expected ${line} ('${message}')`);
  }
  const news = [...found].filter(([name]) => listed[name] === undefined);
  expect(news, 'modules that differ and are not listed').toEqual([]);
  expect(
    Object.keys(listed).filter((name) => !found.has(name)),
    'listed modules that do not differ',
  ).toEqual([]);
  for (const [name, how] of found)
    expect(listed[name]?.split(':')[0], name).toBe(how.startsWith('accepted') ? 'accepted' : 'another line');
  const refused = modules.length - [...found.values()].filter((how) => how.startsWith('accepted')).length;
  const placed = modules.length - found.size;
  expect(placed / refused).toBeGreaterThanOrEqual(0.9);
});
