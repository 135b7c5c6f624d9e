/** An operation of one's own in a dozen lines: declared, built, verified, printed and read back. */
import { builtin } from '../dialects/builtin/index.ts';
import { Builder, Context, dialect, f32, op, tensor, tensorType, VerifyError, verify } from '../ir/index.ts';
import { parseModule, printOperation } from '../ir/text/index.ts';

/** out[m, n] = x[m] · y[n]. Names that are used twice are the same extent. */
const outer = op('mine.outer', {
  summary: 'outer product of two vectors',
  operands: { x: tensor('M'), y: tensor('N') },
  results: { out: tensor('M N') },
  traits: ['pure'],
  assembly: '$x `,` $y attr-dict `:` type($x) `,` type($y) `->` type($out)',
});
const dot = op('mine.dot', {
  summary: 'sum of products',
  operands: { x: tensor('K'), y: tensor('K') },
  results: { out: tensor('1') },
  traits: ['pure'],
  assembly: '$x `,` $y attr-dict `:` type($x)',
});
const mine = dialect('mine', { outer, dot });

/** Runs the example and gives what it has to say. */
export function ownOp(): string {
  const context = new Context([builtin, mine], { allowUnregistered: true });
  const module = parseModule(
    '%a = "x.source"() : () -> tensor<3xf32>\n%b = "x.source"() : () -> tensor<4xf32>',
    context,
  );
  const [a, b] = (module.region().entry?.operations ?? []).map((operation) => operation.result());
  if (!a || !b) throw new Error('two sources were read');
  const builder = Builder.atEnd(module.region().blocks[0] as never);
  const made = builder.build(() => outer({ x: a, y: b }));
  const lines = [printOperation(module), `inferred: ${made.out.type.text}, valid: ${verify(module).length === 0}`];
  if (made.out.type !== tensorType([3, 4], f32)) throw new Error('the result type follows from the operands');
  try {
    builder.build(() => dot({ x: a, y: b }));
  } catch (error) {
    if (error instanceof VerifyError) lines.push(`refused: ${error.message}`);
  }
  return lines.join('\n');
}
