// paleo-opt: tensorop-to-mlu{cores=2},plan-memory,insert-syncs

// # zeros around a tensor
builtin.module {
  func.func @main(%arg0: tensor<3x4x4xf16>) -> tensor<6x4x6xf16> {
    %0 = tensorop.pad %arg0 {high = array<i64: 2, 0, 1>, low = array<i64: 1, 0, 1>} : tensor<3x4x4xf16> -> tensor<6x4x6xf16>
    func.return %0 : tensor<6x4x6xf16>
  }
}
// ==>
module {
  mlu.buffer "input0" {role = "input", shape = array<i64: 3, 4, 4>, type = memref<3x4x64xf16, "gdram">}
  mlu.buffer "output0" {role = "output", shape = array<i64: 6, 4, 6>, type = memref<6x4x64xf16, "gdram">}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.alloc {address = 0 : i64} : memref<64xf16, "nram">
    %1 = mlu.get_buffer @input0 : memref<3x4x64xf16, "gdram">
    %2 = mlu.reshape %1 : memref<3x4x64xf16, "gdram"> -> memref<12x64xf16, "gdram">
    %3 = mlu.subview %2 {offsets = array<i64: 0, 0>, sizes = array<i64: 12, 4>, steps = array<i64: 1, 1>} : memref<12x64xf16, "gdram"> -> memref<12x4xf16, strided<[64, 1]>, "gdram">
    %4 = mlu.windows %0 {offset = 0 : i64, sizes = array<i64: 12, 4>, strides = array<i64: 4, 1>} : memref<64xf16, "nram"> -> memref<12x4xf16, "nram">
    mlu.copy %3, %4 : memref<12x4xf16, strided<[64, 1]>, "gdram"> -> memref<12x4xf16, "nram">
    %5 = mlu.alloc {address = 128 : i64} : memref<128xf16, "nram">
    mlu.fill %5 {value = 0.000000e+00 : f32} : memref<128xf16, "nram">
    %6 = mlu.windows %0 {offset = 0 : i64, sizes = array<i64: 1, 48>, strides = array<i64: 48, 1>} : memref<64xf16, "nram"> -> memref<1x48xf16, "nram">
    %7 = mlu.windows %5 {offset = 16 : i64, sizes = array<i64: 1, 48>, strides = array<i64: 96, 1>} : memref<128xf16, "nram"> -> memref<1x48xf16, strided<[96, 1], offset: 16>, "nram">
    mlu.sync
    mlu.copy %6, %7 : memref<1x48xf16, "nram"> -> memref<1x48xf16, strided<[96, 1], offset: 16>, "nram">
    %8 = mlu.alloc {address = 384 : i64} : memref<192xf16, "nram">
    mlu.fill %8 {value = 0.000000e+00 : f32} : memref<192xf16, "nram">
    %9 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 24, 4>, strides = array<i64: 4, 1>} : memref<128xf16, "nram"> -> memref<24x4xf16, "nram">
    %10 = mlu.windows %8 {offset = 1 : i64, sizes = array<i64: 24, 4>, strides = array<i64: 6, 1>} : memref<192xf16, "nram"> -> memref<24x4xf16, strided<[6, 1], offset: 1>, "nram">
    mlu.sync
    mlu.copy %9, %10 : memref<24x4xf16, "nram"> -> memref<24x4xf16, strided<[6, 1], offset: 1>, "nram">
    %11 = mlu.get_buffer @output0 : memref<6x4x64xf16, "gdram">
    %12 = mlu.reshape %11 : memref<6x4x64xf16, "gdram"> -> memref<24x64xf16, "gdram">
    %13 = mlu.subview %12 {offsets = array<i64: 0, 0>, sizes = array<i64: 24, 6>, steps = array<i64: 1, 1>} : memref<24x64xf16, "gdram"> -> memref<24x6xf16, strided<[64, 1]>, "gdram">
    %14 = mlu.windows %8 {offset = 0 : i64, sizes = array<i64: 24, 6>, strides = array<i64: 6, 1>} : memref<192xf16, "nram"> -> memref<24x6xf16, "nram">
    mlu.sync
    mlu.copy %14, %13 : memref<24x6xf16, "nram"> -> memref<24x6xf16, strided<[64, 1]>, "gdram">
    mlu.barrier
    return
  }
  func.func @core1() attributes {mlu.core = 1 : i64} {
    mlu.barrier
    return
  }
}
