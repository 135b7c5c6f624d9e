/** Sinking: what is only needed on one way goes into the region that is run on that way. */
import { regionBranch } from '../ir/control-flow.ts';
import { hasNoEffects } from '../ir/effects.ts';
import type { Operation } from '../ir/operation.ts';
import type { Region } from '../ir/region.ts';
import type { ActionObserver } from './action.ts';
import { pass } from './pass.ts';
import { takeStep } from './step.ts';

/** Moves operations inside `root` into the only region that reads them, where that runs at most once; gives how many. */
export function sinkIntoRegions(root: Operation, observer?: ActionObserver): number {
  let sunk = 0;
  root.walk((operation) => {
    const flow = operation.interface(regionBranch);
    if (!flow?.runsAtMostOnce) return;
    for (const [at, region] of operation.regions.entries())
      if (!region.isEmpty && flow.runsAtMostOnce(operation, at)) sunk += sinkInto(region, observer);
  });
  return sunk;
}

function sinkInto(region: Region, observer: ActionObserver | undefined): number {
  const { entry } = region;
  if (!entry) return 0;
  const pending: Operation[] = region.blocks.flatMap((block) => [...block.operations]);
  let sunk = 0;
  // The last first: what one operation reads comes to stand before it.
  for (let user = pending.pop(); user; user = pending.pop())
    for (const { owner } of user.operands) {
      if (!owner || owner.parent?.parent === region || !canSink(owner, region)) continue;
      const sink = (): void => {
        const { first } = entry;
        if (first) owner.moveBefore(first);
        else entry.append(owner);
      };
      if (!takeStep(observer, 'sink', () => owner, sink)) continue;
      sunk++;
      pending.push(owner);
    }
  return sunk;
}

function canSink(operation: Operation, region: Region): boolean {
  if (operation.hasTrait('terminator') || !hasNoEffects(operation)) return false;
  return operation.results.every((result) =>
    result.users.every((user) => {
      const home = user.parent?.parent;
      return home !== undefined && region.isAncestorOf(home);
    }),
  );
}

/** Sinks operations into regions. */
export const controlFlowSink = pass('control-flow-sink', {
  summary: 'move what one way alone needs into its region',
  exact: true,
  run: (root, _settings, context) => context.count('sunk', sinkIntoRegions(root, context.observer)),
});
