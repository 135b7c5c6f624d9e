/** What must hold for any text: it is refused at a place, or it is read, verified and printed to a fixpoint. */
import { Context, type Diagnostic, DiagnosticError, type Operation, verify } from '../../../ir/index.ts';
import { parseModule, type PrintOptions, printOperation } from '../../../ir/text/index.ts';
import { allDialects } from '../../lists.ts';
import type { Failure, Outcome } from '../campaign.ts';
import { addOperations, type CampaignCoverage } from '../coverage.ts';
import { classOf, tokensOf } from './tokens.ts';

const fileName = 'case.mlir';
const parsed = (text: Uint8Array | string): Operation =>
  parseModule(text, new Context(allDialects, { allowUnregistered: true }), {
    fileName,
    // Most refused texts are read once, so that a campaign gets through more of them.
    maxErrors: text.length % 8 === 0 ? 20 : 1,
  });

/** A finding: `key` without names and numbers of the input. */
const failed = (stage: string, detail: string, text: string): Failure => ({ key: `${stage}: ${detail}`, text });

/** A message without what it quotes and counts. */
const general = (message: string): string =>
  message
    .replace(/'[^']*'|"[^"]*"/g, "'…'")
    .replace(/[%^@#!][\w$.-]+/g, '…')
    .replace(/\d+/g, 'N')
    .slice(0, 120);

/** Where an exception was thrown: the innermost function and its file, without line numbers, which move. */
function thrower(error: Error): string {
  const frame = /^\s+at (?:(?:async |new )?([\w$.<>#]+) (?:\[as \w+\] )?\()?(?:file:\/\/)?([^\s()]*?):\d+:\d+\)?$/m;
  const [, name = '', file = ''] = frame.exec(error.stack ?? '') ?? [];
  return `${name} ${file.split('/').slice(-2).join('/')}`.trim();
}

/** A finding out of something thrown that is no `DiagnosticError`. */
function crash(stage: string, error: unknown): Failure {
  if (!(error instanceof Error)) return failed(stage, 'something thrown that is no error', String(error));
  // The frame where the stack overflows is a matter of chance.
  const where = error.message.includes('call stack') ? '' : ` in ${thrower(error)}`;
  const detail = `${error.name}: ${general(error.message)}${where}`;
  return failed(stage, detail, `${stage}: ${error.stack ?? error.message}`);
}

const messages = (error: DiagnosticError): string =>
  error.diagnostics
    .map(({ location, message }) =>
      location.kind === 'file' ? `${location.line}:${location.column}: ${message}` : message,
    )
    .join('\n');

/** Why a refusal is none that a reader can use: without a message, or at no place of the text. */
export function refusalFault(diagnostics: readonly Diagnostic[], input: Uint8Array): string | undefined {
  if (diagnostics.length === 0) return 'no diagnostic';
  const lines = Buffer.from(input).toString('latin1').split('\n');
  for (const { location, message, severity } of diagnostics) {
    if (message.trim() === '') return 'an empty message';
    if (severity !== 'error') continue;
    if (location.kind !== 'file' || location.file !== fileName) return `no place in the text for '${general(message)}'`;
    const line = lines[location.line - 1];
    if (line === undefined || location.column < 1 || location.column > line.length + 1)
      return `a place outside of the text for '${general(message)}'`;
  }
  return undefined;
}

/** The first place where two texts differ, as classes of tokens, and as lines for the reader. */
function difference(first: string, second: string): { readonly detail: string; readonly text: string } {
  let at = 0;
  while (at < first.length && first[at] === second[at]) at++;
  const start = first.lastIndexOf('\n', at - 1) + 1;
  const kind = (text: string): string => {
    let end = start;
    const token =
      tokensOf(text.slice(start, text.indexOf('\n', at) >>> 0)).find((one) => (end += one.length) > at) ?? '';
    const found = classOf(token);
    return ['word', 'mark', 'blank'].includes(found) ? JSON.stringify(token.slice(0, 24)) : found;
  };
  const line = (text: string): string => text.slice(start, text.indexOf('\n', at) >>> 0).slice(0, 2000);
  // An operation of ours names the fault better than what it happens to hold.
  const owner = /^ *(?:[^"]*= )?("?(?:arith|scf|func|builtin|cf|tensor|memref|graph|tensorop|mlu)\.\w+)/.exec(
    line(first),
  )?.[1];
  return { detail: owner ?? `${kind(first)} became ${kind(second)}`, text: `${line(first)}\nbecame\n${line(second)}` };
}

/** Prints, reads that and prints again: what is wrong with it, or the text and the module that was read from it. */
function round(
  module: Operation,
  stage: string,
  options: PrintOptions,
): { readonly failure: Failure } | { readonly text: string; readonly again: Operation } {
  let doing = `print ${stage}`;
  let text = '';
  try {
    text = printOperation(module, options);
    doing = `parse ${stage} print`;
    const again = parsed(text);
    doing = `print ${stage} again`;
    const second = printOperation(again, options);
    if (second === text) return { text, again };
    const { detail, text: shown } = difference(text, second);
    return { failure: failed(`${stage} print is no fixpoint`, detail, shown) };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) return { failure: crash(doing, error) };
    const why = general(error.diagnostics[0]?.message ?? '');
    return {
      failure: failed(`${doing} refused`, why, `${doing} refused: ${messages(error)}\n\n${text.slice(0, 4000)}`),
    };
  }
}

/**
 * A generic print without flags that say nothing: upstream's pretty form leaves them out, and the
 * operation without them is the same.
 */
const withoutNothing = (text: string): string =>
  text
    .replace(/(?:overflowFlags = #arith\.overflow|fastmath = #arith\.fastmath)<none>(, )?/g, '')
    .replace(/, \}>/g, '}>')
    .replaceAll(' <{}>', '');

/** What is wrong with the prints of a module that was read, if anything. */
function printFault(module: Operation, withLocations: boolean): Failure | undefined {
  const generic = round(module, 'generic', { generic: true });
  if ('failure' in generic) return generic.failure;
  const pretty = round(module, 'pretty', {});
  if ('failure' in pretty) return pretty.failure;
  const [first, back] = [generic.text, printOperation(pretty.again, { generic: true })];
  if (first !== back && withoutNothing(first) !== withoutNothing(back)) {
    const { detail, text } = difference(withoutNothing(first), withoutNothing(back));
    return failed('pretty print is of another module', detail, text);
  }
  if (!withLocations) return undefined;
  const located = round(module, 'located', { debugInfo: true });
  return 'failure' in located ? located.failure : undefined;
}

/** Reads a text, and holds the result against what must be so for every text. */
export function checkText(input: Uint8Array, coverage?: CampaignCoverage): Outcome {
  let module: Operation;
  try {
    module = parsed(input);
  } catch (error) {
    const kind = 'refused';
    if (!(error instanceof DiagnosticError)) return { kind, failure: crash('parse', error) };
    const fault = refusalFault(error.diagnostics, input);
    return fault === undefined ? { kind } : { kind, failure: failed('refused with', fault, messages(error)) };
  }
  let kind = 'read';
  try {
    const errors = verify(module);
    if (errors.length === 0) kind = 'verified';
    if (coverage) addOperations(coverage, module, kind);
    if (errors.some(({ message }) => message.trim() === ''))
      return { kind, failure: failed('verify', 'an empty message', '') };
  } catch (error) {
    return { kind, failure: crash('verify', error) };
  }
  const failure = printFault(module, Buffer.from(input).includes('loc('));
  return failure === undefined ? { kind } : { kind, failure };
}
