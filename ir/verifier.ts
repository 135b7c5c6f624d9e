/** The verifier: whether a module is what its declarations say. */
import { bindOperation } from './binding.ts';
import type { Block } from './block.ts';
import type { OpDefinition, Trait } from './definition.ts';
import { type Diagnostic, errorAt, noteAt } from './diagnostic.ts';
import { Dominance } from './dominance.ts';
import type { Operation } from './operation.ts';
import { symbolName } from './symbol-table.ts';
import type { Region } from './region.ts';

/** After this many errors the rest is not looked for. */
const errorLimit = 20;

/** Every way in which `root` breaks its declarations, at most twenty; empty when it is valid. */
export function verify(root: Operation): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const dominance = new Dominance();
  root.walk((operation) => {
    if (diagnostics.length >= errorLimit) return false;
    const messages = operationErrors(operation);
    for (const message of messages) diagnostics.push(errorAt(operation.location, `'${operation.name}' op ${message}`));
    if (messages.length === 0) diagnostics.push(...dominanceErrors(operation, root, dominance));
    return undefined;
  });
  return diagnostics;
}

function operationErrors(operation: Operation): readonly string[] {
  const { definition, context } = operation;
  const errors: string[] = [];
  const { columns } = context;
  const slot = columns.opOperands[operation.id] as number;
  for (let at = 0; at < operation.operandCount; at++)
    if (columns.slotValue[slot + at] === 0 || columns.valueOwner[columns.slotValue[slot + at] as number] === 0)
      return [`operand #${at} is null; it was erased or never given`];
  for (const region of operation.regions) errors.push(...blockErrors(region, definition));
  if (!definition) {
    if (!context.allowUnregistered) errors.push(`is not registered; load its dialect or allow unregistered dialects`);
    return errors;
  }
  const { error } = bindOperation(operation, definition);
  if (error !== undefined) return [...errors, error];
  errors.push(...shapeErrors(operation, definition));
  for (const trait of definition.traits) {
    const message = traitChecks[trait]?.(operation);
    if (message !== undefined) errors.push(message);
  }
  if (errors.length > 0) return errors;
  const message = definition.verifyOperation?.(operation);
  return message === undefined ? [] : [message];
}

function shapeErrors(operation: Operation, definition: OpDefinition): readonly string[] {
  const errors: string[] = [];
  const regions = operation.regions.length;
  const fixed = definition.regions.filter((region) => !region.many).length;
  if (definition.regions.some((region) => region.many) ? regions < fixed : regions !== fixed)
    errors.push(
      `has ${regions} regions, expected ${fixed === definition.regions.length ? fixed : `at least ${fixed}`}`,
    );
  const successors = operation.successors.length;
  const named = definition.successors.length - (definition.variadicSuccessors ? 1 : 0);
  if (definition.variadicSuccessors ? successors < named : successors !== named)
    errors.push(
      `has ${successors} successors, expected ${definition.variadicSuccessors ? `at least ${named}` : named}`,
    );
  for (const successor of operation.successors)
    if (successor.parent !== operation.parent?.parent) errors.push('passes control to a block of another region');
  return errors;
}

/** Blocks end in a terminator where the operation asks for it, and have one only there. */
function blockErrors(region: Region, definition: OpDefinition | undefined): readonly string[] {
  const errors: string[] = [];
  const free = !definition || definition.traits.has('no-terminator') || definition.traits.has('graph-region');
  for (const block of region.blocks) {
    if (!free && !block.terminator)
      errors.push(
        block.isEmpty
          ? 'has an empty block, expected a terminator at its end'
          : 'has a block without a terminator at its end',
      );
    for (let op = block.first; op; op = op.next)
      if (op !== block.last && (op.hasTrait('terminator') || op.successors.length > 0))
        errors.push(`has '${op.name}' in the middle of a block, expected it at the end`);
  }
  return errors;
}

/** What each trait asks of an operation beyond its declaration. */
const traitChecks: Partial<Record<Trait, (operation: Operation) => string | undefined>> = {
  terminator: (operation) =>
    operation.parent && operation.next ? 'must be the last operation in its block' : undefined,
  'single-block': (operation) => {
    const region = operation.regions.findIndex(({ blocks }) => blocks.length > 1);
    return region < 0 ? undefined : `expects region #${region} to have 0 or 1 blocks`;
  },
  'isolated-from-above': (operation) => {
    let message: string | undefined;
    for (const region of operation.regions)
      for (const block of region.blocks)
        for (const inner of block.operations)
          inner.walk((user) => {
            for (const value of user.operands) {
              const home = value.parentBlock?.parent;
              if (message === undefined && home && !operation.regions.some((own) => own.isAncestorOf(home)))
                message = `has '${user.name}' inside that reads a value from outside; pass it in instead`;
            }
          });
    return message;
  },
  symbol: (operation) =>
    symbolName(operation) === undefined ? `is a symbol and needs the string attribute 'sym_name'` : undefined,
  'symbol-table': (operation) => {
    const seen = new Set<string>();
    for (const region of operation.regions)
      for (const block of region.blocks)
        for (const symbol of block.operations) {
          const name = symbolName(symbol);
          if (name === undefined) continue;
          if (seen.has(name)) return `has two symbols called '${name}'; rename one`;
          seen.add(name);
        }
    return undefined;
  },
  'same-operands-and-result-type': (operation) => {
    const types = new Set([...operation.operands, ...operation.results].map((value) => value.type));
    return types.size > 1
      ? `has types ${[...types].map((type) => type.text).join(' and ')}, expected the same type everywhere`
      : undefined;
  },
};

function dominanceErrors(operation: Operation, root: Operation, dominance: Dominance): readonly Diagnostic[] {
  const errors: Diagnostic[] = [];
  if (operation === root) return errors;
  for (let at = 0; at < operation.operandCount; at++) {
    const value = operation.operand(at);
    if (quicklyDominates(value.owner, operation) || dominance.dominates(value, operation)) continue;
    const home: Block | undefined = value.parentBlock;
    const outside = home?.parent && !home.parent.isAncestorOf(operation.parent?.parent as Region);
    errors.push(
      errorAt(
        operation.location,
        `'${operation.name}' op operand #${at} does not dominate this use`,
        value.owner
          ? [
              noteAt(
                value.owner.location,
                `operand defined here (op in ${outside ? 'a different region' : 'the same region'})`,
              ),
            ]
          : [],
      ),
    );
  }
  return errors;
}

/** The common case without asking for the tree: defined earlier in the same block. */
const quicklyDominates = (owner: Operation | undefined, user: Operation): boolean =>
  owner !== undefined &&
  owner !== user &&
  owner.parent !== undefined &&
  owner.parent === user.parent &&
  owner.isBefore(user);
