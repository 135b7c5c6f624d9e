/** Every operator with every spelling that its specification allows, and what is told of those that it does not. */
import { describe, expect, test } from 'vitest';
import { importers } from '../../../lowering/onnx/importers.ts';
import { Random } from '../../../tools/check/random.ts';
import { modelText } from '../../../tools/fuzz/onnx/model.ts';
import { drawNode, operators } from './operator-table.ts';
import { expressionsOf } from './expression.ts';

const cases = 25;

test('every operator that reads something is drawn', () => {
  expect(Object.keys(operators).sort()).toEqual([...importers.keys()].filter((name) => name !== 'Constant').sort());
});

describe('what a node means', () => {
  test.each(Object.keys(operators))('%s', (name) => {
    for (let number = 0; number < cases; number++) {
      const { model, means } = drawNode(name, new Random(71, number));
      expect(expressionsOf(model), modelText(model)).toEqual([means]);
    }
  });
});
