import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  defaultSettings,
  knob,
  parseSettings,
  printSettings,
  type Settings,
  settingsWith,
} from '../../../rewrite/knob.ts';
import { type Pass, pass } from '../../../rewrite/pass.ts';
import { printPipeline } from '../../../rewrite/pipeline.ts';
import { parsePipeline } from '../../../rewrite/pipeline-parser.ts';

const knobs = {
  m: knob.powerOfTwo(16, 256, 64, 'rows per tile'),
  order: knob.oneOf(['mnk', 'nmk'], 'mnk', 'loop order, outermost first'),
  doubleBuffer: knob.flag(true, 'overlap loads with computation'),
  cores: knob.int(1, 32, 1, 'how many cores'),
};

describe('knobs', () => {
  test('settings are typed by the knobs', () => {
    const settings = defaultSettings(knobs);
    expectTypeOf(settings).toEqualTypeOf<Settings<typeof knobs>>();
    expectTypeOf(settings.order).toEqualTypeOf<'mnk' | 'nmk'>();
    expect(settings).toEqual({ m: 64, order: 'mnk', doubleBuffer: true, cores: 1 });
    // @ts-expect-error: 'kmn' is not one of the words
    expect(() => settingsWith(knobs, { order: 'kmn' })).toThrow("knob 'order' is 'kmn', expected mnk | nmk");
  });

  test('text and settings lead to each other', () => {
    const settings = parseSettings(knobs, 'm=128, order=nmk double-buffer=false,cores=32');
    expect(settings).toEqual({ m: 128, order: 'nmk', doubleBuffer: false, cores: 32 });
    expect(printSettings(knobs, settings)).toBe('m=128 order=nmk double-buffer=false cores=32');
    expect(parseSettings(knobs, printSettings(knobs, settings))).toEqual(settings);
    expect(printSettings(knobs, defaultSettings(knobs))).toBe('');
    expect(parseSettings(knobs, 'double-buffer').doubleBuffer).toBe(true);
  });

  test('free text goes on over commas and over brackets that it closes, to a space', () => {
    const free = { names: knob.text('all', 'names', 'which'), cores: knob.int(1, 32, 1, 'how many cores') };
    const settings = parseSettings(free, 'names=a,f(b, c{d=1}),e cores=3');
    expect(settings).toEqual({ names: 'a,f(b, c{d=1}),e', cores: 3 });
    expect(parseSettings(free, printSettings(free, settings))).toEqual(settings);
    const empty = parseSettings(free, 'names=');
    expect(printSettings(free, empty)).toBe('names=');
    const one = pass('one', { summary: 'takes text', knobs: free, exact: true, run: () => {} });
    const text = 'any(one{names=a,f(b, c{d=1}),e cores=3},one{names=},one)';
    expect(printPipeline(parsePipeline(text, [one as unknown as Pass]))).toBe(text);
  });

  test.each([
    ['m=48', "knob 'm' is '48', expected 16 | 32 | 64 | 128 | 256"],
    ['cores=33', "knob 'cores' is '33', expected 1..32"],
    ['cores=1.5', "knob 'cores' is '1.5', expected 1..32"],
    ['cores=', "knob 'cores' is '', expected 1..32"],
    ['double-buffer=maybe', "knob 'double-buffer' is 'maybe', expected false | true"],
    ['size=1', "no knob is called 'size', expected 'm', 'order', 'double-buffer', 'cores'"],
    ['__proto__=1', "no knob is called '__proto__', expected 'm', 'order', 'double-buffer', 'cores'"],
  ])('%s is refused', (text, message) => {
    expect(() => parseSettings(knobs, text)).toThrow(message);
  });
});
