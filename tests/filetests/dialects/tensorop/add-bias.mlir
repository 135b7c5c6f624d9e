// paleo-opt: tensorop-to-mlu{cores=2},plan-memory,insert-syncs

// # adds one number per channel
builtin.module {
  func.func @main(%arg0: tensor<3x4x4x4xf16>, %arg1: tensor<4xf16>) -> tensor<3x4x4x4xf16> {
    %0 = tensorop.add_bias %arg0, %arg1 : tensor<3x4x4x4xf16>
    func.return %0 : tensor<3x4x4x4xf16>
  }
}
// ==>
module {
  mlu.buffer "input0" {role = "input", shape = array<i64: 3, 4, 4, 4>, type = memref<3x4x4x64xf16, "gdram">}
  mlu.buffer "input1" {role = "input", shape = array<i64: 4>, type = memref<64xf16, "gdram">}
  mlu.buffer "output0" {role = "output", shape = array<i64: 3, 4, 4, 4>, type = memref<3x4x4x64xf16, "gdram">}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.alloc {address = 0 : i64} : memref<1x64xf16, "nram">
    mlu.fill %0 {value = 0.000000e+00 : f32} : memref<1x64xf16, "nram">
    %1 = mlu.get_buffer @input1 : memref<64xf16, "gdram">
    %2 = mlu.reshape %1 : memref<64xf16, "gdram"> -> memref<1x64xf16, "gdram">
    %3 = mlu.subview %2 {offsets = array<i64: 0, 0>, sizes = array<i64: 1, 4>, steps = array<i64: 1, 1>} : memref<1x64xf16, "gdram"> -> memref<1x4xf16, strided<[64, 1]>, "gdram">
    %4 = mlu.subview %0 {offsets = array<i64: 0, 0>, sizes = array<i64: 1, 4>, steps = array<i64: 1, 1>} : memref<1x64xf16, "nram"> -> memref<1x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %3, %4 : memref<1x4xf16, strided<[64, 1]>, "gdram"> -> memref<1x4xf16, strided<[64, 1]>, "nram">
    %5 = mlu.reshape %0 : memref<1x64xf16, "nram"> -> memref<64xf16, "nram">
    %6 = mlu.get_buffer @input0 : memref<3x4x4x64xf16, "gdram">
    %7 = mlu.reshape %6 : memref<3x4x4x64xf16, "gdram"> -> memref<48x64xf16, "gdram">
    %8 = mlu.get_buffer @output0 : memref<3x4x4x64xf16, "gdram">
    %9 = mlu.reshape %8 : memref<3x4x4x64xf16, "gdram"> -> memref<48x64xf16, "gdram">
    %10 = mlu.alloc {address = 128 : i64} : memref<24x64xf16, "nram">
    mlu.fill %10 {value = 0.000000e+00 : f32} : memref<24x64xf16, "nram">
    %11 = mlu.alloc {address = 3200 : i64} : memref<24x64xf16, "nram">
    %12 = mlu.subview %7 {offsets = array<i64: 0, 0>, sizes = array<i64: 24, 4>, steps = array<i64: 1, 1>} : memref<48x64xf16, "gdram"> -> memref<24x4xf16, strided<[64, 1]>, "gdram">
    %13 = mlu.subview %10 {offsets = array<i64: 0, 0>, sizes = array<i64: 24, 4>, steps = array<i64: 1, 1>} : memref<24x64xf16, "nram"> -> memref<24x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %12, %13 : memref<24x4xf16, strided<[64, 1]>, "gdram"> -> memref<24x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.add_cycle %10, %5, %11 : memref<64xf16, "nram"> -> memref<24x64xf16, "nram">
    %14 = mlu.subview %11 {offsets = array<i64: 0, 0>, sizes = array<i64: 24, 4>, steps = array<i64: 1, 1>} : memref<24x64xf16, "nram"> -> memref<24x4xf16, strided<[64, 1]>, "nram">
    %15 = mlu.subview %9 {offsets = array<i64: 0, 0>, sizes = array<i64: 24, 4>, steps = array<i64: 1, 1>} : memref<48x64xf16, "gdram"> -> memref<24x4xf16, strided<[64, 1]>, "gdram">
    mlu.sync
    mlu.copy %14, %15 : memref<24x4xf16, strided<[64, 1]>, "nram"> -> memref<24x4xf16, strided<[64, 1]>, "gdram">
    mlu.barrier
    return
  }
  func.func @core1() attributes {mlu.core = 1 : i64} {
    %0 = mlu.alloc {address = 0 : i64} : memref<1x64xf16, "nram">
    mlu.fill %0 {value = 0.000000e+00 : f32} : memref<1x64xf16, "nram">
    %1 = mlu.get_buffer @input1 : memref<64xf16, "gdram">
    %2 = mlu.reshape %1 : memref<64xf16, "gdram"> -> memref<1x64xf16, "gdram">
    %3 = mlu.subview %2 {offsets = array<i64: 0, 0>, sizes = array<i64: 1, 4>, steps = array<i64: 1, 1>} : memref<1x64xf16, "gdram"> -> memref<1x4xf16, strided<[64, 1]>, "gdram">
    %4 = mlu.subview %0 {offsets = array<i64: 0, 0>, sizes = array<i64: 1, 4>, steps = array<i64: 1, 1>} : memref<1x64xf16, "nram"> -> memref<1x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %3, %4 : memref<1x4xf16, strided<[64, 1]>, "gdram"> -> memref<1x4xf16, strided<[64, 1]>, "nram">
    %5 = mlu.reshape %0 : memref<1x64xf16, "nram"> -> memref<64xf16, "nram">
    %6 = mlu.get_buffer @input0 : memref<3x4x4x64xf16, "gdram">
    %7 = mlu.reshape %6 : memref<3x4x4x64xf16, "gdram"> -> memref<48x64xf16, "gdram">
    %8 = mlu.get_buffer @output0 : memref<3x4x4x64xf16, "gdram">
    %9 = mlu.reshape %8 : memref<3x4x4x64xf16, "gdram"> -> memref<48x64xf16, "gdram">
    %10 = mlu.alloc {address = 128 : i64} : memref<24x64xf16, "nram">
    mlu.fill %10 {value = 0.000000e+00 : f32} : memref<24x64xf16, "nram">
    %11 = mlu.alloc {address = 3200 : i64} : memref<24x64xf16, "nram">
    %12 = mlu.subview %7 {offsets = array<i64: 24, 0>, sizes = array<i64: 24, 4>, steps = array<i64: 1, 1>} : memref<48x64xf16, "gdram"> -> memref<24x4xf16, strided<[64, 1], offset: 1536>, "gdram">
    %13 = mlu.subview %10 {offsets = array<i64: 0, 0>, sizes = array<i64: 24, 4>, steps = array<i64: 1, 1>} : memref<24x64xf16, "nram"> -> memref<24x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %12, %13 : memref<24x4xf16, strided<[64, 1], offset: 1536>, "gdram"> -> memref<24x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.add_cycle %10, %5, %11 : memref<64xf16, "nram"> -> memref<24x64xf16, "nram">
    %14 = mlu.subview %11 {offsets = array<i64: 0, 0>, sizes = array<i64: 24, 4>, steps = array<i64: 1, 1>} : memref<24x64xf16, "nram"> -> memref<24x4xf16, strided<[64, 1]>, "nram">
    %15 = mlu.subview %9 {offsets = array<i64: 24, 0>, sizes = array<i64: 24, 4>, steps = array<i64: 1, 1>} : memref<48x64xf16, "gdram"> -> memref<24x4xf16, strided<[64, 1], offset: 1536>, "gdram">
    mlu.sync
    mlu.copy %14, %15 : memref<24x4xf16, strided<[64, 1]>, "nram"> -> memref<24x4xf16, strided<[64, 1], offset: 1536>, "gdram">
    mlu.barrier
    return
  }
}
