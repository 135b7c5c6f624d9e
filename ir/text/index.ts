/** MLIR text: printing and parsing. */
export * from './print.ts';
export * from './parse.ts';
