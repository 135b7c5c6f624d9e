/** The floors of the house and what each may stand on; imports go down only. */
import { folderOf, type Import, packageOf } from './source-file.ts';

/** What the files of a folder may import. */
export interface Floor {
  /** Folders, or parts of folders. */
  readonly below: readonly string[];
  readonly packages: readonly string[];
}

/** The floor plan. `tests`, `examples` and `bench` may use everything and are used by nothing. */
export const floorPlan: Readonly<Record<string, Floor>> = {
  ir: { below: [], packages: [] },
  rewrite: { below: ['ir'], packages: ['@dagrejs/graphlib'] },
  dialects: { below: ['ir', 'rewrite'], packages: [] },
  // Never rewrite: a meaning must not depend on transformations.
  interpreter: { below: ['ir', 'dialects'], packages: [] },
  'target-mlu': { below: ['ir', 'dialects/builtin', 'dialects/mlu', 'interpreter'], packages: ['zod'] },
  // Never interpreter: a lowering must not ask its judge.
  lowering: { below: ['ir', 'rewrite', 'dialects', 'target-mlu'], packages: ['@bufbuild/protobuf'] },
  tools: {
    below: ['ir', 'rewrite', 'dialects', 'interpreter', 'target-mlu', 'lowering'],
    packages: ['fast-check', 'antlr4ng', '@bufbuild/protobuf', 'zod', '@dagrejs/graphlib', 'z3-solver'],
  },
};

/** Tools for those who work on paleozoic: no part of the product, so they may use what only development needs. */
export const workshops: readonly Floor[] = [
  { below: ['tools/fuzz'], packages: ['onnxruntime-node'] },
  { below: ['tools/mutation'], packages: ['esbuild', '@babel/parser', '@vitest/expect'] },
];

/** The workshop that a file is in. */
export const workshopOf = (path: string): Floor | undefined =>
  workshops.find(({ below }) => below.some((place) => inside(path, place)));

/** The folders that the floor plan is about. */
export const floors: readonly string[] = Object.keys(floorPlan);

const inside = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);

/** Why an import is not in the floor plan; type imports count, since they too are knowledge of the other folder. */
export function floorError({ from, target, relative }: Import): string | undefined {
  const folder = folderOf(from);
  const floor = floorPlan[folder];
  if (!floor) return undefined;
  const refused = (why: string): string => `${from} imports ${target}: ${why}`;
  if (!relative) {
    if (target.startsWith('node:'))
      return folder === 'tools' ? undefined : refused(`${folder} is pure and runs without Node`);
    return floor.packages.includes(packageOf(target)) || workshopOf(from)?.packages.includes(packageOf(target))
      ? undefined
      : refused(`${folder} may use ${floor.packages.join(', ') || 'no packages'}`);
  }
  if (folder === 'tools' && workshopOf(target) && !workshopOf(from)) return refused('it is no part of the product');
  if (folder === 'dialects' && folderOf(target) === 'dialects') {
    const own = from.split('/').slice(0, 2).join('/');
    return inside(target, own) || inside(target, 'dialects/builtin')
      ? undefined
      : refused('a dialect may use no other dialect but builtin');
  }
  return folderOf(target) === folder || floor.below.some((place) => inside(target, place))
    ? undefined
    : refused(`${folder} may use ${floor.below.join(', ') || 'no other folder'}`);
}
