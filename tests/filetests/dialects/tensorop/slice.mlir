// paleo-opt: tensorop-to-mlu{cores=2},plan-memory,insert-syncs

// # a rectangular part of a tensor
builtin.module {
  func.func @main(%arg0: tensor<3x4x4xf16>) -> tensor<2x1x1xf16> {
    %0 = tensorop.slice %arg0 {offsets = array<i64: 1, 1, 3>, sizes = array<i64: 2, 1, 1>} : tensor<3x4x4xf16> -> tensor<2x1x1xf16>
    func.return %0 : tensor<2x1x1xf16>
  }
}
// ==>
module {
  mlu.buffer "input0" {role = "input", shape = array<i64: 3, 4, 4>, type = memref<3x4x64xf16, "gdram">}
  mlu.buffer "output0" {role = "output", shape = array<i64: 2, 1, 1>, type = memref<2x1x64xf16, "gdram">}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.alloc {address = 0 : i64} : memref<64xf16, "nram">
    %1 = mlu.get_buffer @input0 : memref<3x4x64xf16, "gdram">
    %2 = mlu.reshape %1 : memref<3x4x64xf16, "gdram"> -> memref<12x64xf16, "gdram">
    %3 = mlu.subview %2 {offsets = array<i64: 0, 0>, sizes = array<i64: 12, 4>, steps = array<i64: 1, 1>} : memref<12x64xf16, "gdram"> -> memref<12x4xf16, strided<[64, 1]>, "gdram">
    %4 = mlu.windows %0 {offset = 0 : i64, sizes = array<i64: 12, 4>, strides = array<i64: 4, 1>} : memref<64xf16, "nram"> -> memref<12x4xf16, "nram">
    mlu.copy %3, %4 : memref<12x4xf16, strided<[64, 1]>, "gdram"> -> memref<12x4xf16, "nram">
    %5 = mlu.alloc {address = 128 : i64} : memref<64xf16, "nram">
    %6 = mlu.windows %0 {offset = 16 : i64, sizes = array<i64: 1, 32>, strides = array<i64: 48, 1>} : memref<64xf16, "nram"> -> memref<1x32xf16, strided<[48, 1], offset: 16>, "nram">
    %7 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 1, 32>, strides = array<i64: 32, 1>} : memref<64xf16, "nram"> -> memref<1x32xf16, "nram">
    mlu.sync
    mlu.copy %6, %7 : memref<1x32xf16, strided<[48, 1], offset: 16>, "nram"> -> memref<1x32xf16, "nram">
    %8 = mlu.alloc {address = 0 : i64} : memref<64xf16, "nram">
    %9 = mlu.windows %5 {offset = 4 : i64, sizes = array<i64: 2, 4>, strides = array<i64: 16, 1>} : memref<64xf16, "nram"> -> memref<2x4xf16, strided<[16, 1], offset: 4>, "nram">
    %10 = mlu.windows %8 {offset = 0 : i64, sizes = array<i64: 2, 4>, strides = array<i64: 4, 1>} : memref<64xf16, "nram"> -> memref<2x4xf16, "nram">
    mlu.copy %9, %10 : memref<2x4xf16, strided<[16, 1], offset: 4>, "nram"> -> memref<2x4xf16, "nram">
    %11 = mlu.alloc {address = 128 : i64} : memref<64xf16, "nram">
    %12 = mlu.windows %8 {offset = 3 : i64, sizes = array<i64: 2, 1>, strides = array<i64: 4, 1>} : memref<64xf16, "nram"> -> memref<2x1xf16, strided<[4, 1], offset: 3>, "nram">
    %13 = mlu.windows %11 {offset = 0 : i64, sizes = array<i64: 2, 1>, strides = array<i64: 1, 1>} : memref<64xf16, "nram"> -> memref<2x1xf16, "nram">
    mlu.copy %12, %13 : memref<2x1xf16, strided<[4, 1], offset: 3>, "nram"> -> memref<2x1xf16, "nram">
    %14 = mlu.get_buffer @output0 : memref<2x1x64xf16, "gdram">
    %15 = mlu.reshape %14 : memref<2x1x64xf16, "gdram"> -> memref<2x64xf16, "gdram">
    %16 = mlu.subview %15 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 1>, steps = array<i64: 1, 1>} : memref<2x64xf16, "gdram"> -> memref<2x1xf16, strided<[64, 1]>, "gdram">
    %17 = mlu.windows %11 {offset = 0 : i64, sizes = array<i64: 2, 1>, strides = array<i64: 1, 1>} : memref<64xf16, "nram"> -> memref<2x1xf16, "nram">
    mlu.sync
    mlu.copy %17, %16 : memref<2x1xf16, "nram"> -> memref<2x1xf16, strided<[64, 1]>, "gdram">
    mlu.barrier
    return
  }
  func.func @core1() attributes {mlu.core = 1 : i64} {
    mlu.barrier
    return
  }
}
