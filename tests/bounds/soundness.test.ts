/** No error is larger than its bound: against exact numbers and against single precision, on inputs sought for it. */
import { describe, expect, test } from 'vitest';
import { subjects } from './subjects.ts';
import { search } from './search.ts';

describe('bounds hold', () => {
  test.each(subjects)('$name of $element.text', ({ name, cases, element }) => {
    const t = Date.now();
    const found = search(cases, element, { instances: 12, steps: 25, seed: 7 });
    console.log(name, element.text, JSON.stringify(found), Date.now() - t);
    expect(found.wrong).toBeUndefined();
  });
});
