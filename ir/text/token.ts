/** Token kinds of MLIR text, in the order in which the grammar declares them. */
import { floatNames } from '../type.ts';

const names = [
  'LPAREN',
  'RPAREN',
  'LBRACE',
  'RBRACE',
  'LBRACKET',
  'RBRACKET',
  'LESS',
  'GREATER',
  'COMMA',
  'COLON',
  'COLON_COLON',
  'EQUAL',
  'ARROW',
  'STAR',
  'QUESTION',
  'OTHER',
  'BARE_ID',
  'VALUE_ID',
  'CARET_ID',
  'AT_ID',
  'ATTRIBUTE_ALIAS',
  'TYPE_ALIAS',
  'DIALECT_ATTRIBUTE',
  'DIALECT_TYPE',
  'INTEGER',
  'FLOAT',
  'STRING',
  'SHAPE',
  'STAR_SHAPE',
  'METADATA',
  'SIGNATURE_SPAN',
  'DICTIONARY_SPAN',
  'TYPE_SPAN',
  'INTEGER_TYPE',
  'FLOAT_TYPE',
  'INDEX',
  'NONE',
  'COMPLEX',
  'TUPLE',
  'TENSOR',
  'MEMREF',
  'VECTOR',
  'TRUE',
  'FALSE',
  'UNIT',
  'DENSE',
  'ARRAY',
  'STRIDED',
  'AFFINE_MAP',
  'AFFINE_SET',
  'VERBATIM',
  'LOC',
  'UNKNOWN',
  'CALLSITE',
  'FUSED',
  'AT',
  'TO',
] as const;

/** The name of a token kind. */
export type TokenName = (typeof names)[number];

/** The kinds by name; the end of the text is −1. */
export const token = Object.freeze(
  Object.fromEntries([['EOF', -1], ...names.map((name, at) => [name, at + 1])]),
) as Readonly<Record<TokenName | 'EOF', number>>;

const punctuation: Readonly<Record<string, TokenName>> = {
  '(': 'LPAREN',
  ')': 'RPAREN',
  '{': 'LBRACE',
  '}': 'RBRACE',
  '[': 'LBRACKET',
  ']': 'RBRACKET',
  '<': 'LESS',
  '>': 'GREATER',
  ',': 'COMMA',
  ':': 'COLON',
  '::': 'COLON_COLON',
  '=': 'EQUAL',
  '->': 'ARROW',
  '*': 'STAR',
  '?': 'QUESTION',
};
/** The kind of a punctuation mark, by its text. */
export const punctuationKinds: ReadonlyMap<string, number> = new Map(
  Object.entries(punctuation).map(([text, name]) => [text, token[name]]),
);

/** Words that the grammar knows; they may still be names where a name is expected. */
export const keywordKinds: ReadonlyMap<string, number> = new Map([
  ...floatNames.map((name): [string, number] => [name, token.FLOAT_TYPE]),
  ...(
    [
      'INDEX',
      'NONE',
      'COMPLEX',
      'TUPLE',
      'TENSOR',
      'MEMREF',
      'VECTOR',
      'TRUE',
      'FALSE',
      'UNIT',
      'DENSE',
      'ARRAY',
      'STRIDED',
      'AFFINE_MAP',
      'AFFINE_SET',
      'LOC',
      'UNKNOWN',
      'CALLSITE',
      'FUSED',
      'AT',
      'TO',
    ] as const
  ).map((name): [string, number] => [name.toLowerCase(), token[name]]),
  ...['sparse', 'dense_resource', 'distinct', 'opaque'].map((word): [string, number] => [word, token.VERBATIM]),
]);

const spoken: Readonly<Partial<Record<TokenName | 'EOF', string>>> = {
  EOF: 'the end of the text',
  BARE_ID: 'a name',
  VALUE_ID: 'a value such as %0',
  CARET_ID: 'a block such as ^bb0',
  AT_ID: 'a symbol such as @f',
  ATTRIBUTE_ALIAS: 'an attribute alias',
  TYPE_ALIAS: 'a type alias',
  DIALECT_ATTRIBUTE: 'a dialect attribute',
  DIALECT_TYPE: 'a dialect type',
  INTEGER: 'an integer',
  FLOAT: 'a number',
  STRING: 'a string',
  SHAPE: 'dimensions',
  STAR_SHAPE: 'dimensions',
  METADATA: 'file metadata',
  INTEGER_TYPE: 'a type',
  FLOAT_TYPE: 'a type',
};
const kindNames = new Map<number, string>([
  [token.EOF, spoken.EOF as string],
  ...names.map((name, at): [number, string] => [at + 1, spoken[name] ?? `'${name.toLowerCase()}'`]),
  ...[...punctuationKinds].map(([text, kind]): [number, string] => [kind, `'${text}'`]),
]);
const spans = new Set([token.SIGNATURE_SPAN, token.DICTIONARY_SPAN, token.TYPE_SPAN, token.OTHER]);

/** A token kind in words, for messages; undefined for kinds that the reader never sees. */
export const describeKind = (kind: number): string | undefined => (spans.has(kind) ? undefined : kindNames.get(kind));
