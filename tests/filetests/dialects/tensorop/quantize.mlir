// paleo-opt: tensorop-to-mlu{cores=1},plan-memory,insert-syncs

// # halves as bytes of 1/16, rounded down
builtin.module {
  func.func @main(%arg0: tensor<2x70xf16>) -> tensor<2x70xi8> {
    %0 = tensorop.quantize %arg0 {position = -4, rounding = "down"} : tensor<2x70xf16> -> tensor<2x70xi8>
    func.return %0 : tensor<2x70xi8>
  }
}
// ==>
module {
  mlu.buffer "input0" {role = "input", shape = array<i64: 2, 70>, type = memref<2x128xf16, "gdram">}
  mlu.buffer "output0" {role = "output", shape = array<i64: 2, 70>, type = memref<2x128xi8, "gdram">}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.get_buffer @input0 : memref<2x128xf16, "gdram">
    %1 = mlu.get_buffer @output0 : memref<2x128xi8, "gdram">
    %2 = mlu.alloc {address = 0 : i64} : memref<2x128xf16, "nram">
    mlu.fill %2 {value = 0.000000e+00 : f32} : memref<2x128xf16, "nram">
    %3 = mlu.alloc {address = 512 : i64} : memref<2x128xi8, "nram">
    %4 = mlu.subview %0 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 70>, steps = array<i64: 1, 1>} : memref<2x128xf16, "gdram"> -> memref<2x70xf16, strided<[128, 1]>, "gdram">
    %5 = mlu.subview %2 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 70>, steps = array<i64: 1, 1>} : memref<2x128xf16, "nram"> -> memref<2x70xf16, strided<[128, 1]>, "nram">
    mlu.sync
    mlu.copy %4, %5 : memref<2x70xf16, strided<[128, 1]>, "gdram"> -> memref<2x70xf16, strided<[128, 1]>, "nram">
    mlu.sync
    mlu.quantize %2, %3 {position = -4 : i64, rounding = "down"} : memref<2x128xf16, "nram"> -> memref<2x128xi8, "nram">
    %6 = mlu.subview %3 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 70>, steps = array<i64: 1, 1>} : memref<2x128xi8, "nram"> -> memref<2x70xi8, strided<[128, 1]>, "nram">
    %7 = mlu.subview %1 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 70>, steps = array<i64: 1, 1>} : memref<2x128xi8, "gdram"> -> memref<2x70xi8, strided<[128, 1]>, "gdram">
    mlu.sync
    mlu.copy %6, %7 : memref<2x70xi8, strided<[128, 1]>, "nram"> -> memref<2x70xi8, strided<[128, 1]>, "gdram">
    return
  }
}

// # singles have no instruction
builtin.module {
  func.func @main(%arg0: tensor<4xf32>) -> tensor<4xi16> {
    %0 = tensorop.quantize %arg0 {position = 0} : tensor<4xf32> -> tensor<4xi16> // error: reads f32, the machine quantises f16; run cast-to-half before
    func.return %0 : tensor<4xi16>
  }
}

// # positions are what the machine takes
builtin.module {
  func.func @main(%arg0: tensor<4xf16>) -> tensor<4xi8> {
    %0 = tensorop.quantize %arg0 {position = 128} : tensor<4xf16> -> tensor<4xi8> // error: position
    func.return %0 : tensor<4xi8>
  }
}

// # and so are the integers
builtin.module {
  func.func @main(%arg0: tensor<4xf16>) -> tensor<4xi32> {
    %0 = tensorop.quantize %arg0 {position = 0} : tensor<4xf16> -> tensor<4xi32> // error: expected i8 or i16
    func.return %0 : tensor<4xi32>
  }
}
