/** Which memory the instructions in flight on each pipe still touch. */
import type { Pipe } from './pipe.ts';
import { type Region, regionEnd, sharedByte } from './region.ts';

/** A clash with an instruction in flight. */
export interface Clash {
  readonly pipe: Pipe;
  readonly earlier: Region;
  readonly later: Region;
  readonly address: number;
}

const pipes = ['alu', 'vector', 'tensor', 'io', 'move'] as const;

/** The regions touched on each pipe since it was last drained. */
export class PendingRegions {
  readonly byPipe: Record<(typeof pipes)[number], Region[]>;

  constructor() {
    this.byPipe = { alu: [], vector: [], tensor: [], io: [], move: [] };
  }

  /** The first clash of `later`, on `pipe`, with other pipes: shared bytes that at least one side writes. */
  clash(pipe: Pipe, later: Region): Clash | undefined {
    for (const other of pipes) {
      if (other === pipe) continue;
      for (const earlier of this.byPipe[other]) {
        if (!earlier.writes && !later.writes) continue;
        const address = sharedByte(earlier, later);
        if (address !== undefined) return { pipe: other, earlier, later, address };
      }
    }
    return undefined;
  }

  /** Notes a region of an instruction that was issued to `pipe`. */
  add(pipe: Pipe, region: Region): void {
    if (pipe === 'control') return;
    const list = this.byPipe[pipe];
    if (list.some((known) => covers(known, region))) return;
    list.push(region);
  }

  /** Forgets the given pipes, all when none is named. */
  drain(...drained: readonly Pipe[]): void {
    for (const pipe of pipes) if (drained.length === 0 || drained.includes(pipe)) this.byPipe[pipe].length = 0;
  }
}

function covers(known: Region, region: Region): boolean {
  return (
    known.space === region.space &&
    (known.writes || !region.writes) &&
    (known.reads || !region.reads) &&
    known.segments === 1 &&
    known.address <= region.address &&
    regionEnd(region) <= regionEnd(known)
  );
}
