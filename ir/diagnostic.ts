/** Diagnostics: what went wrong, where, and what else the reader should know. */
import { fileOf, type Location, namesIn } from './location.ts';

/** How serious a diagnostic is. */
export type Severity = 'error' | 'warning' | 'remark' | 'note';

/** One message with its place; notes belong to it. */
export interface Diagnostic {
  readonly severity: Severity;
  readonly location: Location;
  readonly message: string;
  readonly notes: readonly Diagnostic[];
}

/** An error at a location. */
export const errorAt = (location: Location, message: string, notes: readonly Diagnostic[] = []): Diagnostic => ({
  severity: 'error',
  location,
  message,
  notes,
});

/** A note at a location. */
export const noteAt = (location: Location, message: string): Diagnostic => ({
  severity: 'note',
  location,
  message,
  notes: [],
});

/** Input that cannot be used: thrown across a boundary with everything that is to be told. */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join('; '));
    this.name = 'DiagnosticError';
    this.diagnostics = diagnostics;
  }
}

/** The place of a location as it stands before a message: `file:line:column`, or the names in it. */
export function placeText(location: Location): string {
  const place = fileOf(location);
  if (place) return `${place.file}:${place.line}:${place.column}`;
  const names = namesIn(location);
  return names.length === 0 ? '<unknown>' : names.map((name) => `'${name}'`).join(', ');
}

/**
 * A diagnostic as text: place, severity, message, the source line with a caret where `sourceLine`
 * knows it, then the notes.
 */
export function formatDiagnostic(
  diagnostic: Diagnostic,
  sourceLine: (file: string, line: number) => string | undefined = () => undefined,
): string {
  const place = fileOf(diagnostic.location);
  const lines = [`${placeText(diagnostic.location)}: ${diagnostic.severity}: ${diagnostic.message}`];
  const source = place && sourceLine(place.file, place.line);
  if (place && source !== undefined) {
    // Tabs stay tabs in the caret line, so that the caret stands under its column.
    lines.push(source, `${source.slice(0, place.column - 1).replace(/[^\t]/g, ' ')}^`);
  }
  return [...lines, ...diagnostic.notes.map((note) => formatDiagnostic(note, sourceLine))].join('\n');
}
