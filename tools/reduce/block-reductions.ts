/** Reductions of control flow between blocks, by what every terminator says of itself. */
import { type Block, branch, type Operation, type Region, type Value } from '../../ir/index.ts';
import { eraseUnreachable, operationsIn, type Reduction, reduction, Rewriter } from '../../rewrite/index.ts';

const branching = (module: Operation): readonly Region[] =>
  operationsIn(module, (operation) => operation.hasRegions).flatMap((of) =>
    of.regions.filter((region) => region.blocks.length > 1),
  );
const laterBlocks = (module: Operation): readonly Block[] =>
  branching(module).flatMap((region) => region.blocks.slice(1));

/** What leads to a block: terminators with the position among their successors. */
function leadingTo(block: Block): readonly { readonly from: Operation; readonly at: number }[] {
  return (block.parent?.blocks ?? []).flatMap(({ last }) =>
    last ? last.successors.flatMap((successor, at) => (successor === block ? [{ from: last, at }] : [])) : [],
  );
}

const unreachable = reduction('unreachable-blocks', branching, (region) => {
  const entry = region.owner.isErased ? undefined : region.entry;
  return entry !== undefined && eraseUnreachable(region, new Rewriter(entry, undefined)) > 0;
});

/** One block that nothing leads to goes; others, and what they lead to, stay. */
const without = reduction(
  'blocks-left-out',
  (module) => laterBlocks(module).filter((block) => leadingTo(block).length === 0),
  (block) => {
    const isRead = (value: Value): boolean => value.users.some((user) => user.parent !== block);
    if (block.arguments.some(isRead) || block.operations.some(({ results }) => results.some(isRead))) return false;
    for (const operation of block.operations.toReversed()) operation.erase();
    block.erase();
    return true;
  },
);

/** A block that only one other goes to, always, becomes its end. */
const joined = reduction('blocks-joined', laterBlocks, (block) => {
  const [{ from } = { from: undefined }, ...more] = leadingTo(block);
  const values = from?.interface(branch)?.operandsOf(from, 0);
  if (!from?.parent || from.parent === block || from.successors.length > 1 || more.length > 0 || !values) return false;
  const rewriter = new Rewriter(from.parent, from);
  rewriter.inlineBlock(block, from, values);
  rewriter.erase(from);
  return true;
});

/** An argument that nobody reads goes, with what is passed for it. */
const blockArguments = reduction(
  'block-arguments',
  (module) =>
    laterBlocks(module).flatMap((block) =>
      block.arguments.flatMap(({ isUnused, index }) => (isUnused ? [{ block, index }] : [])),
    ),
  ({ block, index }) => {
    for (const { from, at } of leadingTo(block)) {
      const flow = from.interface(branch);
      if (!flow) return false;
      flow.setOperandsOf(from, at, flow.operandsOf(from, at).toSpliced(index, 1));
    }
    block.eraseArgument(index);
    return true;
  },
);

/** The reductions of blocks. */
export const blockReductions: readonly Reduction[] = [unreachable, without, joined, blockArguments];
