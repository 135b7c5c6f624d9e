/** The real `mlir-opt`, given our declarations as IRDL, accepts what we print and refuses what we refuse. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { Context, DiagnosticError, type Operation, verify } from '../../ir/index.ts';
import { parseModule } from '../../ir/text/index.ts';
import { Choices } from '../../tools/check/choices.ts';
import { dialectsToIrdl } from '../../tools/irdl/export.ts';
import { ownDialects } from '../../tools/irdl/own-dialects.ts';
import { allDialects } from '../../tools/lists.ts';
import { readFileTest } from '../filetests/filetest.ts';
import { mlirOpt, mlirOptMissing } from '../mlir-opt.ts';
import { type Fault, faults } from './fault.ts';
import { judgedText, refusals, refused } from './judged.ts';
import { moduleOf, type Plan, planText, plansOf } from './plan.ts';
import { graphPrograms, tensorPrograms } from './programs.ts';

const seed = 22;
const faultCount = 200;

const irdl = dialectsToIrdl(ownDialects);
const say = (text: string): void => void process.stdout.write(`irdl: ${text}\n`);

const folder = fileURLToPath(new URL('../filetests/dialects/', import.meta.url));

/** The valid modules of all filetests, inputs and outputs, that hold operations of ours. */
function filetestModules(): readonly Operation[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.mlir'));
  return files.sort().flatMap((file) =>
    readFileTest(readFileSync(folder + file, 'utf8')).cases.flatMap(({ input, expected }) =>
      [input, expected].flatMap((text) => {
        const module = text.includes('// error: ') ? undefined : valid(text);
        return module && plansOf(module).length > 0 ? [module] : [];
      }),
    ),
  );
}

function valid(text: string): Operation | undefined {
  try {
    const module = parseModule(text, new Context(allDialects, { allowUnregistered: true }));
    return verify(module).length === 0 ? module : undefined;
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
}

/** Each fault in turn, on an operation that it can be done to. */
function damaged(plans: readonly Plan[]): readonly { readonly fault: Fault; readonly plan: Plan }[] {
  const choices = fc.sample(fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), { numRuns: faultCount, seed });
  return choices.map(([pick = 0, ...rest], at) => {
    const fault = faults[at % faults.length] as Fault;
    for (let turn = 0; turn < plans.length; turn++) {
      const plan = fault.damage(plans[(pick + turn) % plans.length] as Plan, new Choices(rest));
      if (plan) return { fault, plan };
    }
    throw new Error(`no operation to damage by ${fault.title}`);
  });
}

if (mlirOpt === undefined) mlirOptMissing();

describe.skipIf(mlirOpt === undefined)('mlir-opt with our declarations as IRDL', () => {
  let modules: readonly Operation[] = [];
  let plans: readonly Plan[] = [];
  beforeAll(() => {
    modules = filetestModules();
    plans = [...new Map(modules.flatMap(plansOf).map((plan) => [planText(plan), plan])).values()];
  });

  test('accepts the modules of all filetests', () => {
    const declared = ownDialects.flatMap(({ ops }) => Object.values(ops).map(({ opName }) => opName));
    const seen = new Set(plans.map((plan) => plan.name));
    expect(declared.filter((name) => !seen.has(name))).toEqual([]);
    expect(refused(irdl, modules.map(judgedText))).toEqual([]);
    say(`${modules.length} modules of filetests accepted, ${declared.length} operations declared, all seen`);
  });

  test('accepts 2,000 generated modules', () => {
    const programs = [...graphPrograms(500, seed), ...tensorPrograms(500, seed)];
    expect(programs).toHaveLength(2000);
    expect(programs.flatMap((module) => verify(module))).toEqual([]);
    expect(refused(irdl, programs.map(judgedText))).toEqual([]);
    const operations = programs.reduce((sum, module) => sum + plansOf(module).length, 0);
    say(`2000 generated modules with ${operations} operations of ours accepted`);
  });

  test('refuses the faults that we refuse', () => {
    const whole = plans.map(moduleOf);
    expect(whole.flatMap((module) => verify(module))).toEqual([]);
    expect(refused(irdl, whole.map(judgedText))).toEqual([]);
    const broken = damaged(plans).map(({ fault, plan }) => ({ fault, module: moduleOf(plan) }));
    const theirs = refusals(
      irdl,
      broken.map(({ module }) => judgedText(module)),
    );
    const missed = broken.flatMap(({ fault, module }, at) => {
      const lax = [...(verify(module).length > 0 ? [] : ['we']), ...(theirs[at] === undefined ? ['mlir-opt'] : [])];
      return lax.map((who) => `${who} accept: ${fault.title}\n${judgedText(module)}`);
    });
    expect(missed.slice(0, 3)).toEqual([]);
    expect(broken).toHaveLength(faultCount);
    say(
      `${whole.length} single operations accepted, ${broken.length} faults of ${faults.length} kinds refused by both`,
    );
  });
});
