// paleo-opt: tensorop-to-mlu{cores=2},plan-memory,insert-syncs

// # maximum of each window, NaN if any is
builtin.module {
  func.func @main(%arg0: tensor<4x3x4x4xf16>) -> tensor<4x3x2x4xf16> {
    %0 = tensorop.max_pool %arg0 {kernel = array<i64: 2, 2>, pads = array<i64: 1, 0, 0, 1>, strides = array<i64: 1, 2>} : tensor<4x3x4x4xf16> -> tensor<4x3x2x4xf16>
    func.return %0 : tensor<4x3x2x4xf16>
  }
}
// ==>
module {
  mlu.buffer "input0" {role = "input", shape = array<i64: 4, 3, 4, 4>, type = memref<4x3x4x64xf16, "gdram">}
  mlu.buffer "output0" {role = "output", shape = array<i64: 4, 3, 2, 4>, type = memref<4x3x2x64xf16, "gdram">}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.get_buffer @input0 : memref<4x3x4x64xf16, "gdram">
    %1 = mlu.reshape %0 : memref<4x3x4x64xf16, "gdram"> -> memref<12x4x64xf16, "gdram">
    %2 = mlu.get_buffer @output0 : memref<4x3x2x64xf16, "gdram">
    %3 = mlu.reshape %2 : memref<4x3x2x64xf16, "gdram"> -> memref<24x64xf16, "gdram">
    %4 = mlu.alloc {address = 0 : i64} : memref<3x5x64xf16, "nram">
    %5 = mlu.alloc {address = 1920 : i64} : memref<2x2x64xf16, "nram">
    %6 = arith.constant 0 : index
    %7 = arith.constant 4 : index
    %8 = arith.constant 1 : index
    scf.for %arg0 = %6 to %7 step %8 {
      %9 = mlu.subview %4 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 2, 5, 64>, steps = array<i64: 1, 1, 1>} : memref<3x5x64xf16, "nram"> -> memref<2x5x64xf16, "nram">
      mlu.fill %9 {value = 0xFF800000 : f32} : memref<2x5x64xf16, "nram">
      %10 = arith.constant 3 : index
      %11 = arith.muli %arg0, %10 : index
      %12 = mlu.subview %1[%11] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %13 = mlu.subview %4 {offsets = array<i64: 1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<3x5x64xf16, "nram"> -> memref<1x4x4xf16, strided<[320, 64, 1], offset: 320>, "nram">
      mlu.sync
      mlu.copy %12, %13 : memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x4x4xf16, strided<[320, 64, 1], offset: 320>, "nram">
      %14 = mlu.subview %4 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 2, 5, 64>, steps = array<i64: 1, 1, 1>} : memref<3x5x64xf16, "nram"> -> memref<2x5x64xf16, "nram">
      %15 = mlu.subview %5 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 2, 64>, steps = array<i64: 1, 1, 1>} : memref<2x2x64xf16, "nram"> -> memref<1x2x64xf16, "nram">
      mlu.sync
      mlu.max_pool %14, %15 {kernel = array<i64: 2, 2>, strides = array<i64: 1, 2>} : memref<2x5x64xf16, "nram"> -> memref<1x2x64xf16, "nram">
      %16 = arith.constant 3 : index
      %17 = arith.muli %arg0, %16 : index
      %18 = arith.constant 2 : index
      %19 = arith.muli %17, %18 : index
      %20 = mlu.reshape %15 : memref<1x2x64xf16, "nram"> -> memref<2x64xf16, "nram">
      %21 = mlu.subview %20 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
      %22 = mlu.subview %3[%19] {offsets = array<i64: -1, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<24x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: ?>, "gdram">
      mlu.sync
      mlu.copy %21, %22 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: ?>, "gdram">
      %23 = mlu.subview %4 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 2, 5, 64>, steps = array<i64: 1, 1, 1>} : memref<3x5x64xf16, "nram"> -> memref<2x5x64xf16, "nram">
      mlu.fill %23 {value = 0xFF800000 : f32} : memref<2x5x64xf16, "nram">
      %24 = arith.constant 3 : index
      %25 = arith.muli %arg0, %24 : index
      %26 = arith.constant 1 : index
      %27 = arith.addi %25, %26 : index
      %28 = arith.constant -1 : index
      %29 = arith.addi %27, %28 : index
      %30 = mlu.subview %1[%29] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %31 = mlu.subview %4 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<3x5x64xf16, "nram"> -> memref<1x4x4xf16, strided<[320, 64, 1]>, "nram">
      mlu.sync
      mlu.copy %30, %31 : memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x4x4xf16, strided<[320, 64, 1]>, "nram">
      %32 = arith.constant 1 : index
      %33 = arith.addi %29, %32 : index
      %34 = mlu.subview %1[%33] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %35 = mlu.subview %4 {offsets = array<i64: 1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<3x5x64xf16, "nram"> -> memref<1x4x4xf16, strided<[320, 64, 1], offset: 320>, "nram">
      mlu.copy %34, %35 : memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x4x4xf16, strided<[320, 64, 1], offset: 320>, "nram">
      %36 = mlu.subview %4 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 2, 5, 64>, steps = array<i64: 1, 1, 1>} : memref<3x5x64xf16, "nram"> -> memref<2x5x64xf16, "nram">
      %37 = mlu.subview %5 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 2, 64>, steps = array<i64: 1, 1, 1>} : memref<2x2x64xf16, "nram"> -> memref<1x2x64xf16, "nram">
      mlu.sync
      mlu.max_pool %36, %37 {kernel = array<i64: 2, 2>, strides = array<i64: 1, 2>} : memref<2x5x64xf16, "nram"> -> memref<1x2x64xf16, "nram">
      %38 = arith.constant 3 : index
      %39 = arith.muli %arg0, %38 : index
      %40 = arith.constant 1 : index
      %41 = arith.addi %39, %40 : index
      %42 = arith.constant 2 : index
      %43 = arith.muli %41, %42 : index
      %44 = mlu.reshape %37 : memref<1x2x64xf16, "nram"> -> memref<2x64xf16, "nram">
      %45 = mlu.subview %44 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
      %46 = mlu.subview %3[%43] {offsets = array<i64: -1, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<24x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: ?>, "gdram">
      mlu.sync
      mlu.copy %45, %46 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: ?>, "gdram">
    }
    mlu.barrier
    return
  }
  func.func @core1() attributes {mlu.core = 1 : i64} {
    %0 = mlu.get_buffer @input0 : memref<4x3x4x64xf16, "gdram">
    %1 = mlu.reshape %0 : memref<4x3x4x64xf16, "gdram"> -> memref<12x4x64xf16, "gdram">
    %2 = mlu.get_buffer @output0 : memref<4x3x2x64xf16, "gdram">
    %3 = mlu.reshape %2 : memref<4x3x2x64xf16, "gdram"> -> memref<24x64xf16, "gdram">
    %4 = mlu.alloc {address = 0 : i64} : memref<2x5x64xf16, "nram">
    %5 = mlu.alloc {address = 1280 : i64} : memref<1x2x64xf16, "nram">
    %6 = arith.constant 0 : index
    %7 = arith.constant 4 : index
    %8 = arith.constant 1 : index
    scf.for %arg0 = %6 to %7 step %8 {
      mlu.fill %4 {value = 0xFF800000 : f32} : memref<2x5x64xf16, "nram">
      %9 = arith.constant 3 : index
      %10 = arith.muli %arg0, %9 : index
      %11 = arith.constant 2 : index
      %12 = arith.addi %10, %11 : index
      %13 = arith.constant -1 : index
      %14 = arith.addi %12, %13 : index
      %15 = mlu.subview %1[%14] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %16 = mlu.subview %4 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<2x5x64xf16, "nram"> -> memref<1x4x4xf16, strided<[320, 64, 1]>, "nram">
      mlu.sync
      mlu.copy %15, %16 : memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x4x4xf16, strided<[320, 64, 1]>, "nram">
      %17 = arith.constant 1 : index
      %18 = arith.addi %14, %17 : index
      %19 = mlu.subview %1[%18] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %20 = mlu.subview %4 {offsets = array<i64: 1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<2x5x64xf16, "nram"> -> memref<1x4x4xf16, strided<[320, 64, 1], offset: 320>, "nram">
      mlu.copy %19, %20 : memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x4x4xf16, strided<[320, 64, 1], offset: 320>, "nram">
      mlu.sync
      mlu.max_pool %4, %5 {kernel = array<i64: 2, 2>, strides = array<i64: 1, 2>} : memref<2x5x64xf16, "nram"> -> memref<1x2x64xf16, "nram">
      %21 = arith.constant 3 : index
      %22 = arith.muli %arg0, %21 : index
      %23 = arith.constant 2 : index
      %24 = arith.addi %22, %23 : index
      %25 = arith.constant 2 : index
      %26 = arith.muli %24, %25 : index
      %27 = mlu.reshape %5 : memref<1x2x64xf16, "nram"> -> memref<2x64xf16, "nram">
      %28 = mlu.subview %27 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
      %29 = mlu.subview %3[%26] {offsets = array<i64: -1, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<24x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: ?>, "gdram">
      mlu.sync
      mlu.copy %28, %29 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: ?>, "gdram">
    }
    mlu.barrier
    return
  }
}
