/** Loop invariants: what a loop would compute anew each time though it does not depend on the turn goes before it. */
import { loopRegions } from '../ir/control-flow.ts';
import { hasNoEffects, isSpeculatable } from '../ir/effects.ts';
import type { Operation } from '../ir/operation.ts';
import type { Region } from '../ir/region.ts';
import type { Value } from '../ir/value.ts';
import type { ActionObserver } from './action.ts';
import { pass } from './pass.ts';
import { takeStep } from './step.ts';

/** Moves invariants out of all loops inside `root`, inner loops first, and gives how many operations moved. */
export function hoistLoopInvariants(root: Operation, observer?: ActionObserver): number {
  let hoisted = 0;
  root.walkPostOrder((loop) => {
    const regions = loop.interface(loopRegions)?.(loop);
    for (const region of regions ?? []) hoisted += hoistFrom(region, loop, observer);
  });
  return hoisted;
}

function hoistFrom(region: Region, loop: Operation, observer: ActionObserver | undefined): number {
  const pending: Operation[] = region.blocks.flatMap((block) => [...block.operations]);
  let hoisted = 0;
  // First come, first moved, as upstream has it; what reads what has moved is looked at again.
  for (const operation of pending) {
    // It may have moved already, or stand in a region inside, whose owner moves as a whole.
    if (operation.parent?.parent !== region || !canMove(operation, region)) continue;
    const hoist = (): void => operation.moveBefore(loop);
    if (!takeStep(observer, 'hoist', () => operation, hoist)) continue;
    hoisted++;
    for (const result of operation.results)
      for (const user of result.users) if (user.parent?.parent === region) pending.push(user);
  }
  return hoisted;
}

/** Whether an operation may run before the loop: it has no effect, does no harm if the loop does not run, and reads nothing from inside. */
function canMove(operation: Operation, region: Region): boolean {
  if (operation.hasTrait('terminator') || !readsFromOutside(operation, region)) return false;
  return hasNoEffects(operation) && isSpeculatable(operation);
}

function readsFromOutside(operation: Operation, region: Region): boolean {
  let outside = true;
  operation.walk((inner) => {
    if (outside && inner.operands.some((value) => isInside(value, region) && !isWithin(value, operation)))
      outside = false;
    return outside;
  });
  return outside;
}

const isInside = (value: Value, region: Region): boolean => {
  const home = value.parentBlock?.parent;
  return home !== undefined && region.isAncestorOf(home);
};
const isWithin = (value: Value, operation: Operation): boolean =>
  operation.regions.some((region) => isInside(value, region));

/** Moves loop invariants before their loops. */
export const loopInvariantCodeMotion = pass('loop-invariant-code-motion', {
  summary: 'move what does not depend on the turn of a loop before it',
  exact: true,
  run: (root, _settings, context) => context.count('hoisted', hoistLoopInvariants(root, context.observer)),
});
