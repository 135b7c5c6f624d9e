/** The campaign against ONNX Runtime: what our graph level gives for a model, node by node, and what the runtime gives. */
import { evaluate, NdArray } from '../../../interpreter/index.ts';
import { Context, DiagnosticError, f32, type Operation, tensorType } from '../../../ir/index.ts';
import { importers } from '../../../lowering/onnx/importers.ts';
import { importOnnx } from '../../../lowering/onnx/import.ts';
import { readOnnx } from '../../../lowering/onnx/read.ts';
import { graph } from '../../../dialects/graph/index.ts';
import { type InputStyle, inputOf } from '../../check/inputs.ts';
import { Random } from '../../check/random.ts';
import { upperLevels } from '../../check/semantics.ts';
import { allDialects } from '../../lists.ts';
import type { Campaign, Outcome } from '../campaign.ts';
import { addOperations, CampaignCoverage } from '../coverage.ts';
import { opNames } from '../universe.ts';
import { drawModel } from './draw.ts';
import { modelBytes } from './encode.ts';
import { type AttributeValue, type ModelNode, modelText, parseModel, type SmallModel } from './model.ts';
import { onnxRuntime, type RuntimeTensor, runModel } from './runtime.ts';
import { areBothRight, toleranceOf } from './tolerance.ts';

const failed = (key: string, text: string): Outcome => ({ kind: 'failed', failure: { key, text } });

/** The inputs of a model; each depends on the seed and on its own name alone. */
function inputsOf({ head, inputs }: SmallModel): ReadonlyMap<string, RuntimeTensor> {
  return new Map(
    inputs.map(({ input, shape }) => {
      const stream = [...input].reduce((sum, letter) => 31 * sum + letter.charCodeAt(0), 0);
      const value = inputOf(tensorType(shape, f32), head.style as InputStyle, new Random(head.seed, stream));
      return [input, { shape, data: (value as NdArray).data as Float32Array }];
    }),
  );
}

const imported = (model: SmallModel): Operation => importOnnx(readOnnx(modelBytes(model)), new Context(allDialects));

const magnitude = (value: AttributeValue): AttributeValue =>
  typeof value === 'object' && 'float' in value ? { float: Math.abs(value.float) } : value;

/** A node by itself: what it reads is given. */
function alone(
  { head, constants }: SmallModel,
  node: ModelNode,
  values: ReadonlyMap<string, RuntimeTensor>,
): { readonly model: SmallModel; readonly given: readonly RuntimeTensor[] } {
  const read = [...new Set(node.inputs)].filter((name) => values.has(name));
  const given = read.map((name) => values.get(name) as RuntimeTensor);
  const inputs = read.map((name, at) => ({ input: name, shape: (given[at] as RuntimeTensor).shape }));
  return {
    model: {
      head,
      inputs,
      constants: constants.filter(({ constant }) => node.inputs.includes(constant)),
      nodes: [node],
    },
    given,
  };
}

const run = (module: Operation, given: readonly RuntimeTensor[]): NdArray =>
  evaluate(
    upperLevels,
    module,
    'main',
    given.map(({ shape, data }) => new NdArray(shape, f32, data)),
  )[0] as NdArray;

/** What a node gives when every number that goes into it is replaced by how large it is. */
function magnitudesOf({ model, given }: ReturnType<typeof alone>): NdArray {
  const constants = model.constants.map((one) => (one.floats ? { ...one, floats: one.floats.map(Math.abs) } : one));
  const [node] = model.nodes as readonly [ModelNode];
  const attributes = Object.fromEntries(
    Object.entries(node.attributes).map(([name, value]) => [name, magnitude(value)]),
  );
  // The mean is taken away: what is added to how large the product is has to be as large.
  if (node.node === 'BatchNormalization')
    for (const [at, one] of constants.entries())
      if (one.constant === node.inputs[3] && one.floats) constants[at] = { ...one, floats: one.floats.map((x) => -x) };
  return run(
    imported({ ...model, constants, nodes: [{ ...node, attributes }] }),
    given.map(({ shape, data }) => ({ shape, data: data.map(Math.abs) })),
  );
}

const shown = (x: number | undefined): string => (Object.is(x, -0) ? '-0' : String(x));

