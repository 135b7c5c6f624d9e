import { describe, expect, it } from 'vitest';
import {
  attr,
  type AssemblyHooks,
  Context,
  dialect,
  DiagnosticError,
  index,
  op,
  optional,
  optionalAttribute,
  region,
  sameType,
  symbolAttribute,
  tensor,
  typed,
  variadic,
} from '../../../ir/index.ts';
import { parseModule, printOperation } from '../../../ir/text/index.ts';

const moduleHooks: AssemblyHooks = {
  print(operation, printer) {
    printer.attributeDictionary(operation, [], { keyword: true });
    printer.write(' ');
    printer.region(operation.region(0));
  },
  parse(parser) {
    const attributes = parser.attributeDictionary({ keyword: true });
    return { attributes, regions: [parser.region([])] };
  },
};
const module = op('builtin.module', {
  summary: 'module',
  regions: { body: region('body') },
  traits: ['no-terminator'],
  assembly: moduleHooks,
});

/** A function whose region has named arguments, as the real one's. */
const funcHooks: AssemblyHooks = {
  print(operation, printer) {
    printer.write(' ');
    const name = operation.attribute('sym_name');
    if (name) printer.attribute(name);
    printer.write('(');
    const entry = operation.region(0).entry;
    for (const [at, argument] of (entry?.arguments ?? []).entries()) {
      if (at > 0) printer.write(', ');
      printer.blockArgument(argument);
    }
    printer.write(')');
    printer.attributeDictionary(operation, ['sym_name'], { keyword: true });
    printer.write(' ');
    printer.region(operation.region(0), { entryArguments: false });
  },
  parse(parser) {
    const name = parser.symbolName();
    parser.expect('(');
    const entry = parser.at(')') ? [] : [parser.argument()];
    while (parser.accept(',')) entry.push(parser.argument());
    parser.expect(')');
    const attributes = parser.attributeDictionary({ keyword: true });
    return {
      attributes: [...attributes, { name: 'sym_name', value: symbolAttribute(name), property: true }],
      regions: [parser.region(entry)],
    };
  },
};
const func = op('toy.func', {
  summary: 'function',
  attributes: { sym_name: attr.symbol() },
  regions: { body: region('body') },
  assembly: funcHooks,
});
const dot = op('toy.dot', {
  summary: 'product',
  operands: { lhs: tensor('M K'), rhs: tensor('K N') },
  attributes: { steps: attr.pair({ default: [1, 1] }), mode: attr.oneOf(['fast', 'exact'], {}), scale: attr.float({}) },
  results: { out: tensor('M N') },
  assembly: '$lhs, $rhs $mode scale = $scale steps $steps attr-dict : type($lhs), type($rhs)',
});
const add = op('toy.add', {
  summary: 'sum',
  operands: { lhs: sameType('T'), rhs: sameType('T') },
  results: { out: sameType('T') },
  traits: ['same-operands-and-result-type'],
  assembly: '$lhs, $rhs attr-dict : type($out)',
});
const launch = op('toy.launch', {
  summary: 'several groups',
  operands: { size: typed(index), inputs: variadic(sameType('A')), last: optional(typed(index)) },
  attributes: { sync: attr.unit(), callee: optionalAttribute(attr.symbol()) },
  results: { outs: variadic(sameType('B')) },
  regions: { body: region('body') },
  assembly:
    '$size (`sync` $sync^)? (`calls` $callee^)? `(` $inputs `)` (`until` $last^)? attr-dict `:` functional-type($inputs, $outs) $body',
});
const jump = op('toy.jump', {
  summary: 'branch',
  operands: { args: variadic(sameType('A')) },
  successors: ['target'],
  traits: ['terminator'],
  assembly: 'successors (`(` $args^ `:` type($args) `)`)? attr-dict',
});
const toy = dialect('toy', { func, dot, add, launch, jump });
const builtin = dialect('builtin', { module });

const fresh = (): Context => new Context([builtin, toy], { allowUnregistered: true });
const text = `module attributes {toy.x = 1 : i64} {
  toy.func @f(%arg0: tensor<2x3xf32>, %arg1: tensor<3x4xf32>) attributes {note = "n"} {
    %0 = toy.dot %arg0, %arg1 fast scale = 5.000000e-01 steps [1, 2] {extra} : tensor<2x3xf32>, tensor<3x4xf32>
    %1 = toy.add %0, %0 : tensor<2x4xf32>
    %2 = "t.index"() : () -> index
    %3:2 = toy.launch %2 sync calls @g(%0, %1) until %2 : (tensor<2x4xf32>, tensor<2x4xf32>) -> (i32, f32) {
      "t.use"(%0) : (tensor<2x4xf32>) -> ()
    }
    toy.launch %2() : () -> () {
    ^bb0:
    }
    toy.jump ^bb1(%1 : tensor<2x4xf32>)
  ^bb1(%4: tensor<2x4xf32>):  // pred: ^bb0
    toy.jump ^bb2
  ^bb2:  // pred: ^bb1
    "t.end"() : () -> ()
  }
}`;

describe('custom forms', () => {
  it('reads back what it prints, and the generic form as the same', () => {
    const parsed = parseModule(text, fresh());
    expect(printOperation(parsed)).toBe(text);
    const generic = printOperation(parsed, { generic: true });
    expect(generic).not.toContain('toy.dot %');
    expect(printOperation(parseModule(generic, fresh()))).toBe(text);
  });

  it('infers the types that the format leaves out', () => {
    const parsed = parseModule(text, fresh());
    const types: string[] = [];
    parsed.walk((operation) => {
      if (operation.name === 'toy.dot') types.push(...operation.results.map((value) => value.type.text));
    });
    expect(types).toEqual(['tensor<2x4xf32>']);
  });

  it('knows short names of builtin and func', () => {
    expect(printOperation(parseModule('module {\n}', fresh()))).toBe('module {\n}');
  });

  it.each([
    ['toy.add %a : i32', "1:12: custom op 'toy.add': found ':', expected ','"],
    ['toy.nope', "1:1: custom op 'toy.nope' is unknown"],
    ['toy.func f()', "1:10: custom op 'toy.func': found 'f', expected a symbol such as @f"],
    [
      '%a = "t.a"() : () -> tensor<2x3xf32>\ntoy.dot %a, %a fast scale = 1.0 steps [1, 1] : tensor<2x3xf32>, tensor<2x3xf32>',
      "2:1: 'toy.dot' op operand 'rhs' has K = 2, but K = 3 already",
    ],
  ])('locates what is wrong with %s', (source, message) => {
    let found: unknown;
    try {
      parseModule(source, fresh());
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(DiagnosticError);
    const [diagnostic] = (found as DiagnosticError).diagnostics;
    expect(diagnostic?.location).toMatchObject({ line: Number(message[0]), column: Number(message.split(':')[1]) });
    expect(diagnostic?.message).toBe(message.slice(message.indexOf(': ') + 2));
  });
});
