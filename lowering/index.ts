/** Lowerings and pipelines: from an ONNX file to machine code. */
export * from './compile.ts';
export { graphToTensorop, graphToTensoropPass } from './graph-to-tensorop/index.ts';
export { insertSyncsPass } from './insert-syncs.ts';
export { layoutPatterns, propagateLayout } from './layout.ts';
export { compileToMachine } from './mlu-to-machine/index.ts';
export { importOnnx, type ImportOptions, unsupportedNodes } from './onnx/import.ts';
export type * from './onnx/model.ts';
export { readOnnx, type ReadOptions } from './onnx/read.ts';
export { allPasses } from './passes.ts';
export * from './pipelines.ts';
export { corePrograms, planMemoryFor } from './plan-memory.ts';
export { castToHalf, divisionByReciprocal, expandDivision } from './precision.ts';
export { type TilingKnobs, tensoropToMluFor, tilingKnobs } from './tensorop-to-mlu/index.ts';
