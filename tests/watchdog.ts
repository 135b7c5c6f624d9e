/**
 * Ends a test file that does not end by itself. A test that never returns cannot be timed out from its own thread, and
 * vitest waits for its process; so a thread of its own watches, says which test it was, and ends the process, which is
 * then a failure like any other.
 */
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';

const minutes = 6;
const watch = `
const { parentPort } = require('node:worker_threads');
let at = 'before the first test';
parentPort.on('message', (message) => { at = message; });
setTimeout(() => {
  require('node:fs').writeSync(2, '\\n*** no end within ${minutes} minutes, so it was ended: ' + at + '\\n\\n');
  process.kill(process.pid, 'SIGKILL');
}, ${minutes * 60_000});
`;

// Blessing does the whole work that a test looks at a part of.
if (process.env['PALEO_BLESS'] !== '1') {
  const watchdog = new Worker(watch, { eval: true });
  watchdog.unref();
  const tell = (): void => {
    const { testPath, currentTestName } = expect.getState();
    watchdog.postMessage([testPath, currentTestName].filter(Boolean).join(' > '));
  };
  beforeAll(tell);
  beforeEach(tell);
  afterAll(() => watchdog.terminate().then(() => undefined));
}
