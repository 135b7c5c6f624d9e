/** Who calls what, where that can be known. */
import { callable, calling } from '../ir/control-flow.ts';
import type { Operation } from '../ir/operation.ts';
import { lookupSymbol, symbolName, visitSymbolReferences } from '../ir/symbol-table.ts';

/** The calls inside an operation, looked at once. */
export class KnownCallers {
  private readonly callers: Map<Operation, Operation[]>;
  /** Callables that are named otherwise than by a call. */
  private readonly exposed: Set<Operation>;
  private readonly root: Operation;

  constructor(root: Operation) {
    this.root = root;
    this.callers = new Map();
    this.exposed = new Set();
    root.walk((operation) => {
      const name = operation.interface(calling)?.callee(operation);
      const callee = name === undefined ? undefined : lookupSymbol(operation, name);
      if (callee) {
        const known = this.callers.get(callee);
        if (known) known.push(operation);
        else this.callers.set(callee, [operation]);
      }
      let own = callee === undefined ? 0 : 1;
      for (const { value } of operation.attributes)
        visitSymbolReferences(value, ({ root: first, nested }) => {
          const found = lookupSymbol(operation, first);
          if (!found) return;
          if (found === callee && nested.length === 0 && own > 0) own--;
          else this.exposed.add(found);
        });
    });
  }

  /** The calls of a callable. */
  callersOf(callee: Operation): readonly Operation[] {
    return this.callers.get(callee) ?? [];
  }

  /** Whether the calls that are known are all: what is called is private, and only ever named by calls. */
  knowsAllCallers(callee: Operation): boolean {
    const visibility = callee.attribute('sym_visibility');
    return (
      callee !== this.root &&
      isInside(callee, this.root) &&
      callee.interface(callable) !== undefined &&
      symbolName(callee) !== undefined &&
      visibility?.kind === 'string' &&
      visibility.value === 'private' &&
      !this.exposed.has(callee)
    );
  }
}

/** Of what stands outside, calls may be where nobody looked. */
function isInside(operation: Operation, root: Operation): boolean {
  for (let at: Operation | undefined = operation; at; at = at.parentOperation) if (at === root) return true;
  return false;
}
