/** How much an evaluation may take before it is stopped. */
import { DiagnosticError, errorAt, type Operation } from '../ir/index.ts';

/** Limits of one evaluation. */
export interface Limits {
  /** Executed operations. */
  readonly steps: number;
  /** Bytes that live arrays hold at one time. */
  readonly bytes: number;
  /** Wall-clock time, looked at between operations. */
  readonly milliseconds: number;
  /** Regions and calls inside one another. */
  readonly depth: number;
}
/** What holds unless the caller says otherwise: 1e9 operations, 4 GiB, ten minutes, 500 deep. */
export const defaultLimits: Limits = { steps: 1e9, bytes: 2 ** 32, milliseconds: 600_000, depth: 500 };

/** How many operations pass between two looks at the clock. */
const clockInterval = 256;

/** What an evaluation has taken so far. */
export class Budget {
  readonly limits: Limits;
  steps: number;
  bytes: number;
  depth: number;
  private readonly deadline: number;

  constructor(limits: Limits) {
    this.limits = limits;
    this.steps = 0;
    this.bytes = 0;
    this.depth = 0;
    this.deadline = performance.now() + limits.milliseconds;
  }

  /** Counts one operation. */
  step(operation: Operation): void {
    if (++this.steps > this.limits.steps)
      stop(operation, `is the ${this.steps}th step, over the limit of ${this.limits.steps}`);
    if (this.steps % clockInterval === 0 && performance.now() > this.deadline)
      stop(operation, `is reached after more than ${this.limits.milliseconds} ms, the limit`);
  }

  /** Counts bytes that come alive. */
  allocate(operation: Operation, bytes: number): void {
    if (this.bytes + bytes > this.limits.bytes)
      stop(operation, `needs ${bytes} bytes beside ${this.bytes} in use, over the limit of ${this.limits.bytes}`);
    this.bytes += bytes;
  }

  /** Counts bytes that are not needed any more. */
  release(bytes: number): void {
    this.bytes -= bytes;
  }

  /** Goes one region or call deeper; `leave` comes back. */
  enter(operation: Operation): void {
    if (++this.depth > this.limits.depth)
      stop(operation, `is nested or called deeper than the limit of ${this.limits.depth}`);
  }

  /** Comes back from a region or call. */
  leave(): void {
    this.depth--;
  }
}

/** Ends an evaluation with an error at an operation. */
export function stop(operation: Operation, message: string): never {
  throw new DiagnosticError([errorAt(operation.location, `'${operation.name}' op ${message}`)]);
}
