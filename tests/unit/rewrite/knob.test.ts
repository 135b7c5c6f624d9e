import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  defaultSettings,
  knob,
  parseSettings,
  printSettings,
  type Settings,
  settingsWith,
} from '../../../rewrite/knob.ts';

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