/** Where one node gives something else than the runtime from the same inputs. */
function nodeDifference(
  model: SmallModel,
  node: ModelNode,
  values: ReadonlyMap<string, RuntimeTensor>,
): string | undefined {
  const one = alone(model, node, values);
  const theirs = values.get(node.output) as RuntimeTensor;
  const ours = run(imported(one.model), one.given);
  if (ours.shape.join() !== theirs.shape.join()) return `has shape [${ours.shape}] here and [${theirs.shape}] there`;
  const data = ours.data as Float32Array;
  const tolerance = toleranceOf(
    { node, shapes: node.inputs.map((name) => values.get(name)?.shape ?? []), magnitudes: () => magnitudesOf(one) },
    theirs.data,
  );
  for (let at = 0; at < data.length; at++) {
    const [a, b] = [data[at] as number, theirs.data[at] as number];
    if (Object.is(a, b) || areBothRight(node, a, b)) continue;
    const most = tolerance?.[at];
    if (most !== undefined && (Math.abs(a - b) <= most || most === Number.POSITIVE_INFINITY)) continue;
    return `element ${at} is ${shown(a)} here and ${shown(b)} there${most === undefined ? '' : `, more than ${most} apart`}`;
  }
  return undefined;
}

/** Runs a model both ways, and compares every node on the runtime's own inputs of it. */
export async function checkModel(
  input: Uint8Array,
  coverage?: CampaignCoverage,
  runtime: typeof runModel = runModel,
): Promise<Outcome> {
  const library = onnxRuntime();
  if (!library) return { kind: 'no judge' };
  const model = parseModel(Buffer.from(input).toString('utf8'));
  if (!model) return { kind: 'refused' };
  let refusedHere: string | undefined;
  try {
    const module = imported(model);
    if (coverage) addOperations(coverage, module, `opset ${model.head.opset}`);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    refusedHere = error.message;
  }
  const answer = await runtime(library, modelBytes(model), inputsOf(model));
  const operators = model.nodes.map(({ node }) => node).join(', ');
  if ('refused' in answer) {
    if (refusedHere !== undefined) return { kind: 'refused' };
    if (limitsThere.test(answer.refused)) return { kind: 'refused there' };
    return failed(`only accepted here: ${operators}`, answer.refused);
  }
  if (refusedHere !== undefined) return { kind: 'refused here', ...refusedText(refusedHere) };
  const values = new Map([...inputsOf(model), ...answer.results]);
  for (const node of model.nodes) {
    const difference = nodeDifference(model, node, values);
    if (difference !== undefined)
      return failed(`another ${node.node}`, `'${node.output}' (${node.node}) ${difference}`);
  }
  return { kind: 'same' };
}

/**
 * What the runtime does not do though the specification says how: it works out pads for dilated windows and for strides
 * beyond the window no further (ONNX Conv and MaxPool, on `auto_pad`).
 */
const limitsThere = /Dilation not supported for AutoPadType|padding values must be non-negative/;

/** What the importer says that it does not support, results without elements among it; any other refusal of a valid model is a fault. */
const unsupported = /not supported|larger than the padded image/;
const refusedText = (message: string): Pick<Outcome, 'failure'> =>
  unsupported.test(message)
    ? {}
    : { failure: { key: `refused: ${message.replace(/'[^']*'|\d+/g, '…').slice(0, 120)}`, text: message } };

const lines = (input: Uint8Array): readonly Uint8Array[] =>
  (
    Buffer.from(input)
      .toString('utf8')
      .match(/[^\n]*\n/g) ?? []
  ).map((line) => Buffer.from(line));

/** The operators that are imported and not drawn: a constant is one of the file, or a node without operands. */
export const notDrawn: readonly string[] = ['Constant'];
/** All operators that are imported. */
export const importedOperators: readonly string[] = [...importers.keys()];

/** Random models of the operators that are imported; needs onnxruntime-node. */
export const onnxCampaign: Campaign = {
  name: 'onnx',
  summary: 'ONNX models give what ONNX Runtime gives',
  extension: '.jsonl',
  corpus: [],
  cuts: [lines],
  universe: { ops: opNames([graph]), passes: [], rules: [] },
  open() {
    const coverage = new CampaignCoverage();
    return {
      make: (random) => Buffer.from(modelText(drawModel(random))),
      check: (input) => checkModel(input, coverage),
      coverage,
    };
  },
};
