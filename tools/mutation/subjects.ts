/** What is mutated, and the tests that must notice. Membership is these lists. */

/** Folders and files of one area of the score. */
export interface Area {
  readonly name: string;
  readonly paths: readonly string[];
}

/** The areas that the score is about: what changes programs, and what the machine's instructions mean and look like. */
export const areas: readonly Area[] = [
  {
    name: 'lowering',
    paths: [
      'lowering/graph-to-tensorop',
      'lowering/tensorop-to-mlu',
      'lowering/mlu-to-machine',
      'lowering/layout.ts',
      'lowering/precision.ts',
      'lowering/plan-memory.ts',
      'lowering/insert-syncs.ts',
      'lowering/mlu-memory.ts',
    ],
  },
  { name: 'import', paths: ['lowering/onnx'] },
  {
    name: 'folds and canonicalisations',
    paths: [
      'rewrite/folder.ts',
      'rewrite/simplify-regions.ts',
      'rewrite/cse.ts',
      'rewrite/dce.ts',
      'rewrite/sccp.ts',
      'rewrite/constant-lattice.ts',
      'rewrite/control-flow-sink.ts',
      'rewrite/loop-invariant-code-motion.ts',
      'rewrite/inline-call.ts',
      'dialects/arith/integer.ts',
      'dialects/arith/float.ts',
      'dialects/arith/cast.ts',
      'dialects/arith/compare.ts',
      'dialects/arith/extended.ts',
      'dialects/arith/constant-value.ts',
      'dialects/tensorop/patterns.ts',
    ],
  },
  {
    name: 'machine',
    paths: [
      'target-mlu/isa',
      'target-mlu/kernel',
      'target-mlu/barrier.ts',
      'target-mlu/byte-reader.ts',
      'target-mlu/byte-writer.ts',
      'target-mlu/check.ts',
      'target-mlu/core.ts',
      'target-mlu/decoded.ts',
      'target-mlu/emulator.ts',
      'target-mlu/field-words.ts',
      'target-mlu/field.ts',
      'target-mlu/format.ts',
      'target-mlu/instruction.ts',
      'target-mlu/memory.ts',
      'target-mlu/object-file.ts',
      'target-mlu/pending.ts',
      'target-mlu/program.ts',
      'target-mlu/region.ts',
      'target-mlu/register-value.ts',
      'target-mlu/rounding.ts',
      'target-mlu/symbol-data.ts',
    ],
  },
];

/** Code that nobody writes. */
export const generatedFolder = 'lowering/onnx/generated';

/** The property tests: those that check generated cases. */
export const propertyTests: readonly string[] = [
  'tests/judges/onnx.test.ts',
  'tests/judges/passes.test.ts',
  'tests/judges/control-flow.test.ts',
  'tests/properties/graph-to-tensorop.test.ts',
  'tests/properties/tensorop-to-mlu.test.ts',
  'tests/properties/mlu-to-machine.test.ts',
  'tests/properties/cast-to-half.test.ts',
  'tests/properties/passes.test.ts',
  'tests/properties/programs.test.ts',
  'tests/properties/leaves-nothing.test.ts',
  'tests/properties/steps.test.ts',
  'tests/properties/blocks.test.ts',
  'tests/properties/little-memory.test.ts',
  'tests/properties/isa.test.ts',
  'tests/properties/instructions.test.ts',
  'tests/properties/instruction-borders.test.ts',
  'tests/properties/scalar-instructions.test.ts',
  'tests/properties/machine.test.ts',
  'tests/properties/plans.test.ts',
  'tests/properties/contractions.test.ts',
  'tests/properties/tile-sizes.test.ts',
  'tests/properties/core-programs.test.ts',
  'tests/properties/known-inputs.test.ts',
  'tests/properties/folds.test.ts',
  'tests/properties/import.test.ts',
  'tests/properties/layout-and-division.test.ts',
  'tests/properties/text.test.ts',
  'tests/unit/dialects/arith-fold.test.ts',
  'tests/unit/dialects/arith-formats.test.ts',
  'tests/unit/interpreter/kernels.test.ts',
  'tests/unit/onnx/tensor.test.ts',
  'tests/unit/rewrite/cse-dce.test.ts',
  'tests/unit/scalar.test.ts',
  'tests/unit/target-mlu/conversion.test.ts',
  'tests/unit/target-mlu/object-file.test.ts',
  'tests/unit/target-mlu/tensor.test.ts',
  'tests/unit/target-mlu/vector.test.ts',
];
