/** What fuzzing found once, through the same check again; the filetests say what must come of each. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkText } from '../../../tools/fuzz/text/check.ts';
import { readFileTest } from '../../filetests/filetest.ts';

const folder = fileURLToPath(new URL('../../filetests/text/', import.meta.url));

for (const file of readdirSync(folder).filter((name) => name.endsWith('.mlir')))
  describe(file, () => {
    for (const { title, input } of readFileTest(readFileSync(folder + file, 'utf8')).cases)
      test(title, () => {
        expect(checkText(Buffer.from(input)).failure).toBeUndefined();
      });
  });
