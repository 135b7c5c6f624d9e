/** Assembly formats whose `$names` the TypeScript compiler checks against the declared fields. */

type Before<T extends string, Mark extends string> = T extends `${infer Head}${Mark}${string}` ? Head : T;
type Name<T extends string> = Before<Before<Before<T, ']'>, ','>, ' '>;
type Names<S extends string> = S extends `${string}$${infer Rest}` ? Name<Rest> | Names<Rest> : never;

/** `S` itself when its `$names` are exactly the fields `F`; otherwise a text that says which one is wrong. */
export type Format<S extends string, F extends string> = [Exclude<Names<S>, F>] extends [never]
  ? [Exclude<F, Names<S>>] extends [never]
    ? S
    : `field '${Exclude<F, Names<S>>}' is missing from the syntax`
  : `'$${Exclude<Names<S>, F>}' is not declared`;

/** A piece of a format: literal text, or the name of a field. */
export type Piece = { readonly literal: string } | { readonly field: string };

/** Splits a format at its `$names`. */
export function formatPieces(format: string): readonly Piece[] {
  return format
    .split(/(\$\w+)/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('$') ? { field: part.slice(1) } : { literal: part }));
}
