#!/usr/bin/env node
// Runs the bundle beside this file from code that an earlier run compiled: most of the start is compiling.
// Without a fitting cache the bundle is compiled as usual and the cache is left for the next run.
'use strict';
const { basename, join } = require('node:path');
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { pathToFileURL } = require('node:url');
const { constants, Script } = require('node:vm');

/** Whether modules of the user are loaded: these must share the package's own modules, which a bundle has copies of. */
const extended = process.argv.slice(2).some((argument) => /^--?load(=|$)/.test(argument));
if (extended) {
  import(pathToFileURL(join(__dirname, '..', 'tools', basename(__filename))).href);
} else {
  runBundle();
}

function runBundle() {
  const bundle = __filename.replace(/\.js$/, '.bundle.cjs');
  const cache = __filename.replace(/\.js$/, `.${process.version}-${process.arch}.cache`);

  const read = (file) => {
    try {
      return readFileSync(file);
    } catch {
      return undefined;
    }
  };

  const cachedData = read(cache);
  const script = new Script(`(function (require, importMetaUrl) {${readFileSync(bundle, 'utf8')}\n})`, {
    filename: bundle,
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (cachedData === undefined || script.cachedDataRejected)
    process.on('exit', () => {
      const scratch = `${cache}.${process.pid}`;
      try {
        writeFileSync(scratch, script.createCachedData());
        renameSync(scratch, cache);
      } catch {
        // The package may lie where nothing can be written; then every start compiles.
        rmSync(scratch, { force: true });
      }
    });
  script.runInThisContext()(require, pathToFileURL(__filename).href);
}
