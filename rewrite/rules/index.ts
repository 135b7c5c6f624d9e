/** Declarative rules: as data, as text, and as PDL. */
export * from './rule-data.ts';
export * from './native.ts';
export * from './verify-rule.ts';
export * from './compile-rule.ts';
export * from './apply-rules.ts';
export * from './text/load-rules.ts';
export * from './text/print-rules.ts';
export { exportRules } from './pdl/export-pdl.ts';
export { importRules } from './pdl/import-pdl.ts';
