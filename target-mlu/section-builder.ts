/** Putting the code of a section together, with labels that are placed before or after they are used. */
import type { Fields, WrittenFields } from './field.ts';
import { type Instruction, instructionWords } from './instruction.ts';
import type { Section } from './program.ts';

/** A place in the code; made by `SectionBuilder.label`, usable as a target once it is placed. */
export interface Label {
  readonly id: number;
}

/** Fields as a builder takes them: a target may be a label. */
export type BuilderFields<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends { readonly kind: 'target' } ? Label | number : WrittenFields<F>[K];
};

interface Pending {
  readonly row: Instruction;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Collects instructions and encodes them at the end. */
export class SectionBuilder {
  private readonly pending: Pending[];
  private readonly locations: number[];
  private readonly places: number[];

  constructor() {
    this.pending = [];
    this.locations = [];
    this.places = [];
  }

  /** Appends an instruction; `location` is an index into the program's locations, -1 when it has none. */
  emit<M extends string, F extends Fields>(row: Instruction<M, F>, fields: BuilderFields<F>, location = -1): void {
    this.pending.push({ row: row as unknown as Instruction, fields });
    this.locations.push(location);
  }

  /** A label that is not placed yet. */
  label(): Label {
    this.places.push(-1);
    return { id: this.places.length - 1 };
  }

  /** Puts `label` before the next instruction. */
  place(label: Label): void {
    this.places[label.id] = this.pending.length;
  }

  /** The number of instructions so far. */
  get length(): number {
    return this.pending.length;
  }

  /** The encoded section for `cores`. Throws EncodingError, or an Error for a label that was never placed. */
  finish(cores: readonly number[]): Section {
    const code = new Uint32Array(this.pending.length * instructionWords);
    this.pending.forEach(({ row, fields }, pc) => {
      const written: Record<string, unknown> = { ...fields };
      for (const [name, field] of Object.entries(row.fields)) {
        const value = written[name];
        if (field.kind !== 'target' || typeof value === 'number') continue;
        const place = this.places[(value as Label).id] ?? -1;
        if (place < 0) throw new Error(`${row.mnemonic} at ${pc}: the label in '${name}' was never placed`);
        written[name] = place;
      }
      row.encode(written as WrittenFields, code, pc * instructionWords);
    });
    return { cores, code, locations: Int32Array.from(this.locations) };
  }
}
