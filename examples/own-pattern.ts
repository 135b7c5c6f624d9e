/** A rewrite rule of one's own, as data: what to match, what to build. */
import { builtin } from '../dialects/builtin/index.ts';
import { tensorop } from '../dialects/tensorop/index.ts';
import { Context } from '../ir/index.ts';
import { parseModule, printOperation } from '../ir/text/index.ts';
import { rewriteGreedily, rule } from '../rewrite/index.ts';

const { mul, neg } = tensorop.ops;

/** (−x) · (−y) = x · y. */
export const productOfNegations = rule('product-of-negations', {
  match: mul.of({ lhs: neg.of({ input: 'x' }), rhs: neg.of({ input: 'y' }) }),
  build: ({ x, y }) => mul({ lhs: x, rhs: y }),
});

/** Runs the example and gives the program after the rule. */
export function ownPattern(): string {
  const context = new Context([builtin, tensorop], { allowUnregistered: true });
  const module = parseModule(
    `%a, %b = "x.source"() : () -> (tensor<2xf32>, tensor<2xf32>)
     %c = tensorop.neg %a : tensor<2xf32>
     %d = tensorop.neg %b : tensor<2xf32>
     %e = tensorop.mul %c, %d : tensor<2xf32>
     "x.sink"(%e) : (tensor<2xf32>) -> ()`,
    context,
  );
  rewriteGreedily(module, [productOfNegations]);
  return printOperation(module);
}
