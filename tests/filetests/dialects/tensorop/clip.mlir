// paleo-opt: tensorop-to-mlu{cores=2},plan-memory,insert-syncs

// # limits every element to a range
builtin.module {
  func.func @main(%arg0: tensor<3x4x4xf16>) -> tensor<3x4x4xf16> {
    %0 = tensorop.clip %arg0 {high = 0.000000e+00 : f32, low = 1.000000e+00 : f32} : tensor<3x4x4xf16>
    func.return %0 : tensor<3x4x4xf16>
  }
}
// ==>
module {
  mlu.buffer "input0" {role = "input", shape = array<i64: 3, 4, 4>, type = memref<3x4x64xf16, "gdram">}
  mlu.buffer "output0" {role = "output", shape = array<i64: 3, 4, 4>, type = memref<3x4x64xf16, "gdram">}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.get_buffer @input0 : memref<3x4x64xf16, "gdram">
    %1 = mlu.reshape %0 : memref<3x4x64xf16, "gdram"> -> memref<12x64xf16, "gdram">
    %2 = mlu.get_buffer @output0 : memref<3x4x64xf16, "gdram">
    %3 = mlu.reshape %2 : memref<3x4x64xf16, "gdram"> -> memref<12x64xf16, "gdram">
    %4 = mlu.alloc {address = 0 : i64} : memref<6x64xf16, "nram">
    mlu.fill %4 {value = 0.000000e+00 : f32} : memref<6x64xf16, "nram">
    %5 = mlu.alloc {address = 768 : i64} : memref<6x64xf16, "nram">
    %6 = mlu.alloc {address = 1536 : i64} : memref<6x64xf16, "nram">
    mlu.fill %6 {value = 1.000000e+00 : f32} : memref<6x64xf16, "nram">
    %7 = mlu.alloc {address = 2304 : i64} : memref<6x64xf16, "nram">
    mlu.fill %7 {value = 0.000000e+00 : f32} : memref<6x64xf16, "nram">
    %8 = mlu.subview %1 {offsets = array<i64: 0, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<12x64xf16, "gdram"> -> memref<6x4xf16, strided<[64, 1]>, "gdram">
    %9 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<6x64xf16, "nram"> -> memref<6x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %8, %9 : memref<6x4xf16, strided<[64, 1]>, "gdram"> -> memref<6x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.max %4, %6, %5 : memref<6x64xf16, "nram">
    mlu.min %5, %7, %5 : memref<6x64xf16, "nram">
    %10 = mlu.subview %5 {offsets = array<i64: 0, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<6x64xf16, "nram"> -> memref<6x4xf16, strided<[64, 1]>, "nram">
    %11 = mlu.subview %3 {offsets = array<i64: 0, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<12x64xf16, "gdram"> -> memref<6x4xf16, strided<[64, 1]>, "gdram">
    mlu.sync
    mlu.copy %10, %11 : memref<6x4xf16, strided<[64, 1]>, "nram"> -> memref<6x4xf16, strided<[64, 1]>, "gdram">
    mlu.barrier
    return
  }
  func.func @core1() attributes {mlu.core = 1 : i64} {
    %0 = mlu.get_buffer @input0 : memref<3x4x64xf16, "gdram">
    %1 = mlu.reshape %0 : memref<3x4x64xf16, "gdram"> -> memref<12x64xf16, "gdram">
    %2 = mlu.get_buffer @output0 : memref<3x4x64xf16, "gdram">
    %3 = mlu.reshape %2 : memref<3x4x64xf16, "gdram"> -> memref<12x64xf16, "gdram">
    %4 = mlu.alloc {address = 0 : i64} : memref<6x64xf16, "nram">
    mlu.fill %4 {value = 0.000000e+00 : f32} : memref<6x64xf16, "nram">
    %5 = mlu.alloc {address = 768 : i64} : memref<6x64xf16, "nram">
    %6 = mlu.alloc {address = 1536 : i64} : memref<6x64xf16, "nram">
    mlu.fill %6 {value = 1.000000e+00 : f32} : memref<6x64xf16, "nram">
    %7 = mlu.alloc {address = 2304 : i64} : memref<6x64xf16, "nram">
    mlu.fill %7 {value = 0.000000e+00 : f32} : memref<6x64xf16, "nram">
    %8 = mlu.subview %1 {offsets = array<i64: 6, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<12x64xf16, "gdram"> -> memref<6x4xf16, strided<[64, 1], offset: 384>, "gdram">
    %9 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<6x64xf16, "nram"> -> memref<6x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %8, %9 : memref<6x4xf16, strided<[64, 1], offset: 384>, "gdram"> -> memref<6x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.max %4, %6, %5 : memref<6x64xf16, "nram">
    mlu.min %5, %7, %5 : memref<6x64xf16, "nram">
    %10 = mlu.subview %5 {offsets = array<i64: 0, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<6x64xf16, "nram"> -> memref<6x4xf16, strided<[64, 1]>, "nram">
    %11 = mlu.subview %3 {offsets = array<i64: 6, 0>, sizes = array<i64: 6, 4>, steps = array<i64: 1, 1>} : memref<12x64xf16, "gdram"> -> memref<6x4xf16, strided<[64, 1], offset: 384>, "gdram">
    mlu.sync
    mlu.copy %10, %11 : memref<6x4xf16, strided<[64, 1]>, "nram"> -> memref<6x4xf16, strided<[64, 1], offset: 384>, "gdram">
    mlu.barrier
    return
  }
}
