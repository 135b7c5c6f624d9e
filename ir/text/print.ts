/** Printing: an operation as MLIR text, in chunks, so that no text has to fit into one string. */
import { DiagnosticError, errorAt } from '../diagnostic.ts';
import type { NamedAttribute } from '../dictionary-table.ts';
import type { Operation } from '../operation.ts';
import { metadataText } from '../resource-table.ts';
import { PrintAliases } from './print-aliases.ts';
import { OperationPrinter } from './operation-printer.ts';

/** How an operation is printed. */
export interface PrintOptions {
  /** Every operation in generic form, also where it declares an assembly format. */
  readonly generic?: boolean;
  /** A trailing `loc(…)` on every operation and block argument. */
  readonly debugInfo?: boolean;
  /** With `debugInfo`: locations for the eye, which cannot be read back. */
  readonly prettyDebugInfo?: boolean;
  /** Dense data of more than so many elements is written as hexadecimal bytes; 100 unless given. */
  readonly hexLargerThan?: number;
  /** Comments that say who reads each value. */
  readonly valueUsers?: boolean;
  /** Every number of a value is used once, as in generic form. */
  readonly uniqueIds?: boolean;
  /** Values are called by the names in their locations. */
  readonly nameLocations?: boolean;
  /** Dense data of more than so many elements prints as `dense_resource<__elided__>`; it cannot be read back. */
  readonly elideLargerThan?: number;
  /** Resources of more than so many characters are left out behind the module. */
  readonly elideResourcesLargerThan?: number;
  /** Number the values of this operation alone instead of those of the module that it is in, and use no aliases. */
  readonly localScope?: boolean;
  /** Print `{…}` instead of the inside of regions. */
  readonly skipRegions?: boolean;
}

/** Takes text chunk by chunk. */
export interface TextSink {
  write(chunk: string): void;
}

const outermost = (operation: Operation): Operation => {
  let root = operation;
  for (let parent = root.parentOperation; parent; parent = root.parentOperation) root = parent;
  return root;
};

/**
 * Writes `operation` to `sink` in chunks of about 64 KiB, without a line end after it. Throws a
 * `DiagnosticError` when regions are nested deeper than the printer can follow.
 */
export function printTo(operation: Operation, sink: TextSink, options: PrintOptions = {}): void {
  const scope = options.localScope ? operation : outermost(operation);
  const aliases = options.localScope ? undefined : new PrintAliases(operation.context);
  aliases?.collect(operation.id);
  if (aliases && aliases.ahead !== '') sink.write(aliases.ahead);
  const printer = new OperationPrinter(operation.context, scope, sink, options, aliases);
  try {
    printer.operation(operation.id);
  } catch (error) {
    // Hand-written formats take more stack than the printer's own limit on nesting allows for.
    if (!(error instanceof RangeError) || !error.message.includes('call stack')) throw error;
    throw new DiagnosticError([errorAt(operation.location, `'${operation.name}' op is nested too deep to print`)]);
  }
  printer.flush();
  if (aliases && aliases.behind !== '') sink.write(aliases.behind);
  if (operation.parent || operation.context.resources.isEmpty) return;
  const used = usedResources(operation);
  const behind = metadataText(operation.context.resources, (_, key) => used.has(key), options.elideResourcesLargerThan);
  if (behind !== '') sink.write(`\n\n${behind}`);
}

/** The keys of the resources that attributes inside `root` name. */
function usedResources(root: Operation): ReadonlySet<string> {
  const used = new Set<string>();
  const seen = new Set<NamedAttribute>();
  root.walk((operation) => {
    for (const entry of operation.attributes) {
      if (entry.value.kind === 'dense' || seen.has(entry)) continue;
      seen.add(entry);
      for (const [, quoted, bare] of entry.value.text.matchAll(/dense_resource<(?:"([^"]*)"|([\w$.]+))>/g))
        used.add(quoted ?? bare ?? '');
    }
  });
  return used;
}

/** The text of `operation`, without a line end after it. For text over 512 MiB use `printTo`. */
export function printOperation(operation: Operation, options: PrintOptions = {}): string {
  let text = '';
  printTo(
    operation,
    {
      write: (chunk) => {
        text += chunk;
      },
    },
    options,
  );
  return text;
}

/** The text of `operation` as UTF-8, in pieces; for large modules cheaper than one string. */
export function printPieces(operation: Operation, options: PrintOptions = {}): Uint8Array[] {
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  printTo(operation, { write: (chunk) => void pieces.push(encoder.encode(chunk)) }, options);
  return pieces;
}
