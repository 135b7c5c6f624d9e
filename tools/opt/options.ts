/** The options of `paleo-opt`: mlir-opt's, and those for what only we have. */
import { checkOptionSpecs } from '../diff/option-specs.ts';
import { defaultMarker } from './split-input.ts';

/** Every option by its name; what begins with `mlir-` may be written without that. */
export const optOptions = {
  output: { kind: 'value', short: 'o', metavar: 'FILE', doc: 'write the result to FILE, whole or not at all' },
  'pass-pipeline': {
    kind: 'value',
    metavar: 'TEXT',
    doc: "passes to run, e.g. 'builtin.module(func.func(canonicalize,cse))'",
  },
  'allow-unregistered-dialect': { kind: 'flag', doc: 'accept operations of dialects that are not known' },
  'mlir-print-op-generic': { kind: 'flag', doc: 'print the generic form' },
  'mlir-print-debuginfo': { kind: 'flag', doc: 'print locations' },
  'mlir-pretty-debuginfo': { kind: 'flag', doc: 'print locations for the eye; they cannot be read back' },
  'mlir-print-local-scope': {
    kind: 'flag',
    doc: 'write attributes, types and locations where they stand, not by alias',
  },
  'mlir-print-unique-ssa-ids': { kind: 'flag', doc: 'use the number of a value once in the whole module' },
  'mlir-print-value-users': { kind: 'flag', doc: 'say in comments who reads each value' },
  'mlir-use-nameloc-as-prefix': { kind: 'flag', doc: 'call values by the names in their locations' },
  'mlir-print-skip-regions': { kind: 'flag', doc: 'print {...} instead of regions' },
  'mlir-elide-elementsattrs-if-larger': {
    kind: 'value',
    metavar: 'N',
    doc: 'leave out constants of more than N elements',
  },
  'mlir-elide-resource-strings-if-larger': {
    kind: 'value',
    metavar: 'N',
    doc: 'leave out resources of more than N characters',
  },
  'mlir-print-elementsattrs-with-hex-if-larger': {
    kind: 'value',
    metavar: 'N',
    doc: 'write constants of more than N elements as hexadecimal bytes; 100 unless given',
  },
  'mlir-print-ir-before-all': { kind: 'flag', doc: 'print the IR before every pass, to standard error' },
  'mlir-print-ir-before': { kind: 'list', metavar: 'PASS,…', doc: 'print the IR before these passes' },
  'mlir-print-ir-after': { kind: 'list', metavar: 'PASS,…', doc: 'print the IR after these passes' },
  'mlir-print-ir-after-all': { kind: 'flag', doc: 'print the IR after every pass, to standard error' },
  'mlir-print-ir-after-change': { kind: 'flag', doc: 'print the IR after every pass that changed it' },
  'mlir-print-ir-after-failure': { kind: 'flag', doc: 'print the IR after a pass that failed' },
  'mlir-print-ir-module-scope': { kind: 'flag', doc: 'print the whole module, also around passes on a part of it' },
  'mlir-print-ir-tree-dir': {
    kind: 'value',
    metavar: 'DIR',
    doc: 'print the IR around passes to files in folders by operation, not to standard error',
  },
  'mlir-timing': { kind: 'flag', doc: 'report how long every pass took, to standard error' },
  'mlir-timing-display': { kind: 'value', metavar: 'tree|list', doc: 'report times by pipeline or by pass; tree' },
  'timing-trace': {
    kind: 'value',
    metavar: 'FILE',
    doc: 'write times as a trace that browsers show (chrome://tracing)',
  },
  'mlir-pass-statistics': { kind: 'flag', doc: 'report what every pass counted, to standard error' },
  'mlir-pass-statistics-display': { kind: 'value', metavar: 'list|pipeline', doc: 'by pass or by pipeline; pipeline' },
  'verify-each': { kind: 'value', metavar: '0|1', doc: 'verify after every pass; 1 unless given' },
  'split-input-file': {
    kind: 'optional',
    metavar: 'MARKER',
    implied: defaultMarker,
    doc: "take the parts between lines that begin with MARKER ('// -----') as inputs of their own",
  },
  'output-split-marker': {
    kind: 'value',
    metavar: 'MARKER',
    doc: "what stands between the results of parts; '// -----'",
  },
  'verify-diagnostics': {
    kind: 'optional',
    metavar: 'all|only-expected',
    implied: 'all',
    doc: "compare the diagnostics with comments such as '// expected-error@+1 {{text}}'",
  },
  'no-implicit-module': { kind: 'flag', doc: 'the top level is one operation, which is not put into a module' },
  'mlir-generate-reproducer': {
    kind: 'value',
    metavar: 'FILE',
    doc: 'write the input with the pipeline, as one file that --run-reproducer runs',
  },
  'mlir-pass-pipeline-crash-reproducer': {
    kind: 'value',
    metavar: 'FILE',
    doc: 'the same when a pass fails or crashes',
  },
  'mlir-pass-pipeline-local-reproducer': {
    kind: 'flag',
    doc: 'in that file keep only the pass that fails, and the IR before it',
  },
  'run-reproducer': { kind: 'flag', doc: 'run the pipeline that the input names' },
  'log-actions-to': { kind: 'value', metavar: 'FILE', doc: "log every rewrite, fold and pass; '-' for standard error" },
  'log-actions-misses': { kind: 'flag', doc: 'log also what did not apply, and why' },
  'action-limit': {
    kind: 'list',
    metavar: 'KIND:NAME=FROM-TO',
    doc: 'let only these tries through, e.g. pattern:fuse-add=1-10, fold:*=0; may be repeated',
  },
  explain: {
    kind: 'list',
    metavar: 'OP|FILE:LINE',
    doc: 'tell why nothing fired on an operation, or what made it, to standard error',
  },
  'check-patterns': {
    kind: 'flag',
    doc: 'check what patterns promise: changes only through the rewriter, valid IR, …',
  },
  'check-each': {
    kind: 'flag',
    doc: 'run the program before and after every pass, and explain the first pass that changes what it gives',
  },
  ...checkOptionSpecs,
  patterns: {
    kind: 'list',
    metavar: 'FILE',
    doc: 'rules for the pass apply-rules, which is the first pass unless the pipeline has it; see docs/rules.md',
  },
  'rule-groups': { kind: 'list', metavar: 'GROUP,…', doc: 'take only the rules of these groups, and those of none' },
  load: { kind: 'list', metavar: 'MODULE', doc: 'an ES module with further dialects and passes; see docs' },
  'dump-pass-pipeline': { kind: 'flag', doc: 'print the pipeline before it runs, to standard error' },
  'list-passes': { kind: 'flag', doc: 'list the passes with their knobs' },
  'show-dialects': { kind: 'flag', doc: 'list the dialects' },
} as const;
