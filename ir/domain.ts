/**
 * A set of values as data. Parsing, verification, documentation, generation and tuning all read
 * the same description of what is allowed.
 */
export type Domain<T = unknown> =
  | { readonly kind: 'range'; readonly min: number; readonly max: number; readonly of?: T }
  | { readonly kind: 'list'; readonly min: number; readonly max: number; readonly each: Domain; readonly of?: T }
  | { readonly kind: 'choice'; readonly values: readonly T[] }
  | { readonly kind: 'any'; readonly text: string; readonly of?: T };

/** The integers from `min` to `max`, both included. */
export const range = (min: number, max: number): Domain<number> => ({ kind: 'range', min, max });

/** Lists of `min` to `max` members of `each`. */
export const list = <T>(min: number, max: number, each: Domain): Domain<T> => ({ kind: 'list', min, max, each });

/** Exactly the given values. */
export const choice = <const T>(values: readonly T[]): Domain<T> => ({ kind: 'choice', values });

/** Everything of the right kind; `text` says what that is. */
export const anything = <T>(text: string): Domain<T> => ({ kind: 'any', text });

/** Whether `value` is a member of `domain`. */
export function contains(domain: Domain, value: unknown): boolean {
  switch (domain.kind) {
    case 'range':
      return Number.isInteger(value) && domain.min <= Number(value) && Number(value) <= domain.max;
    case 'list':
      return (
        Array.isArray(value) &&
        domain.min <= value.length &&
        value.length <= domain.max &&
        value.every((member) => contains(domain.each, member))
      );
    case 'choice':
      return domain.values.includes(value);
    case 'any':
      return true;
  }
}

/** How a reader is told what `domain` allows. */
export function describe(domain: Domain): string {
  switch (domain.kind) {
    case 'range':
      return `${domain.min}..${domain.max}`;
    case 'list':
      return `${domain.min === domain.max ? domain.min : `${domain.min}..${domain.max}`} × ${describe(domain.each)}`;
    case 'choice':
      return domain.values.map(String).join(' | ');
    case 'any':
      return domain.text;
  }
}
