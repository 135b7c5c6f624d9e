/** MLIR text: printing and parsing. */
export * from './print.ts';
