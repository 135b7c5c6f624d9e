import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeAtomically } from '../../../tools/files/write-atomically.ts';

describe('writing a file as a whole', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'write-atomically-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('makes a file of text or bytes and leaves nothing beside it', () => {
    writeAtomically(join(folder, 'text'), 'é\n');
    writeAtomically(join(folder, 'bytes'), Uint8Array.of(0, 255, 10));
    expect(readFileSync(join(folder, 'text'), 'utf8')).toBe('é\n');
    expect([...readFileSync(join(folder, 'bytes'))]).toEqual([0, 255, 10]);
    expect(readdirSync(folder).sort()).toEqual(['bytes', 'text']);
  });

  test('replaces the file instead of writing into it, and keeps its permissions', () => {
    const path = join(folder, 'a');
    writeFileSync(path, 'old, and longer than the new content');
    chmodSync(path, 0o600);
    const before = statSync(path).ino;
    writeAtomically(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).ino).not.toBe(before);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('leaves everything as it was when the file cannot be put in place', () => {
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'taken', 'inside'), '');
    expect(() => writeAtomically(join(folder, 'taken'), 'x')).toThrow();
    expect(readdirSync(folder)).toEqual(['taken']);
    expect(() => writeAtomically(join(folder, 'missing', 'a'), 'x')).toThrow(/ENOENT/);
  });
});
