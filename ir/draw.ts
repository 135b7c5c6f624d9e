/** A source of choices for generators; smaller numbers stand for simpler cases. */
export interface Draw {
  /** An integer from `min` to `max`, both included; `min` is the simplest. */
  int(min: number, max: number): number;
  /** One of some values; the first is the simplest. */
  of<T>(values: readonly T[]): T;
  /** `false` is the simplest. */
  flag(): boolean;
}
