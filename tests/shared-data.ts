/** Says before the tests whether the large shared data is there, as tests that read it pass without it. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Called by vitest once, before all tests. */
export function setup(): void {
  const folder = fileURLToPath(new URL('../../shared', import.meta.url));
  if (existsSync(folder)) return;
  console.warn('\n!!! ../shared is absent: tests over upstream modules are SKIPPED; everything else runs.\n');
}
