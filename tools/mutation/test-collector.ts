/**
 * Stands for vitest where property tests are run against mutants: the same files, read as lists of functions, so that a
 * mutant needs no test runner of its own.
 */
import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

type Body = (...args: readonly unknown[]) => unknown;

/** A test, with the names of the groups around it. */
export interface CollectedTest {
  readonly name: string;
  run(): unknown;
}

/** All tests that were declared, in order. */
export const collected: CollectedTest[] = [];

const around: string[] = [];
const hooks: { readonly before: Body[]; readonly after: Body[] } = { before: [], after: [] };

function formatted(name: string, args: readonly unknown[]): string {
  let at = 0;
  return name.replace(/%[sdifjo]/g, (mark) => {
    const value = args[at++];
    return mark === '%j' || mark === '%o' ? JSON.stringify(value) : String(value);
  });
}

const argumentsOf = (row: unknown): readonly unknown[] => (Array.isArray(row) ? row : [row]);
const bodyOf = (...rest: readonly unknown[]): Body =>
  rest.find((one): one is Body => typeof one === 'function') as Body;

const timesNamed = new Map<string, number>();
/** A name that no other test has: those of the rows of a table may be the same. */
function ownName(name: string): string {
  const times = (timesNamed.get(name) ?? 0) + 1;
  timesNamed.set(name, times);
  return times === 1 ? name : `${name} (${times})`;
}

function declareTest(name: string, ...rest: readonly unknown[]): void {
  const body = bodyOf(...rest);
  collected.push({
    name: ownName([...around, name].join(' > ')),
    async run() {
      for (const hook of hooks.before) await hook();
      await body();
      for (const hook of hooks.after) await hook();
    },
  });
}

function declareGroup(name: string, ...rest: readonly unknown[]): void {
  around.push(name);
  bodyOf(...rest)();
  around.pop();
}

const each =
  (declare: (name: string, body: Body) => void) =>
  (rows: readonly unknown[]) =>
  (name: string, ...rest: readonly unknown[]): void => {
    for (const row of rows) declare(formatted(name, argumentsOf(row)), () => bodyOf(...rest)(...argumentsOf(row)));
  };

/** Forms that are only declared where something is there. */
const conditional = <T>(declare: T) => ({
  skipIf: (absent: unknown) => (absent ? () => {} : declare),
  runIf: (present: unknown) => (present ? declare : () => {}),
});

/** Vitest's own matchers. */
export const expect: unknown = chai.expect;
/** Declares a test. */
export const test = Object.assign(declareTest, { ...conditional(declareTest), each: each(declareTest) });
/** Declares a test. */
export const it: typeof test = test;
/** Declares a group. */
export const describe = Object.assign(declareGroup, { ...conditional(declareGroup), each: each(declareGroup) });
/** What runs before every test. */
export const beforeEach = (hook: Body): void => void hooks.before.push(hook);
/** What runs after every test. */
export const afterEach = (hook: Body): void => void hooks.after.push(hook);
/** What runs before all tests runs at once: files are read one after the other. */
export const beforeAll = (hook: Body): unknown => hook();
/** Nothing is left over that matters: the process ends. */
export const afterAll = (): void => {};
