/** What package.json promises, held against the sources: folders, tools, dependencies, licence, lock. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { floors, workshopOf } from './floor-plan.ts';
import { importsOf, packageOf, sourceFiles } from './source-file.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(root + path, 'utf8');
const names = z.record(z.string(), z.string());

const manifest = z
  .object({
    name: z.string(),
    version: z.string(),
    license: z.string(),
    files: z.array(z.string()),
    exports: z.record(z.string(), z.union([z.string(), z.strictObject({ types: z.string(), import: z.string() })])),
    bin: names,
    scripts: names,
    engines: names,
    dependencies: names,
    devDependencies: names,
    peerDependencies: names,
    optionalDependencies: names,
  })
  .parse(JSON.parse(read('package.json')));

/** Where `paleozoic/x` is written, if not in the folder `x`. */
const sourceOf = (subpath: string): string => (subpath === 'check' ? 'tools/check' : subpath);
const exported = Object.keys(manifest.exports)
  .filter((key) => key !== './package.json')
  .map((key) => key.replace('./', ''));

describe('exports', () => {
  test.each(exported)('%s is a folder with an index, compiled beside its declarations', (subpath) => {
    expect(existsSync(`${root}${sourceOf(subpath)}/index.ts`)).toBe(true);
    const compiled = `./dist/${sourceOf(subpath)}/index`;
    expect(manifest.exports[`./${subpath}`]).toEqual({ types: `${compiled}.d.ts`, import: `${compiled}.js` });
  });

  test('no floor and no dialect is forgotten', () => {
    const dialects = readdirSync(`${root}dialects`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const whole = floors.filter((floor) => floor !== 'dialects' && floor !== 'tools');
    const expected = [...whole, ...dialects.map(({ name }) => `dialects/${name}`), 'ir/text', 'rewrite/rules', 'check'];
    expect(exported.toSorted()).toEqual(expected.toSorted());
  });
});

describe('tools', () => {
  const tools = readdirSync(`${root}tools`).filter((file) => /^paleo-.*\.ts$/.test(file));

  test('each is a command, and no command is without its tool', () => {
    const expected = tools.map((file) => file.replace(/\.ts$/, '')).map((name) => [name, `dist/bin/${name}.js`]);
    expect(manifest.bin).toEqual(Object.fromEntries(expected));
  });

  test.each(Object.keys(manifest.bin))('%s is told of in the README', (name) => {
    expect(read('README.md')).toContain(`| \`${name} `);
  });

  test('scripts and files name what is there', () => {
    const started = Object.values(manifest.scripts).flatMap(
      (line) => line.match(/(?<![\w/])(?:tools|bench)\/[\w./-]+/g) ?? [],
    );
    expect(started.length).toBeGreaterThan(3);
    const packed = manifest.files.filter((file) => file !== 'dist' && !file.startsWith('!'));
    expect([...started, ...packed].filter((path) => !existsSync(root + path))).toEqual([]);
    expect(manifest.files).toContain('dist');
  });
});

describe('dependencies', () => {
  const used = new Set(
    sourceFiles(floors)
      .filter(({ path }) => !workshopOf(path))
      .flatMap(importsOf)
      .filter(({ relative, target }) => !relative && !target.startsWith('node:'))
      .map(({ target }) => packageOf(target)),
  );

  test('the product uses what it declares and declares what it uses', () => {
    // fast-check is only for those who use paleozoic/check, z3-solver for those who prove rules.
    const { dependencies, peerDependencies, optionalDependencies } = manifest;
    const declared = [dependencies, peerDependencies, optionalDependencies].flatMap((of) => Object.keys(of));
    expect([...used].toSorted()).toEqual(declared.toSorted());
  });

  test('versions are pinned', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('the lock has a hash for each package, on every platform, and no host', () => {
    const lock = z
      .object({
        packages: z.record(z.string(), z.looseObject({ version: z.string(), integrity: z.string().optional() })),
      })
      .parse(JSON.parse(read('package-lock.json')));
    const { '': own, ...packages } = lock.packages;
    const sections = ['version', 'dependencies', 'devDependencies', 'peerDependencies'] as const;
    for (const section of sections) expect(own?.[section]).toEqual(manifest[section]);
    const entries = Object.entries(packages);
    expect(entries.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([name]) => name)).toEqual([]);
    expect(entries.filter(([, entry]) => 'resolved' in entry).map(([name]) => name)).toEqual([]);
    const optional = entries.flatMap(([, entry]) =>
      Object.keys(names.optional().parse(entry['optionalDependencies']) ?? {}),
    );
    expect(optional.filter((name) => !(`node_modules/${name}` in packages))).toEqual([]);
  });
});

describe('licence', () => {
  test('is there as a whole, and named', () => {
    expect(manifest.license).toBe('Apache-2.0');
    const text = read('LICENSE');
    expect(text).toMatch(/^\s*Apache License\s+Version 2\.0, January 2004/);
    for (let section = 1; section <= 9; section++) expect(text).toMatch(new RegExp(`^ +${section}\\. \\S`, 'm'));
    expect(text).toContain('END OF TERMS AND CONDITIONS');
  });
});

describe('versions', () => {
  test('the change log begins with this one', () => {
    expect(/^## \[([^\]]+)\]/m.exec(read('CHANGELOG.md'))?.[1]).toBe(manifest.version);
  });

  test('the README asks for the Node that the package and its launcher ask for', () => {
    const [, needed] = /^>=(\d+\.\d+)$/.exec(manifest.engines['node'] ?? '') ?? [];
    expect(read('README.md')).toContain(`Node ${needed} or newer`);
  });
});
