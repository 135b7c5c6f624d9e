/** Affine expressions, simplified while they are made in the ways that upstream's constructors do. */

/** The tightly binding operators beside `*`. */
export type Division = 'floordiv' | 'ceildiv' | 'mod';
/** An affine expression. Constants stand on the right, and symbols right of dimensions. */
export type AffineExpression =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'dim' | 'symbol'; readonly at: number }
  | { readonly kind: 'add' | 'mul' | Division; readonly left: AffineExpression; readonly right: AffineExpression };

/** A number, in the text or from simplifying it, that a double does not hold exactly. */
export class AffineOverflow extends Error {}

/** A number. */
export function constant(value: number): AffineExpression {
  if (!Number.isSafeInteger(value)) throw new AffineOverflow('constant too large for index');
  return { kind: 'constant', value: value === 0 ? 0 : value };
}
/** Dimension `at`. */
export const dim = (at: number): AffineExpression => ({ kind: 'dim', at });
/** Symbol `at`. */
export const symbol = (at: number): AffineExpression => ({ kind: 'symbol', at });
/** `-expression`. */
export const negate = (expression: AffineExpression): AffineExpression =>
  multiply(expression, constant(-1)) as AffineExpression;

const isSymbolic = (expression: AffineExpression): boolean => {
  switch (expression.kind) {
    case 'constant':
    case 'symbol':
      return true;
    case 'dim':
      return false;
    default:
      return isSymbolic(expression.left) && isSymbolic(expression.right);
  }
};

const same = (a: AffineExpression, b: AffineExpression): boolean => a === b || affineText(a) === affineText(b);

/** A product's factor and the constant that it is multiplied by. */
const scaled = (expression: AffineExpression): readonly [AffineExpression, number] =>
  expression.kind === 'mul' && expression.right.kind === 'constant'
    ? [expression.left, expression.right.value]
    : [expression, 1];

/** The sum. */
export function add(left: AffineExpression, right: AffineExpression): AffineExpression {
  if (left.kind === 'constant' && right.kind === 'constant') return constant(left.value + right.value);
  if (left.kind === 'constant' || (isSymbolic(left) && !isSymbolic(right))) return add(right, left);
  if (right.kind === 'constant' && right.value === 0) return left;
  if (left.kind === 'add' && left.right.kind === 'constant') {
    if (right.kind === 'constant') return add(left.left, constant(left.right.value + right.value));
    return add(add(left.left, right), left.right);
  }
  const [leftFactor, leftScale] = scaled(left);
  const [rightFactor, rightScale] = scaled(right);
  if (same(leftFactor, rightFactor)) return multiply(leftFactor, constant(leftScale + rightScale)) as AffineExpression;
  return asModulo(left, right) ?? { kind: 'add', left, right };
}

/** `e + e floordiv q * -q` is `e mod q`. */
function asModulo(left: AffineExpression, right: AffineExpression): AffineExpression | undefined {
  if (right.kind !== 'mul' || right.left.kind !== 'floordiv' || right.right.kind !== 'constant') return undefined;
  const divisor = right.left.right;
  if (divisor.kind !== 'constant' || divisor.value !== -right.right.value || divisor.value <= 0) return undefined;
  return same(right.left.left, left) ? binary('mod', left, divisor) : undefined;
}

/** The product; undefined when neither factor is symbolic. */
export function multiply(left: AffineExpression, right: AffineExpression): AffineExpression | undefined {
  if (left.kind === 'constant' && right.kind === 'constant') return constant(left.value * right.value);
  if (!isSymbolic(left) && !isSymbolic(right)) return undefined;
  if (!isSymbolic(right) || left.kind === 'constant') return multiply(right, left);
  if (right.kind === 'constant') {
    if (right.value === 1) return left;
    if (right.value === 0) return right;
  }
  if (left.kind === 'mul' && left.right.kind === 'constant') {
    if (right.kind === 'constant') return multiply(left.left, constant(left.right.value * right.value));
    const inner = multiply(left.left, right);
    return inner && multiply(inner, left.right);
  }
  return { kind: 'mul', left, right };
}

const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));

/** A number that surely divides the expression. */
function divisorOf(expression: AffineExpression): number {
  switch (expression.kind) {
    case 'constant':
      return Math.abs(expression.value);
    case 'mul':
      return divisorOf(expression.left) * divisorOf(expression.right);
    case 'add':
    case 'mod':
      return gcd(divisorOf(expression.left), divisorOf(expression.right));
    default:
      return 1;
  }
}

/** `left floordiv right` and its like; undefined when the divisor is not symbolic. */
export function binary(kind: Division, left: AffineExpression, right: AffineExpression): AffineExpression | undefined {
  if (!isSymbolic(right)) return undefined;
  const plain: AffineExpression = { kind, left, right };
  if (right.kind !== 'constant' || right.value < 1) return plain;
  const by = right.value;
  if (kind === 'mod') return modulo(left, by) ?? plain;
  if (left.kind === 'constant')
    return constant(kind === 'floordiv' ? Math.floor(left.value / by) : Math.ceil(left.value / by));
  if (by === 1) return left;
  if (left.kind === 'mul' && left.right.kind === 'constant' && left.right.value % by === 0)
    return multiply(left.left, constant(left.right.value / by)) as AffineExpression;
  if (
    kind === 'floordiv' &&
    left.kind === 'add' &&
    (divisorOf(left.left) % by === 0 || divisorOf(left.right) % by === 0)
  )
    return add(binary(kind, left.left, right) as AffineExpression, binary(kind, left.right, right) as AffineExpression);
  return plain;
}

function modulo(left: AffineExpression, by: number): AffineExpression | undefined {
  if (left.kind === 'constant') return constant(((left.value % by) + by) % by);
  if (divisorOf(left) % by === 0) return constant(0);
  if (left.kind === 'add') {
    if (divisorOf(left.left) % by === 0) return binary('mod', left.right, constant(by));
    if (divisorOf(left.right) % by === 0) return binary('mod', left.left, constant(by));
  }
  if (left.kind === 'mod' && left.right.kind === 'constant' && left.right.value >= 1 && left.right.value % by === 0)
    return binary('mod', left.left, constant(by));
  return undefined;
}

/** The text; `tight` puts parentheses around what binds less than a product. */
export function affineText(expression: AffineExpression, tight = false): string {
  switch (expression.kind) {
    case 'constant':
      return String(expression.value);
    case 'dim':
      return `d${expression.at}`;
    case 'symbol':
      return `s${expression.at}`;
    case 'add': {
      const text = sumText(expression.left, expression.right);
      return tight ? `(${text})` : text;
    }
    default: {
      const { kind, left, right } = expression;
      const negated = kind === 'mul' && right.kind === 'constant' && right.value === -1;
      const text = negated
        ? `-${affineText(left, true)}`
        : `${affineText(left, true)} ${kind === 'mul' ? '*' : kind} ${affineText(right, true)}`;
      return tight ? `(${text})` : text;
    }
  }
}

function sumText(left: AffineExpression, right: AffineExpression): string {
  if (right.kind === 'mul' && right.right.kind === 'constant' && right.right.value < 0) {
    const factor = -right.right.value;
    if (factor === 1) return `${affineText(left)} - ${affineText(right.left, right.left.kind === 'add')}`;
    return `${affineText(left)} - ${affineText(right.left, true)} * ${factor}`;
  }
  if (right.kind === 'constant' && right.value < 0) return `${affineText(left)} - ${-right.value}`;
  return `${affineText(left)} + ${affineText(right)}`;
}
