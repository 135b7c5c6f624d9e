import { describe, expect, test } from 'vitest';
import { errorAt, fileLocation, unknownLocation } from '../../../ir/index.ts';
import { checkText, refusalFault } from '../../../tools/fuzz/text/check.ts';
import { timed } from '../../../tools/fuzz/worker.ts';

const kind = (text: string): string => {
  const { kind, failure } = checkText(Buffer.from(text));
  expect(failure).toBeUndefined();
  return kind;
};

describe('what comes of a text', () => {
  test('refused, read, or verified', () => {
    expect(kind('"t.a"(')).toBe('refused');
    expect(kind('%0 = arith.constant 1 : i32\n')).toBe('verified');
    expect(kind('"arith.constant"() : () -> i32')).toBe('read');
    expect(kind('"t.a"() : () -> () loc("x":1:2)')).toBe('verified');
  });

  test('flags that say nothing make no other module', () => {
    const add = '"arith.addi"(%0, %0) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32';
    expect(kind(`%0 = "t.a"() : () -> i32\n%1 = ${add}`)).toBe('verified');
  });
});

describe('a refusal', () => {
  const input = Buffer.from('ab\ncde');
  const fault = (line: number, column: number, message = 'm', file = 'case.mlir'): string | undefined =>
    refusalFault([errorAt(fileLocation(file, line, column), message)], input);

  test('stands at a place of the text, its end included', () => {
    expect([fault(1, 1), fault(1, 3), fault(2, 4)]).toEqual([undefined, undefined, undefined]);
  });

  test('elsewhere, without a message or without a diagnostic is a finding', () => {
    for (const wrong of [
      fault(0, 1),
      fault(1, 0),
      fault(1, 4),
      fault(3, 1),
      fault(1, 1, ' '),
      fault(1, 1, 'm', 'x.mlir'),
    ])
      expect(wrong).toBeDefined();
    expect(refusalFault([], input)).toBeDefined();
    expect(refusalFault([errorAt(unknownLocation, 'm')], input)).toBeDefined();
  });
});

describe('time', () => {
  const slow = (milliseconds: readonly number[]) => {
    let call = 0;
    return {
      make: () => new Uint8Array(),
      check: () => {
        const end = performance.now() + (milliseconds[call++] ?? 0);
        while (performance.now() < end);
        return { kind: 'refused' };
      },
    };
  };

  test('over the limit twice is a finding, once is not', async () => {
    expect((await timed(slow([30, 30]), new Uint8Array(), 20)).failure?.key).toBe('slow');
    expect((await timed(slow([30, 0]), new Uint8Array(), 20)).failure).toBeUndefined();
  });
});
