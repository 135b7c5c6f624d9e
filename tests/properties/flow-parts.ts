/** What is known of a program while it is written: values by type, blocks, and lines that could be said again. */

/** The types of values. */
export type Type = 'i32' | 'i1' | 'index';
/** The names of values by type. */
export type Known = Readonly<Record<Type, string[]>>;

/** A block while it is written: its place in the tree of what comes before what on every way. */
export interface Label {
  readonly name: string;
  readonly above: number;
  readonly inputs: readonly Type[];
  /** The number of the block that this one says again, or its own. */
  readonly like: number;
}

/** Lines of a program, and the numbers of the names that they define. */
export interface Lines {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly after: number;
}
/** A statement, and what it gives. */
export interface Said extends Lines {
  readonly made: readonly (readonly [string, Type])[];
}

/** Where a branch of up to three ways goes. */
export type Targets = readonly [Label, Label, Label];
/** A block that is written, and where it may go. */
export interface Written extends Lines {
  readonly targets: readonly Label[];
}

/** Whether control comes through block `upper` on every way to block `at`. */
export const isAbove = (labels: readonly Label[], upper: number, at: number): boolean =>
  upper === at || (at > 0 && isAbove(labels, upper, labels[at]?.above ?? 0));

/** Each type once. */
export const kindsOf = ['i32', 'i1', 'index'] as const;
/** Types as often as they are drawn. */
export const types: readonly Type[] = ['i32', 'i32', 'i1', 'index'];
/** The same names, for a block of their own. */
export const copied = ({ i32, i1, index }: Known): Known => ({ i32: [...i32], i1: [...i1], index: [...index] });

/** No names. */
export const none = (): Known => ({ i32: [], i1: [], index: [] });
/** How many names there are of each type. */
export const sizes = ({ i32, i1, index }: Known): Readonly<Record<Type, number>> => ({
  i32: i32.length,
  i1: i1.length,
  index: index.length,
});
/** Adds what was made. */
export function learn(known: Known, made: Known): void {
  for (const type of kindsOf) known[type].push(...made[type]);
}

/** Gives other numbers, from `next` on, to the names that some lines define. */
export const renaming =
  ({ first, after }: Lines, next: number) =>
  (text: string): string =>
    text.replaceAll(/%v(\d+)/g, (name, number: string) =>
      Number(number) >= first && Number(number) < after ? `%v${Number(number) + next - first}` : name,
    );

/** Values with their types, as they stand behind the name of an operation. */
export const typed = (values: readonly string[], of: readonly Type[]): string =>
  values.length === 0 ? '' : ` ${values.join(', ')} : ${of.join(', ')}`;
