/** The baseline: the same IR as objects, with use lists of use objects as many frameworks have them. */

/** An operand: what is read, by whom, and its neighbours in the use list. */
export class ClassUse {
  value: ClassValue;
  owner: ClassOperation;
  previous: ClassUse | undefined;
  next: ClassUse | undefined;

  constructor(value: ClassValue, owner: ClassOperation) {
    this.value = value;
    this.owner = owner;
    this.previous = undefined;
    this.next = value.firstUse;
    if (this.next) this.next.previous = this;
    value.firstUse = this;
  }

  drop(): void {
    if (this.previous) this.previous.next = this.next;
    else this.value.firstUse = this.next;
    if (this.next) this.next.previous = this.previous;
  }
}

/** The result of an operation. */
export class ClassValue {
  type: string;
  owner: ClassOperation;
  firstUse: ClassUse | undefined;

  constructor(type: string, owner: ClassOperation) {
    this.type = type;
    this.owner = owner;
    this.firstUse = undefined;
  }

  replaceAllUsesWith(other: ClassValue): void {
    for (let use = this.firstUse; use; ) {
      const { next } = use;
      use.value = other;
      use.previous = undefined;
      use.next = other.firstUse;
      if (use.next) use.next.previous = use;
      other.firstUse = use;
      use = next;
    }
    this.firstUse = undefined;
  }
}

/** An operation in the list of its block. */
export class ClassOperation {
  name: string;
  operands: ClassUse[];
  results: ClassValue[];
  attributes: Map<string, unknown> | undefined;
  parent: ClassBlock | undefined;
  previous: ClassOperation | undefined;
  next: ClassOperation | undefined;
  location: object | undefined;

  constructor(name: string, operands: readonly ClassValue[], types: readonly string[]) {
    this.name = name;
    this.operands = operands.map((value) => new ClassUse(value, this));
    this.results = types.map((type) => new ClassValue(type, this));
    this.attributes = undefined;
    this.parent = undefined;
    this.previous = undefined;
    this.next = undefined;
    this.location = undefined;
  }

  erase(): void {
    for (const use of this.operands) use.drop();
    if (this.previous) this.previous.next = this.next;
    else if (this.parent) this.parent.first = this.next;
    if (this.next) this.next.previous = this.previous;
    else if (this.parent) this.parent.last = this.previous;
    this.parent = undefined;
  }
}

/** A list of operations. */
export class ClassBlock {
  first: ClassOperation | undefined;
  last: ClassOperation | undefined;

  constructor() {
    this.first = undefined;
    this.last = undefined;
  }

  insert(operation: ClassOperation, before: ClassOperation | undefined): void {
    const previous = before ? before.previous : this.last;
    operation.parent = this;
    operation.previous = previous;
    operation.next = before;
    if (previous) previous.next = operation;
    else this.first = operation;
    if (before) before.previous = operation;
    else this.last = operation;
  }
}

/** A worklist driver over objects: a stack and a set, patterns by name. */
export function classGreedy(
  block: ClassBlock,
  patterns: ReadonlyMap<string, (operation: ClassOperation) => ClassOperation | ClassValue | undefined>,
): number {
  const stack: ClassOperation[] = [];
  const member = new Set<ClassOperation>();
  const push = (operation: ClassOperation): void => {
    if (member.has(operation)) return;
    member.add(operation);
    stack.push(operation);
  };
  for (let operation = block.last; operation; operation = operation.previous) push(operation);
  let rewrites = 0;
  for (let operation = stack.pop(); operation; operation = stack.pop()) {
    member.delete(operation);
    if (!operation.parent) continue;
    const made = patterns.get(operation.name)?.(operation);
    if (made === undefined) continue;
    rewrites++;
    let value: ClassValue;
    if (made instanceof ClassOperation) {
      block.insert(made, operation);
      push(made);
      value = made.results[0] as ClassValue;
    } else value = made;
    const result = operation.results[0] as ClassValue;
    for (let use = result.firstUse; use; use = use.next) push(use.owner);
    result.replaceAllUsesWith(value);
    for (const use of operation.operands) push(use.value.owner);
    operation.erase();
  }
  return rewrites;
}
