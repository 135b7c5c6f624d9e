// paleo-opt: tensorop-to-mlu{cores=2},plan-memory,insert-syncs

// # mean of each window
builtin.module {
  func.func @main(%arg0: tensor<4x3x4x4xf16>) -> tensor<4x2x4x4xf16> {
    %0 = tensorop.average_pool %arg0 {count_include_pad = false, kernel = array<i64: 3, 2>, pads = array<i64: 0, 0, 2, 1>, strides = array<i64: 2, 1>} : tensor<4x3x4x4xf16> -> tensor<4x2x4x4xf16>
    func.return %0 : tensor<4x2x4x4xf16>
  }
}
// ==>
module {
  mlu.buffer "input0" {role = "input", shape = array<i64: 4, 3, 4, 4>, type = memref<4x3x4x64xf16, "gdram">}
  mlu.buffer "output0" {role = "output", shape = array<i64: 4, 2, 4, 4>, type = memref<4x2x4x64xf16, "gdram">}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.get_buffer @input0 : memref<4x3x4x64xf16, "gdram">
    %1 = mlu.reshape %0 : memref<4x3x4x64xf16, "gdram"> -> memref<12x4x64xf16, "gdram">
    %2 = mlu.get_buffer @output0 : memref<4x2x4x64xf16, "gdram">
    %3 = mlu.reshape %2 : memref<4x2x4x64xf16, "gdram"> -> memref<8x4x64xf16, "gdram">
    %4 = arith.constant 0 : index
    %5 = arith.constant 4 : index
    %6 = arith.constant 1 : index
    scf.for %arg0 = %4 to %5 step %6 {
      %7 = mlu.alloc {address = 0 : i64} : memref<3x4x64xf16, "nram">
      mlu.fill %7 {value = 0.000000e+00 : f32} : memref<3x4x64xf16, "nram">
      %8 = arith.constant 3 : index
      %9 = arith.muli %arg0, %8 : index
      %10 = mlu.subview %1[%9] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %11 = mlu.subview %7 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<3x4x64xf16, "nram"> -> memref<1x4x4xf16, strided<[256, 64, 1]>, "nram">
      mlu.sync
      mlu.copy %10, %11 : memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1]>, "nram">
      %12 = arith.constant 1 : index
      %13 = arith.addi %9, %12 : index
      %14 = mlu.subview %1[%13] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %15 = mlu.subview %7 {offsets = array<i64: 1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<3x4x64xf16, "nram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: 256>, "nram">
      mlu.copy %14, %15 : memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: 256>, "nram">
      %16 = arith.constant 2 : index
      %17 = arith.addi %9, %16 : index
      %18 = mlu.subview %1[%17] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %19 = mlu.subview %7 {offsets = array<i64: 2, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<3x4x64xf16, "nram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: 512>, "nram">
      mlu.copy %18, %19 : memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: 512>, "nram">
      %20 = mlu.alloc {address = 1536 : i64} : memref<1x3x64xf16, "nram">
      mlu.sync
      mlu.average_pool %7, %20 {kernel = array<i64: 3, 2>, strides = array<i64: 2, 1>} : memref<3x4x64xf16, "nram"> -> memref<1x3x64xf16, "nram">
      %21 = mlu.subview %20 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 3, 4>, steps = array<i64: 1, 1, 1>} : memref<1x3x64xf16, "nram"> -> memref<1x3x4xf16, strided<[192, 64, 1]>, "nram">
      %22 = arith.constant 2 : index
      %23 = arith.muli %arg0, %22 : index
      %24 = mlu.subview %3[%23] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 3, 4>, steps = array<i64: 1, 1, 1>} : memref<8x4x64xf16, "gdram"> -> memref<1x3x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      mlu.sync
      mlu.copy %21, %24 : memref<1x3x4xf16, strided<[192, 64, 1]>, "nram"> -> memref<1x3x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %25 = mlu.alloc {address = 1920 : i64} : memref<3x1x64xf16, "nram">
      mlu.fill %25 {value = 0.000000e+00 : f32} : memref<3x1x64xf16, "nram">
      %26 = arith.constant 3 : index
      %27 = arith.muli %arg0, %26 : index
      %28 = mlu.subview %1[%27] {offsets = array<i64: -1, 3, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %29 = mlu.subview %25 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<3x1x64xf16, "nram"> -> memref<1x1x4xf16, strided<[64, 64, 1]>, "nram">
      mlu.sync
      mlu.copy %28, %29 : memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x1x4xf16, strided<[64, 64, 1]>, "nram">
      %30 = arith.constant 1 : index
      %31 = arith.addi %27, %30 : index
      %32 = mlu.subview %1[%31] {offsets = array<i64: -1, 3, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %33 = mlu.subview %25 {offsets = array<i64: 1, 0, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<3x1x64xf16, "nram"> -> memref<1x1x4xf16, strided<[64, 64, 1], offset: 64>, "nram">
      mlu.copy %32, %33 : memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x1x4xf16, strided<[64, 64, 1], offset: 64>, "nram">
      %34 = arith.constant 2 : index
      %35 = arith.addi %27, %34 : index
      %36 = mlu.subview %1[%35] {offsets = array<i64: -1, 3, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %37 = mlu.subview %25 {offsets = array<i64: 2, 0, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<3x1x64xf16, "nram"> -> memref<1x1x4xf16, strided<[64, 64, 1], offset: 128>, "nram">
      mlu.copy %36, %37 : memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x1x4xf16, strided<[64, 64, 1], offset: 128>, "nram">
      %38 = mlu.alloc {address = 2304 : i64} : memref<1x1x64xf16, "nram">
      mlu.sync
      mlu.average_pool %25, %38 {kernel = array<i64: 3, 1>, strides = array<i64: 2, 1>} : memref<3x1x64xf16, "nram"> -> memref<1x1x64xf16, "nram">
      %39 = mlu.subview %38 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<1x1x64xf16, "nram"> -> memref<1x1x4xf16, strided<[64, 64, 1]>, "nram">
      %40 = arith.constant 2 : index
      %41 = arith.muli %arg0, %40 : index
      %42 = mlu.subview %3[%41] {offsets = array<i64: -1, 3, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<8x4x64xf16, "gdram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      mlu.sync
      mlu.copy %39, %42 : memref<1x1x4xf16, strided<[64, 64, 1]>, "nram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
    }
    mlu.barrier
    return
  }
  func.func @core1() attributes {mlu.core = 1 : i64} {
    %0 = mlu.get_buffer @input0 : memref<4x3x4x64xf16, "gdram">
    %1 = mlu.reshape %0 : memref<4x3x4x64xf16, "gdram"> -> memref<12x4x64xf16, "gdram">
    %2 = mlu.get_buffer @output0 : memref<4x2x4x64xf16, "gdram">
    %3 = mlu.reshape %2 : memref<4x2x4x64xf16, "gdram"> -> memref<8x4x64xf16, "gdram">
    %4 = arith.constant 0 : index
    %5 = arith.constant 4 : index
    %6 = arith.constant 1 : index
    scf.for %arg0 = %4 to %5 step %6 {
      %7 = mlu.alloc {address = 0 : i64} : memref<1x4x64xf16, "nram">
      mlu.fill %7 {value = 0.000000e+00 : f32} : memref<1x4x64xf16, "nram">
      %8 = arith.constant 3 : index
      %9 = arith.muli %arg0, %8 : index
      %10 = arith.constant 2 : index
      %11 = arith.addi %9, %10 : index
      %12 = mlu.subview %1[%11] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %13 = mlu.subview %7 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<1x4x64xf16, "nram"> -> memref<1x4x4xf16, strided<[256, 64, 1]>, "nram">
      mlu.sync
      mlu.copy %12, %13 : memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1]>, "nram">
      %14 = mlu.alloc {address = 512 : i64} : memref<1x3x64xf16, "nram">
      mlu.sync
      mlu.average_pool %7, %14 {kernel = array<i64: 1, 2>, strides = array<i64: 2, 1>} : memref<1x4x64xf16, "nram"> -> memref<1x3x64xf16, "nram">
      %15 = mlu.subview %14 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 3, 4>, steps = array<i64: 1, 1, 1>} : memref<1x3x64xf16, "nram"> -> memref<1x3x4xf16, strided<[192, 64, 1]>, "nram">
      %16 = arith.constant 2 : index
      %17 = arith.muli %arg0, %16 : index
      %18 = arith.constant 1 : index
      %19 = arith.addi %17, %18 : index
      %20 = mlu.subview %3[%19] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 3, 4>, steps = array<i64: 1, 1, 1>} : memref<8x4x64xf16, "gdram"> -> memref<1x3x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      mlu.sync
      mlu.copy %15, %20 : memref<1x3x4xf16, strided<[192, 64, 1]>, "nram"> -> memref<1x3x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %21 = mlu.alloc {address = 896 : i64} : memref<1x1x64xf16, "nram">
      mlu.fill %21 {value = 0.000000e+00 : f32} : memref<1x1x64xf16, "nram">
      %22 = arith.constant 3 : index
      %23 = arith.muli %arg0, %22 : index
      %24 = arith.constant 2 : index
      %25 = arith.addi %23, %24 : index
      %26 = mlu.subview %1[%25] {offsets = array<i64: -1, 3, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %27 = mlu.subview %21 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<1x1x64xf16, "nram"> -> memref<1x1x4xf16, strided<[64, 64, 1]>, "nram">
      mlu.sync
      mlu.copy %26, %27 : memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x1x4xf16, strided<[64, 64, 1]>, "nram">
      %28 = mlu.alloc {address = 1024 : i64} : memref<1x1x64xf16, "nram">
      mlu.sync
      mlu.average_pool %21, %28 {kernel = array<i64: 1, 1>, strides = array<i64: 2, 1>} : memref<1x1x64xf16, "nram"> -> memref<1x1x64xf16, "nram">
      %29 = mlu.subview %28 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<1x1x64xf16, "nram"> -> memref<1x1x4xf16, strided<[64, 64, 1]>, "nram">
      %30 = arith.constant 2 : index
      %31 = arith.muli %arg0, %30 : index
      %32 = arith.constant 1 : index
      %33 = arith.addi %31, %32 : index
      %34 = mlu.subview %3[%33] {offsets = array<i64: -1, 3, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<8x4x64xf16, "gdram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      mlu.sync
      mlu.copy %29, %34 : memref<1x1x4xf16, strided<[64, 64, 1]>, "nram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
    }
    mlu.barrier
    return
  }
}
