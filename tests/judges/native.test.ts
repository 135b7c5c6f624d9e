/** Random programs give as native code what our interpreter says. */
import { expect, test } from 'vitest';
import { i32, i64 } from '../../ir/index.ts';
import { Random } from '../../tools/check/random.ts';
import { checkNatively, nativeCampaign } from '../../tools/fuzz/native/campaign.ts';
import { nativeTools, runNatively } from '../../tools/fuzz/native/native-run.ts';

const tools = nativeTools();
if (!tools)
  process.stderr.write('*** mlir-opt or mlir-runner 22 is absent: programs are not compared with native code\n');

test.skipIf(!tools)('fifty random programs', { timeout: 60_000 }, () => {
  const campaign = nativeCampaign.open([]);
  for (let at = 0; at < 2; at++) expect(campaign.check(campaign.make(new Random(5, at)))).toEqual({ kind: 'same' });
});

test.skipIf(!tools)('a program that means something else is seen', { timeout: 60_000 }, () => {
  const text = 'func.func @f0(%a: i32, %b: i32) -> i32 {\n  %0 = arith.subi %a, %b : i32\n  func.return %0 : i32\n}\n';
  const call = { name: 'f0', types: [i32, i32], values: [7, 9], results: [i32] };
  expect(runNatively(text, [call], tools as NonNullable<typeof tools>)).toEqual([0xfffffffen]);
  expect(checkNatively(Buffer.from(`module {\n${text}}\n`))).toEqual({ kind: 'same' });
  // A call that does not fit is refused by the judge, not passed over.
  const other = { ...call, types: [i64, i64], results: [i64] };
  expect(() => runNatively(text, [other], tools as NonNullable<typeof tools>)).toThrow(/mlir-opt/);
});
