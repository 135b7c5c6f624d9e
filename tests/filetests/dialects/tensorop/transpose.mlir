// paleo-opt: tensorop-to-mlu{cores=2},plan-memory,insert-syncs

// # axes in another order
builtin.module {
  func.func @main(%arg0: tensor<3x4x4xf16>) -> tensor<3x4x4xf16> {
    %0 = tensorop.transpose %arg0 {permutation = array<i64: 0, 2, 1>} : tensor<3x4x4xf16> -> tensor<3x4x4xf16>
    func.return %0 : tensor<3x4x4xf16>
  }
}
// ==>
module {
  mlu.buffer "input0" {role = "input", shape = array<i64: 3, 4, 4>, type = memref<3x4x64xf16, "gdram">}
  mlu.buffer "output0" {role = "output", shape = array<i64: 3, 4, 4>, type = memref<3x4x64xf16, "gdram">}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.alloc {address = 0 : i64} : memref<64xf16, "nram">
    %1 = mlu.get_buffer @input0 : memref<3x4x64xf16, "gdram">
    %2 = mlu.reshape %1 : memref<3x4x64xf16, "gdram"> -> memref<12x64xf16, "gdram">
    %3 = mlu.subview %2 {offsets = array<i64: 0, 0>, sizes = array<i64: 12, 4>, steps = array<i64: 1, 1>} : memref<12x64xf16, "gdram"> -> memref<12x4xf16, strided<[64, 1]>, "gdram">
    %4 = mlu.windows %0 {offset = 0 : i64, sizes = array<i64: 12, 4>, strides = array<i64: 4, 1>} : memref<64xf16, "nram"> -> memref<12x4xf16, "nram">
    mlu.copy %3, %4 : memref<12x4xf16, strided<[64, 1]>, "gdram"> -> memref<12x4xf16, "nram">
    %5 = mlu.alloc {address = 128 : i64} : memref<64xf16, "nram">
    %6 = arith.constant 0 : index
    %7 = arith.constant 3 : index
    %8 = arith.constant 1 : index
    scf.for %arg0 = %6 to %7 step %8 {
      %13 = arith.constant 0 : index
      %14 = arith.constant 4 : index
      %15 = arith.constant 1 : index
      scf.for %arg1 = %13 to %14 step %15 {
        %16 = arith.constant 16 : index
        %17 = arith.muli %arg0, %16 : index
        %18 = arith.addi %17, %arg1 : index
        %19 = mlu.windows %0[%18] {offset = 0 : i64, sizes = array<i64: 4, 1>, strides = array<i64: 4, 1>} : memref<64xf16, "nram"> -> memref<4x1xf16, strided<[4, 1], offset: ?>, "nram">
        %20 = arith.constant 4 : index
        %21 = arith.muli %arg1, %20 : index
        %22 = arith.addi %17, %21 : index
        %23 = mlu.windows %5[%22] {offset = 0 : i64, sizes = array<i64: 4, 1>, strides = array<i64: 1, 1>} : memref<64xf16, "nram"> -> memref<4x1xf16, strided<[1, 1], offset: ?>, "nram">
        mlu.sync
        mlu.copy %19, %23 : memref<4x1xf16, strided<[4, 1], offset: ?>, "nram"> -> memref<4x1xf16, strided<[1, 1], offset: ?>, "nram">
      }
    }
    %9 = mlu.get_buffer @output0 : memref<3x4x64xf16, "gdram">
    %10 = mlu.reshape %9 : memref<3x4x64xf16, "gdram"> -> memref<12x64xf16, "gdram">
    %11 = mlu.subview %10 {offsets = array<i64: 0, 0>, sizes = array<i64: 12, 4>, steps = array<i64: 1, 1>} : memref<12x64xf16, "gdram"> -> memref<12x4xf16, strided<[64, 1]>, "gdram">
    %12 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 12, 4>, strides = array<i64: 4, 1>} : memref<64xf16, "nram"> -> memref<12x4xf16, "nram">
    mlu.sync
    mlu.copy %12, %11 : memref<12x4xf16, "nram"> -> memref<12x4xf16, strided<[64, 1]>, "gdram">
    mlu.barrier
    return
  }
  func.func @core1() attributes {mlu.core = 1 : i64} {
    mlu.barrier
    return
  }
}
