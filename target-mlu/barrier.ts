/** Barriers: which waiting cores may go on. */
import type { Core } from './core.ts';
import type { Machine } from './machine.ts';

/** A core that waits for ever, and why. */
export interface Stuck {
  readonly core: Core;
  readonly reason: string;
}

/**
 * Lets every group go on whose cores all wait at the same kind of barrier, at the time of the last of them.
 * To be called when no core can run; returns a core that waits in vain when none was released.
 */
export function releaseBarriers(cores: readonly Core[], machine: Machine): Stuck | undefined {
  let stuck: Stuck | undefined;
  let released = false;
  for (const core of cores) {
    if (core.status !== 'waiting') continue;
    const size = core.barrierSize;
    const first = size === 0 ? 0 : Math.floor(core.id / size) * size;
    const group = size === 0 ? cores : cores.slice(first, first + size);
    const reason = whyStuck(core, group, size, machine);
    if (reason !== undefined) {
      stuck ??= { core, reason };
      continue;
    }
    released = true;
    const time = Math.max(...group.map((member) => member.clock.now)) + machine.startUp.barrier;
    for (const member of group) {
      member.clock.now = time;
      member.status = 'running';
    }
  }
  return released ? undefined : stuck;
}

function whyStuck(core: Core, group: readonly Core[], size: number, machine: Machine): string | undefined {
  if (size !== 0 && !machine.barrierSizes.includes(size)) {
    return `a barrier of ${size} cores, ${machine.name} has ${machine.barrierSizes.join(', ')}`;
  }
  const other = group.find((member) => member.status !== 'waiting' || member.barrierSize !== size);
  if (other === undefined) return undefined;
  const what = other.status === 'halted' ? 'has halted' : `waits at another barrier (pc ${other.pc - 1})`;
  return `deadlock: core ${core.id} waits at a barrier that core ${other.id} never reaches; it ${what}`;
}
