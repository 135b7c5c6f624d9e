/** A conversion to measure: integers of arith into the operations of a dialect with other names, by name. */
import { arith } from 'paleozoic/dialects/arith';
import { attr, dialect, op, sameType } from 'paleozoic/ir';
import { conversion, conversionTarget, convert, pass } from 'paleozoic/rewrite';

const word = sameType('T', 'an integer', (type) => type.kind === 'integer');
const binary = (name) =>
  op(`machine.${name}`, {
    summary: `${name} of two words`,
    operands: { lhs: word, rhs: word },
    results: { result: word },
    traits: ['pure'],
  });
const names = ['addi', 'subi', 'muli', 'andi', 'ori', 'xori'];
const ops = Object.fromEntries(names.map((name) => [name, binary(name)]));
const constant = op('machine.constant', {
  summary: 'a word that is known',
  attributes: { value: attr.any() },
  results: { result: word },
  traits: ['pure'],
  inferTypes: (_, attributes) => [attributes.get('value').type],
});

const target = conversionTarget({ illegal: [arith] });
const patterns = [
  ...names.map((name) => conversion(`${name}-to-machine`, arith.ops[name], ({ lhs, rhs }) => ops[name]({ lhs, rhs }))),
  conversion('constant-to-machine', arith.ops.constant, ({ value }) => constant({ value })),
];

export const dialects = [dialect('machine', { ...ops, constant })];
export const passes = [
  pass('arith-to-machine', {
    summary: 'turn integers of arith into words of a machine',
    exact: true,
    run(root, _knobs, { check, observer }) {
      convert(root, target, patterns, { mode: 'partial', check, observer });
    },
  }),
];
