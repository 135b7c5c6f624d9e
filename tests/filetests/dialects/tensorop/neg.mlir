// paleo-opt: tensorop-to-mlu{cores=2},plan-memory,insert-syncs

// # negation, element by element
builtin.module {
  func.func @main(%arg0: tensor<3x4x4xf16>) -> tensor<3x4x4xf16> {
    %0 = tensorop.neg %arg0 : tensor<3x4x4xf16>
    func.return %0 : tensor<3x4x4xf16>
  }
}
// ==>
module {
  mlu.buffer "input0" {role = "input", shape = array<i64: 3, 4, 4>, type = memref<3x4x64xf16, "gdram">}
  mlu.buffer "output0" {role = "output", shape = array<i64: 3, 4, 4>, type = memref<3x4x64xf16, "gdram">}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.alloc {address = 0 : i64} : memref<64xf16, "nram">
    mlu.fill %0 {value = -1.000000e+00 : f32} : memref<64xf16, "nram">
    %1 = mlu.get_buffer @input0 : memref<3x4x64xf16, "gdram">
    %2 = mlu.reshape %1 : memref<3x4x64xf16, "gdram"> -> memref<12x64xf16, "gdram">
    %3 = mlu.get_buffer @output0 : memref<3x4x64xf16, "gdram">
    %4 = mlu.reshape %3 : memref<3x4x64xf16, "gdram"> -> memref<12x64xf16, "gdram">
    %5 = mlu.alloc {address = 128 : i64} : memref<6x64xf16, "nram">
    mlu.fill %5 {value = 0.000000e+00 : f32} : memref<6x64xf16, "nram">
    %6 = mlu.alloc {address = 896 : i64} : memref<6x64xf16, "nram">
    %7 = mlu.subview %2 {offsets = array<i64: 0, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<12x64xf16, "gdram"> -> memref<6x4xf16, strided<[64, 1]>, "gdram">
    %8 = mlu.subview %5 {offsets = array<i64: 0, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<6x64xf16, "nram"> -> memref<6x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %7, %8 : memref<6x4xf16, strided<[64, 1]>, "gdram"> -> memref<6x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.mul_cycle %5, %0, %6 : memref<64xf16, "nram"> -> memref<6x64xf16, "nram">
    %9 = mlu.subview %6 {offsets = array<i64: 0, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<6x64xf16, "nram"> -> memref<6x4xf16, strided<[64, 1]>, "nram">
    %10 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<12x64xf16, "gdram"> -> memref<6x4xf16, strided<[64, 1]>, "gdram">
    mlu.sync
    mlu.copy %9, %10 : memref<6x4xf16, strided<[64, 1]>, "nram"> -> memref<6x4xf16, strided<[64, 1]>, "gdram">
    mlu.barrier
    return
  }
  func.func @core1() attributes {mlu.core = 1 : i64} {
    %0 = mlu.alloc {address = 0 : i64} : memref<64xf16, "nram">
    mlu.fill %0 {value = -1.000000e+00 : f32} : memref<64xf16, "nram">
    %1 = mlu.get_buffer @input0 : memref<3x4x64xf16, "gdram">
    %2 = mlu.reshape %1 : memref<3x4x64xf16, "gdram"> -> memref<12x64xf16, "gdram">
    %3 = mlu.get_buffer @output0 : memref<3x4x64xf16, "gdram">
    %4 = mlu.reshape %3 : memref<3x4x64xf16, "gdram"> -> memref<12x64xf16, "gdram">
    %5 = mlu.alloc {address = 128 : i64} : memref<6x64xf16, "nram">
    mlu.fill %5 {value = 0.000000e+00 : f32} : memref<6x64xf16, "nram">
    %6 = mlu.alloc {address = 896 : i64} : memref<6x64xf16, "nram">
    %7 = mlu.subview %2 {offsets = array<i64: 6, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<12x64xf16, "gdram"> -> memref<6x4xf16, strided<[64, 1], offset: 384>, "gdram">
    %8 = mlu.subview %5 {offsets = array<i64: 0, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<6x64xf16, "nram"> -> memref<6x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %7, %8 : memref<6x4xf16, strided<[64, 1], offset: 384>, "gdram"> -> memref<6x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.mul_cycle %5, %0, %6 : memref<64xf16, "nram"> -> memref<6x64xf16, "nram">
    %9 = mlu.subview %6 {offsets = array<i64: 0, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<6x64xf16, "nram"> -> memref<6x4xf16, strided<[64, 1]>, "nram">
    %10 = mlu.subview %4 {offsets = array<i64: 6, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<12x64xf16, "gdram"> -> memref<6x4xf16, strided<[64, 1], offset: 384>, "gdram">
    mlu.sync
    mlu.copy %9, %10 : memref<6x4xf16, strided<[64, 1]>, "nram"> -> memref<6x4xf16, strided<[64, 1], offset: 384>, "gdram">
    mlu.barrier
    return
  }
}
