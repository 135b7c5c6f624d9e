import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Mlir } from '../../../ir/text/generated/Mlir.ts';
import { token } from '../../../ir/text/token.ts';

describe('the generated parser', () => {
  it('counts token kinds as the lexer does', () => {
    const names = Mlir.symbolicNames as readonly (string | null)[];
    expect(names.length).toBe(Object.keys(token).length);
    for (const [kind, name] of names.entries()) if (name !== null) expect(token[name as 'EOF']).toBe(kind);
  });

  it('never predicts: every decision is made on one token', () => {
    const source = readFileSync(new URL('../../../ir/text/generated/Mlir.ts', import.meta.url), 'utf8');
    expect(source).toContain('class Mlir extends LeanParser');
    expect(source).not.toContain('adaptivePredict');
  });
});
