// paleo-opt: tensorop-to-mlu{cores=2},plan-memory,insert-syncs

// # repeats dimensions of extent 1
builtin.module {
  func.func @main(%arg0: tensor<3x4x4xf16>) -> tensor<3x4x4xf16> {
    %0 = tensorop.broadcast %arg0 {shape = array<i64: 3, 4, 4>} : tensor<3x4x4xf16> -> tensor<3x4x4xf16>
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
    %5 = mlu.get_buffer @output0 : memref<3x4x64xf16, "gdram">
    %6 = mlu.reshape %5 : memref<3x4x64xf16, "gdram"> -> memref<12x64xf16, "gdram">
    %7 = mlu.subview %6 {offsets = array<i64: 0, 0>, sizes = array<i64: 12, 4>, steps = array<i64: 1, 1>} : memref<12x64xf16, "gdram"> -> memref<12x4xf16, strided<[64, 1]>, "gdram">
    %8 = mlu.windows %0 {offset = 0 : i64, sizes = array<i64: 12, 4>, strides = array<i64: 4, 1>} : memref<64xf16, "nram"> -> memref<12x4xf16, "nram">
    mlu.copy %8, %7 : memref<12x4xf16, "nram"> -> memref<12x4xf16, strided<[64, 1]>, "gdram">
    mlu.barrier
    return
  }
  func.func @core1() attributes {mlu.core = 1 : i64} {
    mlu.barrier
    return
  }
}
