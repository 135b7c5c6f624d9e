// paleo-opt: tensorop-to-mlu{cores=2},plan-memory,insert-syncs

// # tensors one behind the other along an axis
builtin.module {
  func.func @main(%arg0: tensor<4x2x4x3xf32>, %arg1: tensor<4x2x4x3xf32>, %arg2: tensor<4x2x4x2xf32>) -> tensor<4x2x4x8xf32> {
    %0 = tensorop.concat %arg0, %arg1, %arg2 {axis = 3 : i64} : tensor<4x2x4x3xf32>, tensor<4x2x4x3xf32>, tensor<4x2x4x2xf32> -> tensor<4x2x4x8xf32>
    func.return %0 : tensor<4x2x4x8xf32>
  }
}
// ==>
module {
  mlu.buffer "input0" {role = "input", shape = array<i64: 4, 2, 4, 3>, type = memref<4x2x4x64xf32, "gdram">}
  mlu.buffer "input1" {role = "input", shape = array<i64: 4, 2, 4, 3>, type = memref<4x2x4x64xf32, "gdram">}
  mlu.buffer "input2" {role = "input", shape = array<i64: 4, 2, 4, 2>, type = memref<4x2x4x64xf32, "gdram">}
  mlu.buffer "output0" {role = "output", shape = array<i64: 4, 2, 4, 8>, type = memref<4x2x4x64xf32, "gdram">}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.alloc {address = 0 : i64} : memref<128xf32, "nram">
    %1 = mlu.get_buffer @input0 : memref<4x2x4x64xf32, "gdram">
    %2 = mlu.reshape %1 : memref<4x2x4x64xf32, "gdram"> -> memref<32x64xf32, "gdram">
    %3 = mlu.subview %2 {offsets = array<i64: 0, 0>, sizes = array<i64: 32, 3>, steps = array<i64: 1, 1>} : memref<32x64xf32, "gdram"> -> memref<32x3xf32, strided<[64, 1]>, "gdram">
    %4 = mlu.windows %0 {offset = 0 : i64, sizes = array<i64: 32, 3>, strides = array<i64: 3, 1>} : memref<128xf32, "nram"> -> memref<32x3xf32, "nram">
    mlu.copy %3, %4 : memref<32x3xf32, strided<[64, 1]>, "gdram"> -> memref<32x3xf32, "nram">
    %5 = mlu.alloc {address = 512 : i64} : memref<128xf32, "nram">
    %6 = mlu.get_buffer @input1 : memref<4x2x4x64xf32, "gdram">
    %7 = mlu.reshape %6 : memref<4x2x4x64xf32, "gdram"> -> memref<32x64xf32, "gdram">
    %8 = mlu.subview %7 {offsets = array<i64: 0, 0>, sizes = array<i64: 32, 3>, steps = array<i64: 1, 1>} : memref<32x64xf32, "gdram"> -> memref<32x3xf32, strided<[64, 1]>, "gdram">
    %9 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 32, 3>, strides = array<i64: 3, 1>} : memref<128xf32, "nram"> -> memref<32x3xf32, "nram">
    mlu.copy %8, %9 : memref<32x3xf32, strided<[64, 1]>, "gdram"> -> memref<32x3xf32, "nram">
    %10 = mlu.alloc {address = 1024 : i64} : memref<64xf32, "nram">
    %11 = mlu.get_buffer @input2 : memref<4x2x4x64xf32, "gdram">
    %12 = mlu.reshape %11 : memref<4x2x4x64xf32, "gdram"> -> memref<32x64xf32, "gdram">
    %13 = mlu.subview %12 {offsets = array<i64: 0, 0>, sizes = array<i64: 32, 2>, steps = array<i64: 1, 1>} : memref<32x64xf32, "gdram"> -> memref<32x2xf32, strided<[64, 1]>, "gdram">
    %14 = mlu.windows %10 {offset = 0 : i64, sizes = array<i64: 32, 2>, strides = array<i64: 2, 1>} : memref<64xf32, "nram"> -> memref<32x2xf32, "nram">
    mlu.copy %13, %14 : memref<32x2xf32, strided<[64, 1]>, "gdram"> -> memref<32x2xf32, "nram">
    %15 = mlu.alloc {address = 1280 : i64} : memref<256xf32, "nram">
    %16 = mlu.windows %0 {offset = 0 : i64, sizes = array<i64: 32, 3>, strides = array<i64: 3, 1>} : memref<128xf32, "nram"> -> memref<32x3xf32, "nram">
    %17 = mlu.windows %15 {offset = 0 : i64, sizes = array<i64: 32, 3>, strides = array<i64: 8, 1>} : memref<256xf32, "nram"> -> memref<32x3xf32, strided<[8, 1]>, "nram">
    mlu.sync
    mlu.copy %16, %17 : memref<32x3xf32, "nram"> -> memref<32x3xf32, strided<[8, 1]>, "nram">
    %18 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 32, 3>, strides = array<i64: 3, 1>} : memref<128xf32, "nram"> -> memref<32x3xf32, "nram">
    %19 = mlu.windows %15 {offset = 3 : i64, sizes = array<i64: 32, 3>, strides = array<i64: 8, 1>} : memref<256xf32, "nram"> -> memref<32x3xf32, strided<[8, 1], offset: 3>, "nram">
    mlu.copy %18, %19 : memref<32x3xf32, "nram"> -> memref<32x3xf32, strided<[8, 1], offset: 3>, "nram">
    %20 = mlu.windows %10 {offset = 0 : i64, sizes = array<i64: 32, 2>, strides = array<i64: 2, 1>} : memref<64xf32, "nram"> -> memref<32x2xf32, "nram">
    %21 = mlu.windows %15 {offset = 6 : i64, sizes = array<i64: 32, 2>, strides = array<i64: 8, 1>} : memref<256xf32, "nram"> -> memref<32x2xf32, strided<[8, 1], offset: 6>, "nram">
    mlu.copy %20, %21 : memref<32x2xf32, "nram"> -> memref<32x2xf32, strided<[8, 1], offset: 6>, "nram">
    %22 = mlu.get_buffer @output0 : memref<4x2x4x64xf32, "gdram">
    %23 = mlu.reshape %22 : memref<4x2x4x64xf32, "gdram"> -> memref<32x64xf32, "gdram">
    %24 = mlu.subview %23 {offsets = array<i64: 0, 0>, sizes = array<i64: 32, 8>, steps = array<i64: 1, 1>} : memref<32x64xf32, "gdram"> -> memref<32x8xf32, strided<[64, 1]>, "gdram">
    %25 = mlu.windows %15 {offset = 0 : i64, sizes = array<i64: 32, 8>, strides = array<i64: 8, 1>} : memref<256xf32, "nram"> -> memref<32x8xf32, "nram">
    mlu.sync
    mlu.copy %25, %24 : memref<32x8xf32, "nram"> -> memref<32x8xf32, strided<[64, 1]>, "gdram">
    mlu.barrier
    return
  }
  func.func @core1() attributes {mlu.core = 1 : i64} {
    mlu.barrier
    return
  }
}
