/** What a running program did wrong. */
import type { Space } from './field.ts';

/** Where a fault happened. */
export interface FaultPlace {
  readonly core: number;
  /** Index of the instruction in the core's code section. */
  readonly pc: number;
  /** The instruction in assembly. */
  readonly text: string;
  /** Where the instruction comes from, when the object file says. */
  readonly location: string | undefined;
  readonly space?: Space | undefined;
  readonly address?: number | undefined;
}

/** A program that cannot go on: the message names core, instruction, memory, and what was found and expected. */
export class MachineFault extends Error {
  override readonly name = 'MachineFault';
  readonly place: FaultPlace;
  constructor(reason: string, place: FaultPlace) {
    const origin = place.location === undefined ? '' : `\n  from ${place.location}`;
    super(`core ${place.core}, pc ${place.pc}: ${reason}\n  in ${place.text}${origin}`);
    this.place = place;
  }
}

/** What is wrong, before it is known where: thrown by instructions, completed by the emulator. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly space: Space | undefined;
  readonly address: number | undefined;
  constructor(reason: string, space?: Space, address?: number) {
    super(reason);
    this.space = space;
    this.address = address;
  }
}
