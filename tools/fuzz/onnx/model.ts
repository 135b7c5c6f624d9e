/** Small ONNX models as text: a line for each input, constant and node, so that a line can be left out. */

/** What an attribute holds; whole numbers are integers, and `{ float }` is a number that is not. */
export type AttributeValue = number | string | readonly number[] | { readonly float: number };

/** An input of single precision. */
export interface ModelInput {
  readonly input: string;
  readonly shape: readonly number[];
}
/** A constant: 64-bit integers, or numbers of single precision. */
export interface ModelConstant {
  readonly constant: string;
  readonly shape: readonly number[];
  readonly ints?: readonly number[];
  readonly floats?: readonly number[];
}
/** A node; an empty name among its inputs is one that is left out. */
export interface ModelNode {
  readonly node: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}
/** The first line: the version of the operators, and what inputs are drawn from. */
export interface ModelHead {
  readonly opset: number;
  readonly style: string;
  readonly seed: number;
}

/** A model. */
export interface SmallModel {
  readonly head: ModelHead;
  readonly inputs: readonly ModelInput[];
  readonly constants: readonly ModelConstant[];
  readonly nodes: readonly ModelNode[];
}

/** A model as lines of JSON. */
export const modelText = ({ head, inputs, constants, nodes }: SmallModel): string =>
  [head, ...inputs, ...constants, ...nodes].map((line) => `${JSON.stringify(line)}\n`).join('');

/** The model in a text; undefined when it is none. */
export function parseModel(text: string): SmallModel | undefined {
  let lines: readonly (ModelHead | ModelInput | ModelConstant | ModelNode)[];
  try {
    lines = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as ModelNode);
  } catch {
    return undefined;
  }
  const of = <T>(key: string): readonly T[] => lines.filter((line) => key in line) as unknown as readonly T[];
  const [head] = of<ModelHead>('opset');
  const nodes = of<ModelNode>('node');
  return head && nodes.length > 0
    ? { head, nodes, inputs: of<ModelInput>('input'), constants: of<ModelConstant>('constant') }
    : undefined;
}
