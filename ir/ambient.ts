/**
 * Where an operation without operands is made, and what location a new operation gets. Builders,
 * drivers and lowerings set both for the time of one call, so that the right-hand side of a
 * rewrite is a plain expression and locations survive without being passed.
 */
import type { Context } from './context.ts';
import { type Location, unknownLocation } from './location.ts';

let context: Context | undefined;
let location: Location = unknownLocation;

/** The context set by the nearest enclosing `within`, if there is one. */
export const ambientContext = (): Context | undefined => context;
/** The location set by the nearest enclosing `within`. */
export const ambientLocation = (): Location => location;

/** Runs `body` with new operations made in `inContext`, at `at`. Not for asynchronous bodies. */
export function within<T>(inContext: Context, at: Location, body: () => T): T {
  const beforeContext = context;
  const beforeLocation = location;
  context = inContext;
  location = at;
  try {
    return body();
  } finally {
    context = beforeContext;
    location = beforeLocation;
  }
}
