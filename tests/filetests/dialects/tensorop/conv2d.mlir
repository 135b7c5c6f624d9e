// paleo-opt: tensorop-to-mlu{cores=2},plan-memory,insert-syncs

// # 2-D convolution, NHWC image, KRSC filter; no padding of its own
builtin.module {
  func.func @main(%arg0: tensor<3x4x4x4xf16>, %arg1: tensor<3x2x3x4xf16>) -> tensor<3x1x1x3xf16> {
    %0 = tensorop.conv2d %arg0, %arg1 {dilations = array<i64: 3, 1>, strides = array<i64: 3, 2>} : tensor<3x4x4x4xf16>, tensor<3x2x3x4xf16> -> tensor<3x1x1x3xf16>
    func.return %0 : tensor<3x1x1x3xf16>
  }
}
// ==>
module {
  mlu.buffer "input0" {role = "input", shape = array<i64: 3, 4, 4, 4>, type = memref<3x4x4x64xf16, "gdram">}
  mlu.buffer "input1" {role = "input", shape = array<i64: 3, 2, 3, 4>, type = memref<3x2x3x64xf16, "gdram">}
  mlu.buffer "output0" {role = "output", shape = array<i64: 3, 1, 1, 3>, type = memref<3x1x1x64xf16, "gdram">}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.get_buffer @input0 : memref<3x4x4x64xf16, "gdram">
    %1 = mlu.reshape %0 : memref<3x4x4x64xf16, "gdram"> -> memref<12x4x64xf16, "gdram">
    %2 = mlu.get_buffer @output0 : memref<3x1x1x64xf16, "gdram">
    %3 = mlu.reshape %2 : memref<3x1x1x64xf16, "gdram"> -> memref<3x64xf16, "gdram">
    %4 = mlu.alloc {address = 0 : i64} : memref<4x4x4xf16, "nram">
    %5 = mlu.alloc {address = 128 : i64} : memref<1x1x64xf16, "nram">
    mlu.fill %5 {value = 0.000000e+00 : f32} : memref<1x1x64xf16, "nram">
    %6 = mlu.alloc {address = 256 : i64} : memref<1x64xf16, "nram">
    %7 = mlu.alloc {address = 0 : i64} : memref<64x64xf16, "wram">
    %8 = mlu.alloc {address = 384 : i64} : memref<64x64xf16, "nram">
    mlu.fill %8 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %9 = mlu.get_buffer @input1 : memref<3x2x3x64xf16, "gdram">
    %10 = mlu.reshape %9 : memref<3x2x3x64xf16, "gdram"> -> memref<18x64xf16, "gdram">
    %11 = mlu.subview %10 {offsets = array<i64: 0, 0>, sizes = array<i64: 3, 4>, steps = array<i64: 6, 1>} : memref<18x64xf16, "gdram"> -> memref<3x4xf16, strided<[384, 1]>, "gdram">
    %12 = mlu.subview %8 {offsets = array<i64: 0, 0>, sizes = array<i64: 3, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<3x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %11, %12 : memref<3x4xf16, strided<[384, 1]>, "gdram"> -> memref<3x4xf16, strided<[64, 1]>, "nram">
    %13 = mlu.subview %10 {offsets = array<i64: 1, 0>, sizes = array<i64: 3, 4>, steps = array<i64: 6, 1>} : memref<18x64xf16, "gdram"> -> memref<3x4xf16, strided<[384, 1], offset: 64>, "gdram">
    %14 = mlu.subview %8 {offsets = array<i64: 0, 4>, sizes = array<i64: 3, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<3x4xf16, strided<[64, 1], offset: 4>, "nram">
    mlu.copy %13, %14 : memref<3x4xf16, strided<[384, 1], offset: 64>, "gdram"> -> memref<3x4xf16, strided<[64, 1], offset: 4>, "nram">
    %15 = mlu.subview %10 {offsets = array<i64: 2, 0>, sizes = array<i64: 3, 4>, steps = array<i64: 6, 1>} : memref<18x64xf16, "gdram"> -> memref<3x4xf16, strided<[384, 1], offset: 128>, "gdram">
    %16 = mlu.subview %8 {offsets = array<i64: 0, 8>, sizes = array<i64: 3, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<3x4xf16, strided<[64, 1], offset: 8>, "nram">
    mlu.copy %15, %16 : memref<3x4xf16, strided<[384, 1], offset: 128>, "gdram"> -> memref<3x4xf16, strided<[64, 1], offset: 8>, "nram">
    %17 = mlu.subview %10 {offsets = array<i64: 3, 0>, sizes = array<i64: 3, 4>, steps = array<i64: 6, 1>} : memref<18x64xf16, "gdram"> -> memref<3x4xf16, strided<[384, 1], offset: 192>, "gdram">
    %18 = mlu.subview %8 {offsets = array<i64: 0, 12>, sizes = array<i64: 3, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<3x4xf16, strided<[64, 1], offset: 12>, "nram">
    mlu.copy %17, %18 : memref<3x4xf16, strided<[384, 1], offset: 192>, "gdram"> -> memref<3x4xf16, strided<[64, 1], offset: 12>, "nram">
    %19 = mlu.subview %10 {offsets = array<i64: 4, 0>, sizes = array<i64: 3, 4>, steps = array<i64: 6, 1>} : memref<18x64xf16, "gdram"> -> memref<3x4xf16, strided<[384, 1], offset: 256>, "gdram">
    %20 = mlu.subview %8 {offsets = array<i64: 0, 16>, sizes = array<i64: 3, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<3x4xf16, strided<[64, 1], offset: 16>, "nram">
    mlu.copy %19, %20 : memref<3x4xf16, strided<[384, 1], offset: 256>, "gdram"> -> memref<3x4xf16, strided<[64, 1], offset: 16>, "nram">
    %21 = mlu.subview %10 {offsets = array<i64: 5, 0>, sizes = array<i64: 3, 4>, steps = array<i64: 6, 1>} : memref<18x64xf16, "gdram"> -> memref<3x4xf16, strided<[384, 1], offset: 320>, "gdram">
    %22 = mlu.subview %8 {offsets = array<i64: 0, 20>, sizes = array<i64: 3, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<3x4xf16, strided<[64, 1], offset: 20>, "nram">
    mlu.copy %21, %22 : memref<3x4xf16, strided<[384, 1], offset: 320>, "gdram"> -> memref<3x4xf16, strided<[64, 1], offset: 20>, "nram">
    mlu.sync
    mlu.copy %8, %7 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %23 = arith.constant 0 : index
    %24 = arith.constant 3 : index
    %25 = arith.constant 1 : index
    scf.for %arg0 = %23 to %24 step %25 {
      %26 = arith.constant 4 : index
      %27 = arith.muli %arg0, %26 : index
      %28 = mlu.subview %1[%27] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 4, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<4x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      mlu.copy %28, %4 : memref<4x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<4x4x4xf16, "nram">
      %29 = mlu.windows %6 {offset = 0 : i64, sizes = array<i64: 1, 64>, strides = array<i64: 64, 1>} : memref<1x64xf16, "nram"> -> memref<1x64xf16, "nram">
      %30 = mlu.windows %4 {offset = 0 : i64, sizes = array<i64: 1, 1, 12>, strides = array<i64: 16, 8, 1>} : memref<4x4x4xf16, "nram"> -> memref<1x1x12xf16, strided<[16, 8, 1]>, "nram">
      %31 = mlu.subview %5 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 1, 12>, steps = array<i64: 1, 1, 1>} : memref<1x1x64xf16, "nram"> -> memref<1x1x12xf16, strided<[64, 64, 1]>, "nram">
      mlu.sync
      mlu.copy %30, %31 : memref<1x1x12xf16, strided<[16, 8, 1]>, "nram"> -> memref<1x1x12xf16, strided<[64, 64, 1]>, "nram">
      %32 = mlu.windows %4 {offset = 48 : i64, sizes = array<i64: 1, 1, 12>, strides = array<i64: 16, 8, 1>} : memref<4x4x4xf16, "nram"> -> memref<1x1x12xf16, strided<[16, 8, 1], offset: 48>, "nram">
      %33 = mlu.subview %5 {offsets = array<i64: 0, 0, 12>, sizes = array<i64: 1, 1, 12>, steps = array<i64: 1, 1, 1>} : memref<1x1x64xf16, "nram"> -> memref<1x1x12xf16, strided<[64, 64, 1], offset: 12>, "nram">
      mlu.copy %32, %33 : memref<1x1x12xf16, strided<[16, 8, 1], offset: 48>, "nram"> -> memref<1x1x12xf16, strided<[64, 64, 1], offset: 12>, "nram">
      %34 = mlu.reshape %5 : memref<1x1x64xf16, "nram"> -> memref<1x64xf16, "nram">
      mlu.sync
      mlu.mlp %34, %7, %29 : memref<1x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<1x64xf16, "nram">
      %35 = mlu.subview %29 {offsets = array<i64: 0, 0>, sizes = array<i64: 1, 3>, steps = array<i64: 1, 1>} : memref<1x64xf16, "nram"> -> memref<1x3xf16, strided<[64, 1]>, "nram">
      %36 = mlu.subview %3[%arg0] {offsets = array<i64: -1, 0>, sizes = array<i64: 1, 3>, steps = array<i64: 1, 1>} : memref<3x64xf16, "gdram"> -> memref<1x3xf16, strided<[64, 1], offset: ?>, "gdram">
      mlu.sync
      mlu.copy %35, %36 : memref<1x3xf16, strided<[64, 1]>, "nram"> -> memref<1x3xf16, strided<[64, 1], offset: ?>, "gdram">
    }
    mlu.barrier
    return
  }
  func.func @core1() attributes {mlu.core = 1 : i64} {
    mlu.barrier
    return
  }
}
