import { describe, expect, test } from 'vitest';
import { reduce } from '../../../tools/fuzz/reduce.ts';
import { textCampaign } from '../../../tools/fuzz/text/campaign.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const lines = Array.from({ length: 40 }, (_, at) => `%${at} = "t.op${at}"(%a, %b) : (i32, i32) -> i32`).join('\n');

describe('reducing', () => {
  test('leaves what is needed, of lines and then of tokens', async () => {
    const input = Buffer.from(`${lines}\n"x"(%17) loc("y")\n${lines}`);
    const needs = (candidate: Uint8Array): boolean => /"x".*loc/s.test(text(candidate));
    expect(text(await reduce(input, textCampaign.cuts, needs, Number.POSITIVE_INFINITY))).toBe('"x"loc');
  });

  test('keeps parts that are far from each other', async () => {
    const needs = (candidate: Uint8Array): boolean => /%3 .*%31 /s.test(text(candidate));
    expect(text(await reduce(Buffer.from(lines), textCampaign.cuts, needs, Number.POSITIVE_INFINITY))).toBe('%3 %31 ');
  });

  test('ends when its time is over, with an input that still holds', async () => {
    let time = 0;
    const needs = (candidate: Uint8Array): boolean => {
      time++;
      return text(candidate).includes('t.op9');
    };
    const found = await reduce(Buffer.from(lines), textCampaign.cuts, needs, 4, () => time);
    expect(time).toBe(4);
    expect(found.length).toBeLessThan(lines.length);
    expect(text(found)).toContain('t.op9');
  });
});
