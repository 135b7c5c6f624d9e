/**
 * Contractions and windows of the sizes at which the lowering decides: groups of 64 channels, more cores than rows, strides
 * and dilations of one direction only, weights that are constants, also for others to read.
 */
import type { NdArray } from '../../interpreter/index.ts';
import { Context, f16, type TensorType, type Type, tensorType } from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { type InputStyle, inputOf } from '../../tools/check/inputs.ts';
import { toBytes } from '../../tools/check/levels.ts';
import type { CheckCase } from '../../tools/check/program.ts';
import type { Random } from '../../tools/check/random.ts';
import { allDialects } from '../../tools/lists.ts';

const channels = [1, 3, 5, 63, 64, 65, 128, 200];
const typeText = (...shape: number[]): string => `tensor<${[...shape, 'f16'].join('x')}>`;

interface Statement {
  /** The operation as text, of operands `%x` and, where there is one, `%w`. */
  readonly operation: string;
  readonly x: readonly number[];
  readonly w: readonly number[] | undefined;
  readonly out: readonly number[];
}
const windows = (extent: number, kernel: number, stride: number, dilation = 1): number =>
  Math.floor((extent - (kernel - 1) * dilation - 1) / stride) + 1;

function image(random: Random, wide: boolean) {
  const [R, S] = [1 + random.below(3), 1 + random.below(3)];
  const strides = [1 + random.below(3), 1 + random.below(3)] as const;
  const dilations = random.once(2) ? ([1, 1] as const) : ([1 + random.below(2), 1 + random.below(2)] as const);
  const H = (R - 1) * dilations[0] + 1 + random.below(random.once(4) ? 18 : 6);
  const W = (S - 1) * dilations[1] + 1 + random.below(5);
  const [P, Q] = [windows(H, R, strides[0], dilations[0]), windows(W, S, strides[1], dilations[1])];
  return {
    N: 1 + random.below(2),
    H,
    W,
    C: random.pick(wide ? channels : [1, 3, 64, 70]),
    R,
    S,
    P,
    Q,
    strides,
    dilations,
  };
}
const pair = (values: readonly number[]): string => `array<i64: ${values.join(', ')}>`;

function convolution(random: Random): Statement {
  const { N, H, W, C, R, S, P, Q, strides, dilations } = image(random, true);
  const K = random.pick(channels);
  const [x, w, out] = [
    [N, H, W, C],
    [K, R, S, C],
    [N, P, Q, K],
  ];
  const attributes = `{dilations = ${pair(dilations)}, strides = ${pair(strides)}}`;
  return {
    operation: `tensorop.conv2d %x, %w ${attributes} : ${typeText(...x)}, ${typeText(...w)} -> ${typeText(...out)}`,
    ...{ x, w, out },
  };
}
function depthwise(random: Random): Statement {
  const { N, H, W, C, R, S, P, Q, strides, dilations } = image(random, false);
  const [x, w, out] = [
    [N, H, W, C],
    [R, S, C],
    [N, P, Q, C],
  ];
  const attributes = `{accumulator = "f16", dilations = ${pair(dilations)}, strides = ${pair(strides)}}`;
  const types = `${typeText(...x)}, ${typeText(...w)} -> ${typeText(...out)}`;
  return { operation: `tensorop.depthwise_conv2d %x, %w ${attributes} : ${types}`, x, w, out };
}
function product(random: Random): Statement {
  const batch = random.once(3) ? [1 + random.below(3)] : [];
  const [M, K, N] = [random.pick([1, 2, 7, 33, 64]), random.pick(channels), random.pick(channels)];
  const [x, w, out] = [
    [...batch, M, K],
    [...batch, K, N],
    [...batch, M, N],
  ];
  return {
    operation: `tensorop.matmul %x, %w : ${typeText(...x)}, ${typeText(...w)} -> ${typeText(...out)}`,
    ...{ x, w, out },
  };
}
function pool(random: Random): Statement {
  const { N, H, W, C, R, S, strides } = image(random, false);
  const pads = Array.from({ length: 4 }, (_, at) => random.below(at % 2 === 0 ? R : S)) as [
    number,
    number,
    number,
    number,
  ];
  const [P, Q] = [windows(H + pads[0] + pads[2], R, strides[0]), windows(W + pads[1] + pads[3], S, strides[1])];
  const [x, out] = [
    [N, H, W, C],
    [N, P, Q, C],
  ];
  const mean = random.once(2);
  const counted = mean ? `count_include_pad = ${random.once(2)}, ` : '';
  const attributes = `{${counted}kernel = ${pair([R, S])}, pads = ${pair(pads)}, strides = ${pair(strides)}}`;
  return {
    operation: `tensorop.${mean ? 'average' : 'max'}_pool %x ${attributes} : ${typeText(...x)} -> ${typeText(...out)}`,
    ...{ x, w: undefined, out },
  };
}

const tensorOf = (shape: readonly number[], style: InputStyle, random: Random): NdArray =>
  inputOf(tensorType(shape, f16) as Type, style, random) as NdArray;
const hex = ({ data }: NdArray): string => Buffer.from(toBytes(data as Float32Array, 'f16')).toString('hex');

/** A function around one statement; its weights come from outside or are a constant, which it may return as well. */
export function drawContraction(random: Random): CheckCase & { readonly text: string } {
  const { operation, x, w, out } = random.pick([convolution, convolution, product, depthwise, pool])(random);
  const style = random.pick(['small', 'small', 'wide'] as const);
  const isConstant = w !== undefined && random.once(2);
  // What is moved as a whole must fit into neuron memory.
  const isSmall = (w ?? []).reduce((volume, extent) => volume * extent, 1) < 2 ** 16;
  const isRead = isConstant && isSmall && random.once(2);
  const arguments_ = [`%x: ${typeText(...x)}`, ...(w && !isConstant ? [`%w: ${typeText(...w)}`] : [])];
  const results = [typeText(...out), ...(isRead && w ? [typeText(...w)] : [])];
  const twice = random.once(6);
  const returned = ['%y', ...(isRead ? ['%w'] : []), ...(twice ? ['%y', '%x'] : [])];
  if (twice) results.push(typeText(...out), typeText(...x));
  const constant = `%w = tensorop.constant dense<"0x${hex(tensorOf(w ?? [], style, random))}"> : ${typeText(...(w ?? []))}`;
  const text = `func.func @main(${arguments_.join(', ')}) -> (${results.join(', ')}) {
  ${isConstant ? constant : ''}
  %y = ${operation}
  return ${returned.join(', ')} : ${results.join(', ')}
}`;
  const module = parseModule(text, new Context(allDialects));
  const inputs = [x, ...(w && !isConstant ? [w] : [])].map((shape) => ({
    type: tensorType(shape, f16) as TensorType,
    data: tensorOf(shape, style, random).data as Float32Array,
  }));
  return { text: text.replace(/"0x.*?"/, '…'), module, inputs };
}
