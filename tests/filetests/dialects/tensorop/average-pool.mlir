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
    %4 = mlu.alloc {address = 0 : i64} : memref<960xf16, "nram">
    mlu.fill %4 {value = 0.000000e+00 : f32} : memref<960xf16, "nram">
    %5 = arith.constant 0 : index
    %6 = arith.constant 4 : index
    %7 = arith.constant 1 : index
    scf.for %arg0 = %5 to %6 step %7 {
      %8 = mlu.windows %4 {offset = 0 : i64, sizes = array<i64: 3, 4, 64>, strides = array<i64: 256, 64, 1>} : memref<960xf16, "nram"> -> memref<3x4x64xf16, "nram">
      %9 = mlu.windows %4 {offset = 768 : i64, sizes = array<i64: 1, 3, 64>, strides = array<i64: 192, 64, 1>} : memref<960xf16, "nram"> -> memref<1x3x64xf16, strided<[192, 64, 1], offset: 768>, "nram">
      %10 = arith.constant 3 : index
      %11 = arith.muli %arg0, %10 : index
      %12 = mlu.subview %1[%11] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %13 = mlu.subview %8 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<3x4x64xf16, "nram"> -> memref<1x4x4xf16, strided<[256, 64, 1]>, "nram">
      mlu.sync
      mlu.copy %12, %13 : memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1]>, "nram">
      %14 = arith.constant 1 : index
      %15 = arith.addi %11, %14 : index
      %16 = mlu.subview %1[%15] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %17 = mlu.subview %8 {offsets = array<i64: 1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<3x4x64xf16, "nram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: 256>, "nram">
      mlu.copy %16, %17 : memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: 256>, "nram">
      %18 = arith.constant 2 : index
      %19 = arith.addi %11, %18 : index
      %20 = mlu.subview %1[%19] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %21 = mlu.subview %8 {offsets = array<i64: 2, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<3x4x64xf16, "nram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: 512>, "nram">
      mlu.copy %20, %21 : memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: 512>, "nram">
      mlu.sync
      mlu.average_pool %8, %9 {kernel = array<i64: 3, 2>, strides = array<i64: 2, 1>} : memref<3x4x64xf16, "nram"> -> memref<1x3x64xf16, strided<[192, 64, 1], offset: 768>, "nram">
      %22 = mlu.subview %9 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 3, 4>, steps = array<i64: 1, 1, 1>} : memref<1x3x64xf16, strided<[192, 64, 1], offset: 768>, "nram"> -> memref<1x3x4xf16, strided<[192, 64, 1], offset: 768>, "nram">
      %23 = arith.constant 2 : index
      %24 = arith.muli %arg0, %23 : index
      %25 = mlu.subview %3[%24] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 3, 4>, steps = array<i64: 1, 1, 1>} : memref<8x4x64xf16, "gdram"> -> memref<1x3x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      mlu.sync
      mlu.copy %22, %25 : memref<1x3x4xf16, strided<[192, 64, 1], offset: 768>, "nram"> -> memref<1x3x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %26 = mlu.windows %4 {offset = 0 : i64, sizes = array<i64: 3, 1, 64>, strides = array<i64: 64, 64, 1>} : memref<960xf16, "nram"> -> memref<3x1x64xf16, "nram">
      %27 = mlu.windows %4 {offset = 192 : i64, sizes = array<i64: 1, 1, 64>, strides = array<i64: 64, 64, 1>} : memref<960xf16, "nram"> -> memref<1x1x64xf16, strided<[64, 64, 1], offset: 192>, "nram">
      %28 = arith.constant 3 : index
      %29 = arith.muli %arg0, %28 : index
      %30 = mlu.subview %1[%29] {offsets = array<i64: -1, 3, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %31 = mlu.subview %26 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<3x1x64xf16, "nram"> -> memref<1x1x4xf16, strided<[64, 64, 1]>, "nram">
      mlu.copy %30, %31 : memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x1x4xf16, strided<[64, 64, 1]>, "nram">
      %32 = arith.constant 1 : index
      %33 = arith.addi %29, %32 : index
      %34 = mlu.subview %1[%33] {offsets = array<i64: -1, 3, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %35 = mlu.subview %26 {offsets = array<i64: 1, 0, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<3x1x64xf16, "nram"> -> memref<1x1x4xf16, strided<[64, 64, 1], offset: 64>, "nram">
      mlu.copy %34, %35 : memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x1x4xf16, strided<[64, 64, 1], offset: 64>, "nram">
      %36 = arith.constant 2 : index
      %37 = arith.addi %29, %36 : index
      %38 = mlu.subview %1[%37] {offsets = array<i64: -1, 3, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %39 = mlu.subview %26 {offsets = array<i64: 2, 0, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<3x1x64xf16, "nram"> -> memref<1x1x4xf16, strided<[64, 64, 1], offset: 128>, "nram">
      mlu.copy %38, %39 : memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x1x4xf16, strided<[64, 64, 1], offset: 128>, "nram">
      mlu.sync
      mlu.average_pool %26, %27 {kernel = array<i64: 3, 1>, strides = array<i64: 2, 1>} : memref<3x1x64xf16, "nram"> -> memref<1x1x64xf16, strided<[64, 64, 1], offset: 192>, "nram">
      %40 = mlu.subview %27 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<1x1x64xf16, strided<[64, 64, 1], offset: 192>, "nram"> -> memref<1x1x4xf16, strided<[64, 64, 1], offset: 192>, "nram">
      %41 = arith.constant 2 : index
      %42 = arith.muli %arg0, %41 : index
      %43 = mlu.subview %3[%42] {offsets = array<i64: -1, 3, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<8x4x64xf16, "gdram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      mlu.sync
      mlu.copy %40, %43 : memref<1x1x4xf16, strided<[64, 64, 1], offset: 192>, "nram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
    }
    mlu.barrier
    return
  }
  func.func @core1() attributes {mlu.core = 1 : i64} {
    %0 = mlu.get_buffer @input0 : memref<4x3x4x64xf16, "gdram">
    %1 = mlu.reshape %0 : memref<4x3x4x64xf16, "gdram"> -> memref<12x4x64xf16, "gdram">
    %2 = mlu.get_buffer @output0 : memref<4x2x4x64xf16, "gdram">
    %3 = mlu.reshape %2 : memref<4x2x4x64xf16, "gdram"> -> memref<8x4x64xf16, "gdram">
    %4 = mlu.alloc {address = 0 : i64} : memref<448xf16, "nram">
    mlu.fill %4 {value = 0.000000e+00 : f32} : memref<448xf16, "nram">
    %5 = arith.constant 0 : index
    %6 = arith.constant 4 : index
    %7 = arith.constant 1 : index
    scf.for %arg0 = %5 to %6 step %7 {
      %8 = mlu.windows %4 {offset = 0 : i64, sizes = array<i64: 1, 4, 64>, strides = array<i64: 256, 64, 1>} : memref<448xf16, "nram"> -> memref<1x4x64xf16, "nram">
      %9 = mlu.windows %4 {offset = 256 : i64, sizes = array<i64: 1, 3, 64>, strides = array<i64: 192, 64, 1>} : memref<448xf16, "nram"> -> memref<1x3x64xf16, strided<[192, 64, 1], offset: 256>, "nram">
      %10 = arith.constant 3 : index
      %11 = arith.muli %arg0, %10 : index
      %12 = arith.constant 2 : index
      %13 = arith.addi %11, %12 : index
      %14 = mlu.subview %1[%13] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %15 = mlu.subview %8 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 4, 4>, steps = array<i64: 1, 1, 1>} : memref<1x4x64xf16, "nram"> -> memref<1x4x4xf16, strided<[256, 64, 1]>, "nram">
      mlu.sync
      mlu.copy %14, %15 : memref<1x4x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x4x4xf16, strided<[256, 64, 1]>, "nram">
      mlu.sync
      mlu.average_pool %8, %9 {kernel = array<i64: 1, 2>, strides = array<i64: 2, 1>} : memref<1x4x64xf16, "nram"> -> memref<1x3x64xf16, strided<[192, 64, 1], offset: 256>, "nram">
      %16 = mlu.subview %9 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 3, 4>, steps = array<i64: 1, 1, 1>} : memref<1x3x64xf16, strided<[192, 64, 1], offset: 256>, "nram"> -> memref<1x3x4xf16, strided<[192, 64, 1], offset: 256>, "nram">
      %17 = arith.constant 2 : index
      %18 = arith.muli %arg0, %17 : index
      %19 = arith.constant 1 : index
      %20 = arith.addi %18, %19 : index
      %21 = mlu.subview %3[%20] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 1, 3, 4>, steps = array<i64: 1, 1, 1>} : memref<8x4x64xf16, "gdram"> -> memref<1x3x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      mlu.sync
      mlu.copy %16, %21 : memref<1x3x4xf16, strided<[192, 64, 1], offset: 256>, "nram"> -> memref<1x3x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %22 = mlu.windows %4 {offset = 0 : i64, sizes = array<i64: 1, 1, 64>, strides = array<i64: 64, 64, 1>} : memref<448xf16, "nram"> -> memref<1x1x64xf16, "nram">
      %23 = mlu.windows %4 {offset = 64 : i64, sizes = array<i64: 1, 1, 64>, strides = array<i64: 64, 64, 1>} : memref<448xf16, "nram"> -> memref<1x1x64xf16, strided<[64, 64, 1], offset: 64>, "nram">
      %24 = arith.constant 3 : index
      %25 = arith.muli %arg0, %24 : index
      %26 = arith.constant 2 : index
      %27 = arith.addi %25, %26 : index
      %28 = mlu.subview %1[%27] {offsets = array<i64: -1, 3, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<12x4x64xf16, "gdram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      %29 = mlu.subview %22 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<1x1x64xf16, "nram"> -> memref<1x1x4xf16, strided<[64, 64, 1]>, "nram">
      mlu.copy %28, %29 : memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram"> -> memref<1x1x4xf16, strided<[64, 64, 1]>, "nram">
      mlu.sync
      mlu.average_pool %22, %23 {kernel = array<i64: 1, 1>, strides = array<i64: 2, 1>} : memref<1x1x64xf16, "nram"> -> memref<1x1x64xf16, strided<[64, 64, 1], offset: 64>, "nram">
      %30 = mlu.subview %23 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<1x1x64xf16, strided<[64, 64, 1], offset: 64>, "nram"> -> memref<1x1x4xf16, strided<[64, 64, 1], offset: 64>, "nram">
      %31 = arith.constant 2 : index
      %32 = arith.muli %arg0, %31 : index
      %33 = arith.constant 1 : index
      %34 = arith.addi %32, %33 : index
      %35 = mlu.subview %3[%34] {offsets = array<i64: -1, 3, 0>, sizes = array<i64: 1, 1, 4>, steps = array<i64: 1, 1, 1>} : memref<8x4x64xf16, "gdram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
      mlu.sync
      mlu.copy %30, %35 : memref<1x1x4xf16, strided<[64, 64, 1], offset: 64>, "nram"> -> memref<1x1x4xf16, strided<[256, 64, 1], offset: ?>, "gdram">
    }
    mlu.barrier
    return
  }
}
