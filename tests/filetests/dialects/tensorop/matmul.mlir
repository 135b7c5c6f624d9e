// paleo-opt: tensorop-to-mlu{cores=2},plan-memory,insert-syncs

// # matrix product, for each of a batch
builtin.module {
  func.func @main(%arg0: tensor<3x2x4x4x4xf16>, %arg1: tensor<3x2x4x4x4xf16>) -> tensor<3x2x4x4x4xf16> {
    %0 = tensorop.matmul %arg0, %arg1 : tensor<3x2x4x4x4xf16>, tensor<3x2x4x4x4xf16> -> tensor<3x2x4x4x4xf16>
    func.return %0 : tensor<3x2x4x4x4xf16>
  }
}
// ==>
module {
  mlu.buffer "input0" {role = "input", shape = array<i64: 3, 2, 4, 4, 4>, type = memref<3x2x4x4x64xf16, "gdram">}
  mlu.buffer "input1" {role = "input", shape = array<i64: 3, 2, 4, 4, 4>, type = memref<3x2x4x4x64xf16, "gdram">}
  mlu.buffer "output0" {role = "output", shape = array<i64: 3, 2, 4, 4, 4>, type = memref<3x2x4x4x64xf16, "gdram">}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.get_buffer @input0 : memref<3x2x4x4x64xf16, "gdram">
    %1 = mlu.reshape %0 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %2 = mlu.get_buffer @output0 : memref<3x2x4x4x64xf16, "gdram">
    %3 = mlu.reshape %2 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %4 = mlu.alloc {address = 0 : i64} : memref<2x64xf16, "nram">
    mlu.fill %4 {value = 0.000000e+00 : f32} : memref<2x64xf16, "nram">
    %5 = mlu.alloc {address = 256 : i64} : memref<2x64xf16, "nram">
    %6 = mlu.alloc {address = 0 : i64} : memref<64x64xf16, "wram">
    %7 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %8 = mlu.reshape %7 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %9 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %9 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %10 = mlu.subview %8 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "gdram">
    %11 = mlu.subview %9 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %10, %11 : memref<4x4xf16, strided<[64, 1]>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %12 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %9, %12 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %12, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %13 = mlu.subview %1 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "gdram">
    %14 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %13, %14 : memref<2x4xf16, strided<[64, 1]>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %15 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %15 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %16 = mlu.subview %15 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %17 = mlu.subview %3 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "gdram">
    mlu.sync
    mlu.copy %16, %17 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "gdram">
    %18 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %19 = mlu.reshape %18 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %20 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %20 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %21 = mlu.subview %19 {offsets = array<i64: 4, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 256>, "gdram">
    %22 = mlu.subview %20 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %21, %22 : memref<4x4xf16, strided<[64, 1], offset: 256>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %23 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %20, %23 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %23, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %24 = mlu.subview %1 {offsets = array<i64: 4, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 256>, "gdram">
    %25 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %24, %25 : memref<2x4xf16, strided<[64, 1], offset: 256>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %26 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %26 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %27 = mlu.subview %26 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %28 = mlu.subview %3 {offsets = array<i64: 4, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 256>, "gdram">
    mlu.sync
    mlu.copy %27, %28 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 256>, "gdram">
    %29 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %30 = mlu.reshape %29 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %31 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %31 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %32 = mlu.subview %30 {offsets = array<i64: 8, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 512>, "gdram">
    %33 = mlu.subview %31 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %32, %33 : memref<4x4xf16, strided<[64, 1], offset: 512>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %34 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %31, %34 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %34, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %35 = mlu.subview %1 {offsets = array<i64: 8, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 512>, "gdram">
    %36 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %35, %36 : memref<2x4xf16, strided<[64, 1], offset: 512>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %37 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %37 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %38 = mlu.subview %37 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %39 = mlu.subview %3 {offsets = array<i64: 8, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 512>, "gdram">
    mlu.sync
    mlu.copy %38, %39 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 512>, "gdram">
    %40 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %41 = mlu.reshape %40 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %42 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %42 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %43 = mlu.subview %41 {offsets = array<i64: 12, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 768>, "gdram">
    %44 = mlu.subview %42 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %43, %44 : memref<4x4xf16, strided<[64, 1], offset: 768>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %45 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %42, %45 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %45, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %46 = mlu.subview %1 {offsets = array<i64: 12, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 768>, "gdram">
    %47 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %46, %47 : memref<2x4xf16, strided<[64, 1], offset: 768>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %48 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %48 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %49 = mlu.subview %48 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %50 = mlu.subview %3 {offsets = array<i64: 12, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 768>, "gdram">
    mlu.sync
    mlu.copy %49, %50 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 768>, "gdram">
    %51 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %52 = mlu.reshape %51 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %53 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %53 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %54 = mlu.subview %52 {offsets = array<i64: 16, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 1024>, "gdram">
    %55 = mlu.subview %53 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %54, %55 : memref<4x4xf16, strided<[64, 1], offset: 1024>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %56 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %53, %56 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %56, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %57 = mlu.subview %1 {offsets = array<i64: 16, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1024>, "gdram">
    %58 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %57, %58 : memref<2x4xf16, strided<[64, 1], offset: 1024>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %59 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %59 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %60 = mlu.subview %59 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %61 = mlu.subview %3 {offsets = array<i64: 16, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1024>, "gdram">
    mlu.sync
    mlu.copy %60, %61 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 1024>, "gdram">
    %62 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %63 = mlu.reshape %62 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %64 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %64 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %65 = mlu.subview %63 {offsets = array<i64: 20, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 1280>, "gdram">
    %66 = mlu.subview %64 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %65, %66 : memref<4x4xf16, strided<[64, 1], offset: 1280>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %67 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %64, %67 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %67, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %68 = mlu.subview %1 {offsets = array<i64: 20, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1280>, "gdram">
    %69 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %68, %69 : memref<2x4xf16, strided<[64, 1], offset: 1280>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %70 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %70 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %71 = mlu.subview %70 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %72 = mlu.subview %3 {offsets = array<i64: 20, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1280>, "gdram">
    mlu.sync
    mlu.copy %71, %72 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 1280>, "gdram">
    %73 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %74 = mlu.reshape %73 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %75 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %75 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %76 = mlu.subview %74 {offsets = array<i64: 24, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 1536>, "gdram">
    %77 = mlu.subview %75 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %76, %77 : memref<4x4xf16, strided<[64, 1], offset: 1536>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %78 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %75, %78 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %78, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %79 = mlu.subview %1 {offsets = array<i64: 24, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1536>, "gdram">
    %80 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %79, %80 : memref<2x4xf16, strided<[64, 1], offset: 1536>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %81 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %81 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %82 = mlu.subview %81 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %83 = mlu.subview %3 {offsets = array<i64: 24, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1536>, "gdram">
    mlu.sync
    mlu.copy %82, %83 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 1536>, "gdram">
    %84 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %85 = mlu.reshape %84 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %86 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %86 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %87 = mlu.subview %85 {offsets = array<i64: 28, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 1792>, "gdram">
    %88 = mlu.subview %86 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %87, %88 : memref<4x4xf16, strided<[64, 1], offset: 1792>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %89 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %86, %89 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %89, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %90 = mlu.subview %1 {offsets = array<i64: 28, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1792>, "gdram">
    %91 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %90, %91 : memref<2x4xf16, strided<[64, 1], offset: 1792>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %92 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %92 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %93 = mlu.subview %92 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %94 = mlu.subview %3 {offsets = array<i64: 28, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1792>, "gdram">
    mlu.sync
    mlu.copy %93, %94 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 1792>, "gdram">
    %95 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %96 = mlu.reshape %95 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %97 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %97 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %98 = mlu.subview %96 {offsets = array<i64: 32, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 2048>, "gdram">
    %99 = mlu.subview %97 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %98, %99 : memref<4x4xf16, strided<[64, 1], offset: 2048>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %100 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %97, %100 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %100, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %101 = mlu.subview %1 {offsets = array<i64: 32, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2048>, "gdram">
    %102 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %101, %102 : memref<2x4xf16, strided<[64, 1], offset: 2048>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %103 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %103 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %104 = mlu.subview %103 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %105 = mlu.subview %3 {offsets = array<i64: 32, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2048>, "gdram">
    mlu.sync
    mlu.copy %104, %105 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 2048>, "gdram">
    %106 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %107 = mlu.reshape %106 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %108 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %108 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %109 = mlu.subview %107 {offsets = array<i64: 36, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 2304>, "gdram">
    %110 = mlu.subview %108 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %109, %110 : memref<4x4xf16, strided<[64, 1], offset: 2304>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %111 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %108, %111 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %111, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %112 = mlu.subview %1 {offsets = array<i64: 36, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2304>, "gdram">
    %113 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %112, %113 : memref<2x4xf16, strided<[64, 1], offset: 2304>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %114 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %114 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %115 = mlu.subview %114 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %116 = mlu.subview %3 {offsets = array<i64: 36, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2304>, "gdram">
    mlu.sync
    mlu.copy %115, %116 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 2304>, "gdram">
    %117 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %118 = mlu.reshape %117 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %119 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %119 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %120 = mlu.subview %118 {offsets = array<i64: 40, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 2560>, "gdram">
    %121 = mlu.subview %119 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %120, %121 : memref<4x4xf16, strided<[64, 1], offset: 2560>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %122 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %119, %122 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %122, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %123 = mlu.subview %1 {offsets = array<i64: 40, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2560>, "gdram">
    %124 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %123, %124 : memref<2x4xf16, strided<[64, 1], offset: 2560>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %125 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %125 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %126 = mlu.subview %125 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %127 = mlu.subview %3 {offsets = array<i64: 40, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2560>, "gdram">
    mlu.sync
    mlu.copy %126, %127 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 2560>, "gdram">
    %128 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %129 = mlu.reshape %128 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %130 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %130 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %131 = mlu.subview %129 {offsets = array<i64: 44, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 2816>, "gdram">
    %132 = mlu.subview %130 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %131, %132 : memref<4x4xf16, strided<[64, 1], offset: 2816>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %133 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %130, %133 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %133, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %134 = mlu.subview %1 {offsets = array<i64: 44, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2816>, "gdram">
    %135 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %134, %135 : memref<2x4xf16, strided<[64, 1], offset: 2816>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %136 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %136 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %137 = mlu.subview %136 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %138 = mlu.subview %3 {offsets = array<i64: 44, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2816>, "gdram">
    mlu.sync
    mlu.copy %137, %138 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 2816>, "gdram">
    %139 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %140 = mlu.reshape %139 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %141 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %141 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %142 = mlu.subview %140 {offsets = array<i64: 48, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 3072>, "gdram">
    %143 = mlu.subview %141 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %142, %143 : memref<4x4xf16, strided<[64, 1], offset: 3072>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %144 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %141, %144 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %144, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %145 = mlu.subview %1 {offsets = array<i64: 48, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3072>, "gdram">
    %146 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %145, %146 : memref<2x4xf16, strided<[64, 1], offset: 3072>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %147 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %147 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %148 = mlu.subview %147 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %149 = mlu.subview %3 {offsets = array<i64: 48, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3072>, "gdram">
    mlu.sync
    mlu.copy %148, %149 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 3072>, "gdram">
    %150 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %151 = mlu.reshape %150 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %152 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %152 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %153 = mlu.subview %151 {offsets = array<i64: 52, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 3328>, "gdram">
    %154 = mlu.subview %152 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %153, %154 : memref<4x4xf16, strided<[64, 1], offset: 3328>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %155 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %152, %155 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %155, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %156 = mlu.subview %1 {offsets = array<i64: 52, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3328>, "gdram">
    %157 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %156, %157 : memref<2x4xf16, strided<[64, 1], offset: 3328>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %158 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %158 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %159 = mlu.subview %158 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %160 = mlu.subview %3 {offsets = array<i64: 52, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3328>, "gdram">
    mlu.sync
    mlu.copy %159, %160 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 3328>, "gdram">
    %161 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %162 = mlu.reshape %161 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %163 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %163 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %164 = mlu.subview %162 {offsets = array<i64: 56, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 3584>, "gdram">
    %165 = mlu.subview %163 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %164, %165 : memref<4x4xf16, strided<[64, 1], offset: 3584>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %166 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %163, %166 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %166, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %167 = mlu.subview %1 {offsets = array<i64: 56, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3584>, "gdram">
    %168 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %167, %168 : memref<2x4xf16, strided<[64, 1], offset: 3584>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %169 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %169 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %170 = mlu.subview %169 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %171 = mlu.subview %3 {offsets = array<i64: 56, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3584>, "gdram">
    mlu.sync
    mlu.copy %170, %171 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 3584>, "gdram">
    %172 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %173 = mlu.reshape %172 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %174 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %174 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %175 = mlu.subview %173 {offsets = array<i64: 60, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 3840>, "gdram">
    %176 = mlu.subview %174 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %175, %176 : memref<4x4xf16, strided<[64, 1], offset: 3840>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %177 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %174, %177 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %177, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %178 = mlu.subview %1 {offsets = array<i64: 60, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3840>, "gdram">
    %179 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %178, %179 : memref<2x4xf16, strided<[64, 1], offset: 3840>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %180 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %180 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %181 = mlu.subview %180 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %182 = mlu.subview %3 {offsets = array<i64: 60, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3840>, "gdram">
    mlu.sync
    mlu.copy %181, %182 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 3840>, "gdram">
    %183 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %184 = mlu.reshape %183 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %185 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %185 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %186 = mlu.subview %184 {offsets = array<i64: 64, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 4096>, "gdram">
    %187 = mlu.subview %185 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %186, %187 : memref<4x4xf16, strided<[64, 1], offset: 4096>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %188 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %185, %188 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %188, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %189 = mlu.subview %1 {offsets = array<i64: 64, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4096>, "gdram">
    %190 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %189, %190 : memref<2x4xf16, strided<[64, 1], offset: 4096>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %191 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %191 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %192 = mlu.subview %191 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %193 = mlu.subview %3 {offsets = array<i64: 64, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4096>, "gdram">
    mlu.sync
    mlu.copy %192, %193 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 4096>, "gdram">
    %194 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %195 = mlu.reshape %194 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %196 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %196 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %197 = mlu.subview %195 {offsets = array<i64: 68, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 4352>, "gdram">
    %198 = mlu.subview %196 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %197, %198 : memref<4x4xf16, strided<[64, 1], offset: 4352>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %199 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %196, %199 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %199, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %200 = mlu.subview %1 {offsets = array<i64: 68, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4352>, "gdram">
    %201 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %200, %201 : memref<2x4xf16, strided<[64, 1], offset: 4352>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %202 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %202 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %203 = mlu.subview %202 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %204 = mlu.subview %3 {offsets = array<i64: 68, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4352>, "gdram">
    mlu.sync
    mlu.copy %203, %204 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 4352>, "gdram">
    %205 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %206 = mlu.reshape %205 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %207 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %207 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %208 = mlu.subview %206 {offsets = array<i64: 72, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 4608>, "gdram">
    %209 = mlu.subview %207 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %208, %209 : memref<4x4xf16, strided<[64, 1], offset: 4608>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %210 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %207, %210 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %210, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %211 = mlu.subview %1 {offsets = array<i64: 72, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4608>, "gdram">
    %212 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %211, %212 : memref<2x4xf16, strided<[64, 1], offset: 4608>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %213 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %213 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %214 = mlu.subview %213 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %215 = mlu.subview %3 {offsets = array<i64: 72, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4608>, "gdram">
    mlu.sync
    mlu.copy %214, %215 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 4608>, "gdram">
    %216 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %217 = mlu.reshape %216 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %218 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %218 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %219 = mlu.subview %217 {offsets = array<i64: 76, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 4864>, "gdram">
    %220 = mlu.subview %218 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %219, %220 : memref<4x4xf16, strided<[64, 1], offset: 4864>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %221 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %218, %221 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %221, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %222 = mlu.subview %1 {offsets = array<i64: 76, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4864>, "gdram">
    %223 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %222, %223 : memref<2x4xf16, strided<[64, 1], offset: 4864>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %224 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %224 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %225 = mlu.subview %224 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %226 = mlu.subview %3 {offsets = array<i64: 76, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4864>, "gdram">
    mlu.sync
    mlu.copy %225, %226 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 4864>, "gdram">
    %227 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %228 = mlu.reshape %227 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %229 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %229 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %230 = mlu.subview %228 {offsets = array<i64: 80, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 5120>, "gdram">
    %231 = mlu.subview %229 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %230, %231 : memref<4x4xf16, strided<[64, 1], offset: 5120>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %232 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %229, %232 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %232, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %233 = mlu.subview %1 {offsets = array<i64: 80, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 5120>, "gdram">
    %234 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %233, %234 : memref<2x4xf16, strided<[64, 1], offset: 5120>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %235 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %235 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %236 = mlu.subview %235 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %237 = mlu.subview %3 {offsets = array<i64: 80, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 5120>, "gdram">
    mlu.sync
    mlu.copy %236, %237 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 5120>, "gdram">
    %238 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %239 = mlu.reshape %238 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %240 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %240 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %241 = mlu.subview %239 {offsets = array<i64: 84, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 5376>, "gdram">
    %242 = mlu.subview %240 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %241, %242 : memref<4x4xf16, strided<[64, 1], offset: 5376>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %243 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %240, %243 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %243, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %244 = mlu.subview %1 {offsets = array<i64: 84, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 5376>, "gdram">
    %245 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %244, %245 : memref<2x4xf16, strided<[64, 1], offset: 5376>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %246 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %246 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %247 = mlu.subview %246 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %248 = mlu.subview %3 {offsets = array<i64: 84, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 5376>, "gdram">
    mlu.sync
    mlu.copy %247, %248 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 5376>, "gdram">
    %249 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %250 = mlu.reshape %249 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %251 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %251 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %252 = mlu.subview %250 {offsets = array<i64: 88, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 5632>, "gdram">
    %253 = mlu.subview %251 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %252, %253 : memref<4x4xf16, strided<[64, 1], offset: 5632>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %254 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %251, %254 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %254, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %255 = mlu.subview %1 {offsets = array<i64: 88, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 5632>, "gdram">
    %256 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %255, %256 : memref<2x4xf16, strided<[64, 1], offset: 5632>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %257 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %257 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %258 = mlu.subview %257 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %259 = mlu.subview %3 {offsets = array<i64: 88, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 5632>, "gdram">
    mlu.sync
    mlu.copy %258, %259 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 5632>, "gdram">
    %260 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %261 = mlu.reshape %260 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %262 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %262 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %263 = mlu.subview %261 {offsets = array<i64: 92, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 5888>, "gdram">
    %264 = mlu.subview %262 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %263, %264 : memref<4x4xf16, strided<[64, 1], offset: 5888>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %265 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %262, %265 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %265, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %266 = mlu.subview %1 {offsets = array<i64: 92, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 5888>, "gdram">
    %267 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %266, %267 : memref<2x4xf16, strided<[64, 1], offset: 5888>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %268 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %268 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %269 = mlu.subview %268 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %270 = mlu.subview %3 {offsets = array<i64: 92, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 5888>, "gdram">
    mlu.sync
    mlu.copy %269, %270 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 5888>, "gdram">
    mlu.barrier
    return
  }
  func.func @core1() attributes {mlu.core = 1 : i64} {
    %0 = mlu.get_buffer @input0 : memref<3x2x4x4x64xf16, "gdram">
    %1 = mlu.reshape %0 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %2 = mlu.get_buffer @output0 : memref<3x2x4x4x64xf16, "gdram">
    %3 = mlu.reshape %2 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %4 = mlu.alloc {address = 0 : i64} : memref<2x64xf16, "nram">
    mlu.fill %4 {value = 0.000000e+00 : f32} : memref<2x64xf16, "nram">
    %5 = mlu.alloc {address = 256 : i64} : memref<2x64xf16, "nram">
    %6 = mlu.alloc {address = 0 : i64} : memref<64x64xf16, "wram">
    %7 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %8 = mlu.reshape %7 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %9 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %9 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %10 = mlu.subview %8 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "gdram">
    %11 = mlu.subview %9 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %10, %11 : memref<4x4xf16, strided<[64, 1]>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %12 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %9, %12 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %12, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %13 = mlu.subview %1 {offsets = array<i64: 2, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 128>, "gdram">
    %14 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %13, %14 : memref<2x4xf16, strided<[64, 1], offset: 128>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %15 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %15 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %16 = mlu.subview %15 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %17 = mlu.subview %3 {offsets = array<i64: 2, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 128>, "gdram">
    mlu.sync
    mlu.copy %16, %17 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 128>, "gdram">
    %18 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %19 = mlu.reshape %18 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %20 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %20 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %21 = mlu.subview %19 {offsets = array<i64: 4, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 256>, "gdram">
    %22 = mlu.subview %20 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %21, %22 : memref<4x4xf16, strided<[64, 1], offset: 256>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %23 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %20, %23 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %23, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %24 = mlu.subview %1 {offsets = array<i64: 6, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 384>, "gdram">
    %25 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %24, %25 : memref<2x4xf16, strided<[64, 1], offset: 384>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %26 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %26 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %27 = mlu.subview %26 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %28 = mlu.subview %3 {offsets = array<i64: 6, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 384>, "gdram">
    mlu.sync
    mlu.copy %27, %28 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 384>, "gdram">
    %29 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %30 = mlu.reshape %29 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %31 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %31 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %32 = mlu.subview %30 {offsets = array<i64: 8, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 512>, "gdram">
    %33 = mlu.subview %31 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %32, %33 : memref<4x4xf16, strided<[64, 1], offset: 512>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %34 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %31, %34 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %34, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %35 = mlu.subview %1 {offsets = array<i64: 10, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 640>, "gdram">
    %36 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %35, %36 : memref<2x4xf16, strided<[64, 1], offset: 640>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %37 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %37 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %38 = mlu.subview %37 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %39 = mlu.subview %3 {offsets = array<i64: 10, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 640>, "gdram">
    mlu.sync
    mlu.copy %38, %39 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 640>, "gdram">
    %40 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %41 = mlu.reshape %40 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %42 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %42 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %43 = mlu.subview %41 {offsets = array<i64: 12, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 768>, "gdram">
    %44 = mlu.subview %42 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %43, %44 : memref<4x4xf16, strided<[64, 1], offset: 768>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %45 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %42, %45 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %45, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %46 = mlu.subview %1 {offsets = array<i64: 14, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 896>, "gdram">
    %47 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %46, %47 : memref<2x4xf16, strided<[64, 1], offset: 896>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %48 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %48 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %49 = mlu.subview %48 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %50 = mlu.subview %3 {offsets = array<i64: 14, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 896>, "gdram">
    mlu.sync
    mlu.copy %49, %50 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 896>, "gdram">
    %51 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %52 = mlu.reshape %51 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %53 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %53 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %54 = mlu.subview %52 {offsets = array<i64: 16, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 1024>, "gdram">
    %55 = mlu.subview %53 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %54, %55 : memref<4x4xf16, strided<[64, 1], offset: 1024>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %56 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %53, %56 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %56, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %57 = mlu.subview %1 {offsets = array<i64: 18, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1152>, "gdram">
    %58 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %57, %58 : memref<2x4xf16, strided<[64, 1], offset: 1152>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %59 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %59 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %60 = mlu.subview %59 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %61 = mlu.subview %3 {offsets = array<i64: 18, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1152>, "gdram">
    mlu.sync
    mlu.copy %60, %61 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 1152>, "gdram">
    %62 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %63 = mlu.reshape %62 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %64 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %64 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %65 = mlu.subview %63 {offsets = array<i64: 20, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 1280>, "gdram">
    %66 = mlu.subview %64 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %65, %66 : memref<4x4xf16, strided<[64, 1], offset: 1280>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %67 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %64, %67 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %67, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %68 = mlu.subview %1 {offsets = array<i64: 22, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1408>, "gdram">
    %69 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %68, %69 : memref<2x4xf16, strided<[64, 1], offset: 1408>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %70 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %70 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %71 = mlu.subview %70 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %72 = mlu.subview %3 {offsets = array<i64: 22, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1408>, "gdram">
    mlu.sync
    mlu.copy %71, %72 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 1408>, "gdram">
    %73 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %74 = mlu.reshape %73 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %75 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %75 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %76 = mlu.subview %74 {offsets = array<i64: 24, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 1536>, "gdram">
    %77 = mlu.subview %75 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %76, %77 : memref<4x4xf16, strided<[64, 1], offset: 1536>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %78 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %75, %78 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %78, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %79 = mlu.subview %1 {offsets = array<i64: 26, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1664>, "gdram">
    %80 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %79, %80 : memref<2x4xf16, strided<[64, 1], offset: 1664>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %81 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %81 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %82 = mlu.subview %81 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %83 = mlu.subview %3 {offsets = array<i64: 26, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1664>, "gdram">
    mlu.sync
    mlu.copy %82, %83 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 1664>, "gdram">
    %84 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %85 = mlu.reshape %84 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %86 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %86 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %87 = mlu.subview %85 {offsets = array<i64: 28, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 1792>, "gdram">
    %88 = mlu.subview %86 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %87, %88 : memref<4x4xf16, strided<[64, 1], offset: 1792>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %89 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %86, %89 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %89, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %90 = mlu.subview %1 {offsets = array<i64: 30, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1920>, "gdram">
    %91 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %90, %91 : memref<2x4xf16, strided<[64, 1], offset: 1920>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %92 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %92 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %93 = mlu.subview %92 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %94 = mlu.subview %3 {offsets = array<i64: 30, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 1920>, "gdram">
    mlu.sync
    mlu.copy %93, %94 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 1920>, "gdram">
    %95 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %96 = mlu.reshape %95 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %97 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %97 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %98 = mlu.subview %96 {offsets = array<i64: 32, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 2048>, "gdram">
    %99 = mlu.subview %97 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %98, %99 : memref<4x4xf16, strided<[64, 1], offset: 2048>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %100 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %97, %100 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %100, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %101 = mlu.subview %1 {offsets = array<i64: 34, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2176>, "gdram">
    %102 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %101, %102 : memref<2x4xf16, strided<[64, 1], offset: 2176>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %103 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %103 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %104 = mlu.subview %103 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %105 = mlu.subview %3 {offsets = array<i64: 34, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2176>, "gdram">
    mlu.sync
    mlu.copy %104, %105 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 2176>, "gdram">
    %106 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %107 = mlu.reshape %106 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %108 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %108 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %109 = mlu.subview %107 {offsets = array<i64: 36, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 2304>, "gdram">
    %110 = mlu.subview %108 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %109, %110 : memref<4x4xf16, strided<[64, 1], offset: 2304>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %111 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %108, %111 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %111, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %112 = mlu.subview %1 {offsets = array<i64: 38, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2432>, "gdram">
    %113 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %112, %113 : memref<2x4xf16, strided<[64, 1], offset: 2432>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %114 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %114 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %115 = mlu.subview %114 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %116 = mlu.subview %3 {offsets = array<i64: 38, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2432>, "gdram">
    mlu.sync
    mlu.copy %115, %116 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 2432>, "gdram">
    %117 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %118 = mlu.reshape %117 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %119 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %119 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %120 = mlu.subview %118 {offsets = array<i64: 40, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 2560>, "gdram">
    %121 = mlu.subview %119 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %120, %121 : memref<4x4xf16, strided<[64, 1], offset: 2560>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %122 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %119, %122 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %122, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %123 = mlu.subview %1 {offsets = array<i64: 42, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2688>, "gdram">
    %124 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %123, %124 : memref<2x4xf16, strided<[64, 1], offset: 2688>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %125 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %125 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %126 = mlu.subview %125 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %127 = mlu.subview %3 {offsets = array<i64: 42, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2688>, "gdram">
    mlu.sync
    mlu.copy %126, %127 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 2688>, "gdram">
    %128 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %129 = mlu.reshape %128 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %130 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %130 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %131 = mlu.subview %129 {offsets = array<i64: 44, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 2816>, "gdram">
    %132 = mlu.subview %130 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %131, %132 : memref<4x4xf16, strided<[64, 1], offset: 2816>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %133 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %130, %133 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %133, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %134 = mlu.subview %1 {offsets = array<i64: 46, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2944>, "gdram">
    %135 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %134, %135 : memref<2x4xf16, strided<[64, 1], offset: 2944>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %136 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %136 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %137 = mlu.subview %136 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %138 = mlu.subview %3 {offsets = array<i64: 46, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 2944>, "gdram">
    mlu.sync
    mlu.copy %137, %138 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 2944>, "gdram">
    %139 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %140 = mlu.reshape %139 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %141 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %141 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %142 = mlu.subview %140 {offsets = array<i64: 48, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 3072>, "gdram">
    %143 = mlu.subview %141 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %142, %143 : memref<4x4xf16, strided<[64, 1], offset: 3072>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %144 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %141, %144 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %144, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %145 = mlu.subview %1 {offsets = array<i64: 50, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3200>, "gdram">
    %146 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %145, %146 : memref<2x4xf16, strided<[64, 1], offset: 3200>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %147 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %147 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %148 = mlu.subview %147 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %149 = mlu.subview %3 {offsets = array<i64: 50, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3200>, "gdram">
    mlu.sync
    mlu.copy %148, %149 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 3200>, "gdram">
    %150 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %151 = mlu.reshape %150 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %152 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %152 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %153 = mlu.subview %151 {offsets = array<i64: 52, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 3328>, "gdram">
    %154 = mlu.subview %152 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %153, %154 : memref<4x4xf16, strided<[64, 1], offset: 3328>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %155 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %152, %155 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %155, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %156 = mlu.subview %1 {offsets = array<i64: 54, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3456>, "gdram">
    %157 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %156, %157 : memref<2x4xf16, strided<[64, 1], offset: 3456>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %158 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %158 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %159 = mlu.subview %158 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %160 = mlu.subview %3 {offsets = array<i64: 54, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3456>, "gdram">
    mlu.sync
    mlu.copy %159, %160 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 3456>, "gdram">
    %161 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %162 = mlu.reshape %161 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %163 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %163 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %164 = mlu.subview %162 {offsets = array<i64: 56, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 3584>, "gdram">
    %165 = mlu.subview %163 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %164, %165 : memref<4x4xf16, strided<[64, 1], offset: 3584>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %166 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %163, %166 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %166, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %167 = mlu.subview %1 {offsets = array<i64: 58, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3712>, "gdram">
    %168 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %167, %168 : memref<2x4xf16, strided<[64, 1], offset: 3712>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %169 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %169 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %170 = mlu.subview %169 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %171 = mlu.subview %3 {offsets = array<i64: 58, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3712>, "gdram">
    mlu.sync
    mlu.copy %170, %171 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 3712>, "gdram">
    %172 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %173 = mlu.reshape %172 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %174 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %174 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %175 = mlu.subview %173 {offsets = array<i64: 60, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 3840>, "gdram">
    %176 = mlu.subview %174 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %175, %176 : memref<4x4xf16, strided<[64, 1], offset: 3840>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %177 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %174, %177 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %177, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %178 = mlu.subview %1 {offsets = array<i64: 62, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3968>, "gdram">
    %179 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %178, %179 : memref<2x4xf16, strided<[64, 1], offset: 3968>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %180 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %180 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %181 = mlu.subview %180 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %182 = mlu.subview %3 {offsets = array<i64: 62, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 3968>, "gdram">
    mlu.sync
    mlu.copy %181, %182 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 3968>, "gdram">
    %183 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %184 = mlu.reshape %183 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %185 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %185 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %186 = mlu.subview %184 {offsets = array<i64: 64, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 4096>, "gdram">
    %187 = mlu.subview %185 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %186, %187 : memref<4x4xf16, strided<[64, 1], offset: 4096>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %188 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %185, %188 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %188, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %189 = mlu.subview %1 {offsets = array<i64: 66, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4224>, "gdram">
    %190 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %189, %190 : memref<2x4xf16, strided<[64, 1], offset: 4224>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %191 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %191 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %192 = mlu.subview %191 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %193 = mlu.subview %3 {offsets = array<i64: 66, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4224>, "gdram">
    mlu.sync
    mlu.copy %192, %193 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 4224>, "gdram">
    %194 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %195 = mlu.reshape %194 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %196 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %196 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %197 = mlu.subview %195 {offsets = array<i64: 68, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 4352>, "gdram">
    %198 = mlu.subview %196 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %197, %198 : memref<4x4xf16, strided<[64, 1], offset: 4352>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %199 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %196, %199 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %199, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %200 = mlu.subview %1 {offsets = array<i64: 70, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4480>, "gdram">
    %201 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %200, %201 : memref<2x4xf16, strided<[64, 1], offset: 4480>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %202 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %202 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %203 = mlu.subview %202 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %204 = mlu.subview %3 {offsets = array<i64: 70, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4480>, "gdram">
    mlu.sync
    mlu.copy %203, %204 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 4480>, "gdram">
    %205 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %206 = mlu.reshape %205 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %207 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %207 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %208 = mlu.subview %206 {offsets = array<i64: 72, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 4608>, "gdram">
    %209 = mlu.subview %207 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %208, %209 : memref<4x4xf16, strided<[64, 1], offset: 4608>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %210 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %207, %210 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %210, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %211 = mlu.subview %1 {offsets = array<i64: 74, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4736>, "gdram">
    %212 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %211, %212 : memref<2x4xf16, strided<[64, 1], offset: 4736>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %213 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %213 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %214 = mlu.subview %213 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %215 = mlu.subview %3 {offsets = array<i64: 74, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4736>, "gdram">
    mlu.sync
    mlu.copy %214, %215 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 4736>, "gdram">
    %216 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %217 = mlu.reshape %216 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %218 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %218 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %219 = mlu.subview %217 {offsets = array<i64: 76, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 4864>, "gdram">
    %220 = mlu.subview %218 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %219, %220 : memref<4x4xf16, strided<[64, 1], offset: 4864>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %221 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %218, %221 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %221, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %222 = mlu.subview %1 {offsets = array<i64: 78, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4992>, "gdram">
    %223 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %222, %223 : memref<2x4xf16, strided<[64, 1], offset: 4992>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %224 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %224 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %225 = mlu.subview %224 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %226 = mlu.subview %3 {offsets = array<i64: 78, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 4992>, "gdram">
    mlu.sync
    mlu.copy %225, %226 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 4992>, "gdram">
    %227 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %228 = mlu.reshape %227 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %229 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %229 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %230 = mlu.subview %228 {offsets = array<i64: 80, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 5120>, "gdram">
    %231 = mlu.subview %229 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %230, %231 : memref<4x4xf16, strided<[64, 1], offset: 5120>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %232 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %229, %232 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %232, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %233 = mlu.subview %1 {offsets = array<i64: 82, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 5248>, "gdram">
    %234 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %233, %234 : memref<2x4xf16, strided<[64, 1], offset: 5248>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %235 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %235 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %236 = mlu.subview %235 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %237 = mlu.subview %3 {offsets = array<i64: 82, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 5248>, "gdram">
    mlu.sync
    mlu.copy %236, %237 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 5248>, "gdram">
    %238 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %239 = mlu.reshape %238 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %240 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %240 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %241 = mlu.subview %239 {offsets = array<i64: 84, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 5376>, "gdram">
    %242 = mlu.subview %240 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %241, %242 : memref<4x4xf16, strided<[64, 1], offset: 5376>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %243 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %240, %243 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %243, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %244 = mlu.subview %1 {offsets = array<i64: 86, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 5504>, "gdram">
    %245 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %244, %245 : memref<2x4xf16, strided<[64, 1], offset: 5504>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %246 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %246 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %247 = mlu.subview %246 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %248 = mlu.subview %3 {offsets = array<i64: 86, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 5504>, "gdram">
    mlu.sync
    mlu.copy %247, %248 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 5504>, "gdram">
    %249 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %250 = mlu.reshape %249 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %251 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %251 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %252 = mlu.subview %250 {offsets = array<i64: 88, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 5632>, "gdram">
    %253 = mlu.subview %251 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %252, %253 : memref<4x4xf16, strided<[64, 1], offset: 5632>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %254 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %251, %254 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %254, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %255 = mlu.subview %1 {offsets = array<i64: 90, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 5760>, "gdram">
    %256 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %255, %256 : memref<2x4xf16, strided<[64, 1], offset: 5760>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %257 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %257 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %258 = mlu.subview %257 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %259 = mlu.subview %3 {offsets = array<i64: 90, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 5760>, "gdram">
    mlu.sync
    mlu.copy %258, %259 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 5760>, "gdram">
    %260 = mlu.get_buffer @input1 : memref<3x2x4x4x64xf16, "gdram">
    %261 = mlu.reshape %260 : memref<3x2x4x4x64xf16, "gdram"> -> memref<96x64xf16, "gdram">
    %262 = mlu.alloc {address = 512 : i64} : memref<64x64xf16, "nram">
    mlu.fill %262 {value = 0.000000e+00 : f32} : memref<64x64xf16, "nram">
    %263 = mlu.subview %261 {offsets = array<i64: 92, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<4x4xf16, strided<[64, 1], offset: 5888>, "gdram">
    %264 = mlu.subview %262 {offsets = array<i64: 0, 0>, sizes = array<i64: 4, 4>, steps = array<i64: 1, 1>} : memref<64x64xf16, "nram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    mlu.sync
    mlu.copy %263, %264 : memref<4x4xf16, strided<[64, 1], offset: 5888>, "gdram"> -> memref<4x4xf16, strided<[64, 1]>, "nram">
    %265 = mlu.alloc {address = 8704 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.transpose %262, %265 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.copy %265, %6 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %266 = mlu.subview %1 {offsets = array<i64: 94, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 6016>, "gdram">
    %267 = mlu.subview %4 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    mlu.copy %266, %267 : memref<2x4xf16, strided<[64, 1], offset: 6016>, "gdram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %268 = mlu.windows %5 {offset = 0 : i64, sizes = array<i64: 2, 64>, strides = array<i64: 64, 1>} : memref<2x64xf16, "nram"> -> memref<2x64xf16, "nram">
    mlu.sync
    mlu.mlp %4, %6, %268 : memref<2x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<2x64xf16, "nram">
    %269 = mlu.subview %268 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<2x64xf16, "nram"> -> memref<2x4xf16, strided<[64, 1]>, "nram">
    %270 = mlu.subview %3 {offsets = array<i64: 94, 0>, sizes = array<i64: 2, 4>, steps = array<i64: 1, 1>} : memref<96x64xf16, "gdram"> -> memref<2x4xf16, strided<[64, 1], offset: 6016>, "gdram">
    mlu.sync
    mlu.copy %269, %270 : memref<2x4xf16, strided<[64, 1]>, "nram"> -> memref<2x4xf16, strided<[64, 1], offset: 6016>, "gdram">
    mlu.barrier
    return
  }
}
