/** Assembly formats whose `$names` the type checker compares with the declaration. */

type IdentifierCharacter =
  | 'a'
  | 'b'
  | 'c'
  | 'd'
  | 'e'
  | 'f'
  | 'g'
  | 'h'
  | 'i'
  | 'j'
  | 'k'
  | 'l'
  | 'm'
  | 'n'
  | 'o'
  | 'p'
  | 'q'
  | 'r'
  | 's'
  | 't'
  | 'u'
  | 'v'
  | 'w'
  | 'x'
  | 'y'
  | 'z'
  | 'A'
  | 'B'
  | 'C'
  | 'D'
  | 'E'
  | 'F'
  | 'G'
  | 'H'
  | 'I'
  | 'J'
  | 'K'
  | 'L'
  | 'M'
  | 'N'
  | 'O'
  | 'P'
  | 'Q'
  | 'R'
  | 'S'
  | 'T'
  | 'U'
  | 'V'
  | 'W'
  | 'X'
  | 'Y'
  | 'Z'
  | '0'
  | '1'
  | '2'
  | '3'
  | '4'
  | '5'
  | '6'
  | '7'
  | '8'
  | '9'
  | '_';
type Identifier<S extends string, Read extends string = ''> = S extends `${infer C}${infer Rest}`
  ? C extends IdentifierCharacter
    ? Identifier<Rest, `${Read}${C}`>
    : Read
  : Read;
type References<S extends string> = S extends `${string}$${infer Rest}` ? Identifier<Rest> | References<Rest> : never;

/** A format string whose every `$name` is among `Names`; otherwise a type that is a message. */
export type Format<S extends string, Names> = [Exclude<References<S>, Names>] extends [never]
  ? S
  : `$${Exclude<References<S>, Names> & string} is not declared`;
