// paleo-opt: tensorop-to-mlu{cores=2},plan-memory,insert-syncs

// # 2-D convolution of each channel with its own filter
builtin.module {
  func.func @main(%arg0: tensor<3x3x3x4xf16>, %arg1: tensor<3x3x4xf16>) -> tensor<3x1x1x4xf16> {
    %0 = tensorop.depthwise_conv2d %arg0, %arg1 {accumulator = "f16", dilations = array<i64: 1, 1>, strides = array<i64: 1, 3>} : tensor<3x3x3x4xf16>, tensor<3x3x4xf16> -> tensor<3x1x1x4xf16>
    func.return %0 : tensor<3x1x1x4xf16>
  }
}
// ==>
module {
  mlu.buffer "input0" {role = "input", shape = array<i64: 3, 3, 3, 4>, type = memref<3x3x3x64xf16, "gdram">}
  mlu.buffer "input1" {role = "input", shape = array<i64: 3, 3, 4>, type = memref<3x3x64xf16, "gdram">}
  mlu.buffer "output0" {role = "output", shape = array<i64: 3, 1, 1, 4>, type = memref<3x1x1x64xf16, "gdram">}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.get_buffer @input0 : memref<3x3x3x64xf16, "gdram">
    %1 = mlu.reshape %0 : memref<3x3x3x64xf16, "gdram"> -> memref<9x3x64xf16, "gdram">
    %2 = mlu.get_buffer @output0 : memref<3x1x1x64xf16, "gdram">
    %3 = mlu.reshape %2 : memref<3x1x1x64xf16, "gdram"> -> memref<3x64xf16, "gdram">
    %4 = mlu.alloc {address = 0 : i64} : memref<9x64xf16, "nram">
    mlu.fill %4 {value = 0.000000e+00 : f32} : memref<9x64xf16, "nram">
    %5 = mlu.get_buffer @input1 : memref<3x3x64xf16, "gdram">
    %6 = mlu.reshape %5 : memref<3x3x64xf16, "gdram"> -> memref<9x64xf16, "gdram">
    %7 = mlu.subview %6 {offsets = array<i64: 0, 0>, sizes = array<i64: 9, 4>, steps = array<i64: 1, 1>} : memref<9x64xf16, "gdram"> -> memref<9x4xf16, strided<[64, 1]>, "gdram">
    %8 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 9, 4>, steps = array<i64: 1, 1>} : memref<9x64xf16, "nram"> -> memref<9x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %7, %8 : memref<9x4xf16, strided<[64, 1]>, "gdram"> -> memref<9x4xf16, strided<[64, 1]>, "nram">
    %9 = mlu.alloc {address = 1152 : i64} : memref<3x3x64xf16, "nram">
    mlu.fill %9 {value = 0.000000e+00 : f32} : memref<3x3x64xf16, "nram">
    %10 = mlu.alloc {address = 2304 : i64} : memref<1x1x64xf16, "nram">
    %11 = mlu.alloc {address = 2432 : i64} : memref<1x1x64xf16, "nram">
    %12 = mlu.alloc {address = 2560 : i64} : memref<1x1x64xf16, "nram">
    %13 = arith.constant 0 : index
    %14 = arith.constant 3 : index
    %15 = arith.constant 1 : index
    scf.for %arg0 = %13 to %14 step %15 {
      %16 = arith.constant 3 : index
      %17 = arith.muli %arg0, %16 : index
      %18 = mlu.subview %1[%17] {offsets = array<i64: -1, 0, 0>, sizes = array<i64: 3, 3, 4>, steps = array<i64: 1, 1, 1>} : memref<9x3x64xf16, "gdram"> -> memref<3x3x4xf16, strided<[192, 64, 1], offset: ?>, "gdram">
      %19 = mlu.subview %9 {offsets = array<i64: 0, 0, 0>, sizes = array<i64: 3, 3, 4>, steps = array<i64: 1, 1, 1>} : memref<3x3x64xf16, "nram"> -> memref<3x3x4xf16, strided<[192, 64, 1]>, "nram">
      mlu.sync
      mlu.copy %18, %19 : memref<3x3x4xf16, strided<[192, 64, 1], offset: ?>, "gdram"> -> memref<3x3x4xf16, strided<[192, 64, 1]>, "nram">
      %20 = mlu.reshape %10 : memref<1x1x64xf16, "nram"> -> memref<1x64xf16, "nram">
      %21 = mlu.reshape %11 : memref<1x1x64xf16, "nram"> -> memref<1x64xf16, "nram">
      %22 = mlu.reshape %12 : memref<1x1x64xf16, "nram"> -> memref<1x64xf16, "nram">
      mlu.fill %22 {value = 0.000000e+00 : f32} : memref<1x64xf16, "nram">
      %23 = mlu.windows %9 {offset = 0 : i64, sizes = array<i64: 1, 1, 64>, strides = array<i64: 192, 192, 1>} : memref<3x3x64xf16, "nram"> -> memref<1x1x64xf16, strided<[192, 192, 1]>, "nram">
      mlu.sync
      mlu.copy %23, %10 : memref<1x1x64xf16, strided<[192, 192, 1]>, "nram"> -> memref<1x1x64xf16, "nram">
      %24 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 1, 64>, steps = array<i64: 1, 1>} : memref<9x64xf16, "nram"> -> memref<1x64xf16, "nram">
      %25 = mlu.reshape %24 : memref<1x64xf16, "nram"> -> memref<64xf16, "nram">
      mlu.sync
      mlu.mul_cycle %20, %25, %21 : memref<64xf16, "nram"> -> memref<1x64xf16, "nram">
      mlu.add %22, %21, %22 : memref<1x64xf16, "nram">
      %26 = mlu.windows %9 {offset = 64 : i64, sizes = array<i64: 1, 1, 64>, strides = array<i64: 192, 192, 1>} : memref<3x3x64xf16, "nram"> -> memref<1x1x64xf16, strided<[192, 192, 1], offset: 64>, "nram">
      mlu.sync
      mlu.copy %26, %10 : memref<1x1x64xf16, strided<[192, 192, 1], offset: 64>, "nram"> -> memref<1x1x64xf16, "nram">
      %27 = mlu.subview %4 {offsets = array<i64: 1, 0>, sizes = array<i64: 1, 64>, steps = array<i64: 1, 1>} : memref<9x64xf16, "nram"> -> memref<1x64xf16, strided<[64, 1], offset: 64>, "nram">
      %28 = mlu.reshape %27 : memref<1x64xf16, strided<[64, 1], offset: 64>, "nram"> -> memref<64xf16, strided<[1], offset: 64>, "nram">
      mlu.sync
      mlu.mul_cycle %20, %28, %21 : memref<64xf16, strided<[1], offset: 64>, "nram"> -> memref<1x64xf16, "nram">
      mlu.add %22, %21, %22 : memref<1x64xf16, "nram">
      %29 = mlu.windows %9 {offset = 128 : i64, sizes = array<i64: 1, 1, 64>, strides = array<i64: 192, 192, 1>} : memref<3x3x64xf16, "nram"> -> memref<1x1x64xf16, strided<[192, 192, 1], offset: 128>, "nram">
      mlu.sync
      mlu.copy %29, %10 : memref<1x1x64xf16, strided<[192, 192, 1], offset: 128>, "nram"> -> memref<1x1x64xf16, "nram">
      %30 = mlu.subview %4 {offsets = array<i64: 2, 0>, sizes = array<i64: 1, 64>, steps = array<i64: 1, 1>} : memref<9x64xf16, "nram"> -> memref<1x64xf16, strided<[64, 1], offset: 128>, "nram">
      %31 = mlu.reshape %30 : memref<1x64xf16, strided<[64, 1], offset: 128>, "nram"> -> memref<64xf16, strided<[1], offset: 128>, "nram">
      mlu.sync
      mlu.mul_cycle %20, %31, %21 : memref<64xf16, strided<[1], offset: 128>, "nram"> -> memref<1x64xf16, "nram">
      mlu.add %22, %21, %22 : memref<1x64xf16, "nram">
      %32 = mlu.windows %9 {offset = 192 : i64, sizes = array<i64: 1, 1, 64>, strides = array<i64: 192, 192, 1>} : memref<3x3x64xf16, "nram"> -> memref<1x1x64xf16, strided<[192, 192, 1], offset: 192>, "nram">
      mlu.sync
      mlu.copy %32, %10 : memref<1x1x64xf16, strided<[192, 192, 1], offset: 192>, "nram"> -> memref<1x1x64xf16, "nram">
      %33 = mlu.subview %4 {offsets = array<i64: 3, 0>, sizes = array<i64: 1, 64>, steps = array<i64: 1, 1>} : memref<9x64xf16, "nram"> -> memref<1x64xf16, strided<[64, 1], offset: 192>, "nram">
      %34 = mlu.reshape %33 : memref<1x64xf16, strided<[64, 1], offset: 192>, "nram"> -> memref<64xf16, strided<[1], offset: 192>, "nram">
      mlu.sync
      mlu.mul_cycle %20, %34, %21 : memref<64xf16, strided<[1], offset: 192>, "nram"> -> memref<1x64xf16, "nram">
      mlu.add %22, %21, %22 : memref<1x64xf16, "nram">
      %35 = mlu.windows %9 {offset = 256 : i64, sizes = array<i64: 1, 1, 64>, strides = array<i64: 192, 192, 1>} : memref<3x3x64xf16, "nram"> -> memref<1x1x64xf16, strided<[192, 192, 1], offset: 256>, "nram">
      mlu.sync
      mlu.copy %35, %10 : memref<1x1x64xf16, strided<[192, 192, 1], offset: 256>, "nram"> -> memref<1x1x64xf16, "nram">
      %36 = mlu.subview %4 {offsets = array<i64: 4, 0>, sizes = array<i64: 1, 64>, steps = array<i64: 1, 1>} : memref<9x64xf16, "nram"> -> memref<1x64xf16, strided<[64, 1], offset: 256>, "nram">
      %37 = mlu.reshape %36 : memref<1x64xf16, strided<[64, 1], offset: 256>, "nram"> -> memref<64xf16, strided<[1], offset: 256>, "nram">
      mlu.sync
      mlu.mul_cycle %20, %37, %21 : memref<64xf16, strided<[1], offset: 256>, "nram"> -> memref<1x64xf16, "nram">
      mlu.add %22, %21, %22 : memref<1x64xf16, "nram">
      %38 = mlu.windows %9 {offset = 320 : i64, sizes = array<i64: 1, 1, 64>, strides = array<i64: 192, 192, 1>} : memref<3x3x64xf16, "nram"> -> memref<1x1x64xf16, strided<[192, 192, 1], offset: 320>, "nram">
      mlu.sync
      mlu.copy %38, %10 : memref<1x1x64xf16, strided<[192, 192, 1], offset: 320>, "nram"> -> memref<1x1x64xf16, "nram">
      %39 = mlu.subview %4 {offsets = array<i64: 5, 0>, sizes = array<i64: 1, 64>, steps = array<i64: 1, 1>} : memref<9x64xf16, "nram"> -> memref<1x64xf16, strided<[64, 1], offset: 320>, "nram">
      %40 = mlu.reshape %39 : memref<1x64xf16, strided<[64, 1], offset: 320>, "nram"> -> memref<64xf16, strided<[1], offset: 320>, "nram">
      mlu.sync
      mlu.mul_cycle %20, %40, %21 : memref<64xf16, strided<[1], offset: 320>, "nram"> -> memref<1x64xf16, "nram">
      mlu.add %22, %21, %22 : memref<1x64xf16, "nram">
      %41 = mlu.windows %9 {offset = 384 : i64, sizes = array<i64: 1, 1, 64>, strides = array<i64: 192, 192, 1>} : memref<3x3x64xf16, "nram"> -> memref<1x1x64xf16, strided<[192, 192, 1], offset: 384>, "nram">
      mlu.sync
      mlu.copy %41, %10 : memref<1x1x64xf16, strided<[192, 192, 1], offset: 384>, "nram"> -> memref<1x1x64xf16, "nram">
      %42 = mlu.subview %4 {offsets = array<i64: 6, 0>, sizes = array<i64: 1, 64>, steps = array<i64: 1, 1>} : memref<9x64xf16, "nram"> -> memref<1x64xf16, strided<[64, 1], offset: 384>, "nram">
      %43 = mlu.reshape %42 : memref<1x64xf16, strided<[64, 1], offset: 384>, "nram"> -> memref<64xf16, strided<[1], offset: 384>, "nram">
      mlu.sync
      mlu.mul_cycle %20, %43, %21 : memref<64xf16, strided<[1], offset: 384>, "nram"> -> memref<1x64xf16, "nram">
      mlu.add %22, %21, %22 : memref<1x64xf16, "nram">
      %44 = mlu.windows %9 {offset = 448 : i64, sizes = array<i64: 1, 1, 64>, strides = array<i64: 192, 192, 1>} : memref<3x3x64xf16, "nram"> -> memref<1x1x64xf16, strided<[192, 192, 1], offset: 448>, "nram">
      mlu.sync
      mlu.copy %44, %10 : memref<1x1x64xf16, strided<[192, 192, 1], offset: 448>, "nram"> -> memref<1x1x64xf16, "nram">
      %45 = mlu.subview %4 {offsets = array<i64: 7, 0>, sizes = array<i64: 1, 64>, steps = array<i64: 1, 1>} : memref<9x64xf16, "nram"> -> memref<1x64xf16, strided<[64, 1], offset: 448>, "nram">
      %46 = mlu.reshape %45 : memref<1x64xf16, strided<[64, 1], offset: 448>, "nram"> -> memref<64xf16, strided<[1], offset: 448>, "nram">
      mlu.sync
      mlu.mul_cycle %20, %46, %21 : memref<64xf16, strided<[1], offset: 448>, "nram"> -> memref<1x64xf16, "nram">
      mlu.add %22, %21, %22 : memref<1x64xf16, "nram">
      %47 = mlu.windows %9 {offset = 512 : i64, sizes = array<i64: 1, 1, 64>, strides = array<i64: 192, 192, 1>} : memref<3x3x64xf16, "nram"> -> memref<1x1x64xf16, strided<[192, 192, 1], offset: 512>, "nram">
      mlu.sync
      mlu.copy %47, %10 : memref<1x1x64xf16, strided<[192, 192, 1], offset: 512>, "nram"> -> memref<1x1x64xf16, "nram">
      %48 = mlu.subview %4 {offsets = array<i64: 8, 0>, sizes = array<i64: 1, 64>, steps = array<i64: 1, 1>} : memref<9x64xf16, "nram"> -> memref<1x64xf16, strided<[64, 1], offset: 512>, "nram">
      %49 = mlu.reshape %48 : memref<1x64xf16, strided<[64, 1], offset: 512>, "nram"> -> memref<64xf16, strided<[1], offset: 512>, "nram">
      mlu.sync
      mlu.mul_cycle %20, %49, %21 : memref<64xf16, strided<[1], offset: 512>, "nram"> -> memref<1x64xf16, "nram">
      mlu.add %22, %21, %22 : memref<1x64xf16, "nram">
      %50 = mlu.subview %22 {offsets = array<i64: 0, 0>, sizes = array<i64: 1, 4>, steps = array<i64: 1, 1>} : memref<1x64xf16, "nram"> -> memref<1x4xf16, strided<[64, 1]>, "nram">
      %51 = mlu.subview %3[%arg0] {offsets = array<i64: -1, 0>, sizes = array<i64: 1, 4>, steps = array<i64: 1, 1>} : memref<3x64xf16, "gdram"> -> memref<1x4xf16, strided<[64, 1], offset: ?>, "gdram">
      mlu.sync
      mlu.copy %50, %51 : memref<1x4xf16, strided<[64, 1]>, "nram"> -> memref<1x4xf16, strided<[64, 1], offset: ?>, "gdram">
    }
    mlu.barrier
    return
  }
  func.func @core1() attributes {mlu.core = 1 : i64} {
    mlu.barrier
    return
  }
}
