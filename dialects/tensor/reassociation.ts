/** Whether a grouping of dimensions leads from an expanded type to a collapsed one. */
import { dynamic, type TensorType, tensorType } from '../../ir/index.ts';

type Groups = readonly (readonly number[])[];

function groupError(expandedRank: number, groups: Groups): string | undefined {
  const named = Math.max(-1, ...groups.flat()) + 1;
  if (groups.length > 0 && named !== expandedRank)
    return (
      `expected reassociation map #0 to have size equal to the expanded rank (${expandedRank}), ` +
      `but it is  ${named}.`
    );
  let next = 0;
  for (const [at, group] of groups.entries())
    for (const dimension of group)
      if (dimension !== next++) return `expected reassociation map #${at} to be valid and contiguous.`;
  return undefined;
}

/** Why collapsing `expanded` by these groups does not give `collapsed`; names are upstream's. */
export function reassociationError(expanded: TensorType, collapsed: TensorType, groups: Groups): string | undefined {
  if (groups.some((group) => group.length === 0)) return 'reassociation indices must not be empty';
  const rank = collapsed.shape.length;
  if (expanded.shape.length < rank)
    return (
      `expected the expanded type, '${expanded.text}' to have a higher (or same) rank than the collapsed type, ` +
      `'${collapsed.text}'.`
    );
  if (rank !== groups.length)
    return `expected collapsed rank (${rank}) to equal the number of reassociation maps (${groups.length}).`;
  const wrong = groupError(expanded.shape.length, groups);
  if (wrong !== undefined) return wrong;
  const shape = groups.map((group) => {
    const extents = group.map((dimension) => expanded.shape[dimension] as number);
    return extents.includes(dynamic) ? dynamic : extents.reduce((product, extent) => product * extent, 1);
  });
  for (const [at, extent] of shape.entries())
    if (extent !== collapsed.shape[at])
      return extent === dynamic
        ? `expected dimension ${at} of collapsed type to be dynamic since one or more of the corresponding ` +
            'dimensions in the expanded type is dynamic'
        : `expected dimension ${at} of collapsed type to be static value of ${extent}`;
  return expanded.element === collapsed.element
    ? undefined
    : `expected collapsed type to be '${tensorType(shape, expanded.element).text}', but got '${collapsed.text}'`;
}
