/** Machine descriptions: one chip configuration as checked data. */
import * as z from 'zod';
import mlu100Json from './machines/mlu100.json' with { type: 'json' };

const positive = z.int().min(1);
const powerOfTwo = positive.refine((n) => Number.isInteger(Math.log2(n)), 'expected a power of two');

const schema = z
  .strictObject({
    name: z.string().min(1),
    /** Cores of the card, and how many of them share a DRAM channel. */
    cores: positive.max(1024),
    coresPerChannel: positive,
    /** The numbers of neighbouring cores that a group barrier may join. */
    barrierSizes: z.array(positive),
    clockHz: positive,
    channelBytesPerSecond: positive,
    /** Bytes of each space; all but gdram exist once per core. */
    memory: z.strictObject({
      gdram: positive.max(2 ** 40),
      ldram: positive.max(2 ** 31),
      nram: positive.max(2 ** 28),
      wram: positive.max(2 ** 28),
    }),
    /** Bytes that an operand's address must be a multiple of, and the elements in a group. */
    alignment: z.strictObject({
      gdram: powerOfTwo,
      ldram: powerOfTwo,
      nram: powerOfTwo,
      wram: powerOfTwo,
      elements: z.literal(64),
    }),
    /** Dense multiply-accumulates per cycle and core. */
    macsPerCycle: z.strictObject({ half: positive, int8: positive, int16: positive }),
    vectorBytesPerCycle: positive,
    moveBytesPerCycle: positive,
    /** Cycles before an instruction's work begins on its pipe. */
    startUp: z.strictObject({
      alu: z.int().min(0),
      vector: z.int().min(0),
      tensor: z.int().min(0),
      io: z.int().min(0),
      move: z.int().min(0),
      barrier: z.int().min(0),
    }),
    /** Operations per second that the brochure claims for sparse networks; recorded, never used. */
    sparseClaim: z.strictObject({ half: z.number(), int8: z.number() }).optional(),
  })
  .refine((m) => m.cores % m.coresPerChannel === 0, {
    path: ['coresPerChannel'],
    message: 'expected a divisor of cores',
  });

/** One configuration of the chip. Sizes in bytes, rates per core and cycle unless their name says otherwise. */
export type Machine = Readonly<z.infer<typeof schema>>;

/** A machine description that does not hold together; the message lists every wrong entry with its path. */
export class MachineError extends Error {
  override readonly name = 'MachineError';
}

/** Checks a description from outside; throws MachineError. */
export function parseMachine(description: unknown): Machine {
  const result = schema.safeParse(description);
  if (result.success) return result.data;
  const lines = result.error.issues.map(
    (issue) => `  ${issue.path.join('.') || '(top)'}: ${issue.message.toLowerCase()}`,
  );
  throw new MachineError(`machine description:\n${lines.join('\n')}`);
}

/** Overrides for a machine variant; nested objects are merged entry by entry. */
export type MachineOverrides = {
  readonly [K in keyof Machine]?: Machine[K] extends object ? Partial<Machine[K]> : Machine[K];
};

/** A variant of `base`, checked again; arrays are replaced whole. Throws MachineError. */
export function machineVariant(base: Machine, overrides: MachineOverrides): Machine {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(overrides)) {
    const old = merged[key];
    const nested = typeof value === 'object' && !Array.isArray(value) && typeof old === 'object';
    merged[key] = nested ? { ...old, ...value } : value;
  }
  return parseMachine(merged);
}

/** The Cambricon MLU-100 as far as it is public, completed by our own choices. */
export const mlu100: Machine = parseMachine(mlu100Json);
