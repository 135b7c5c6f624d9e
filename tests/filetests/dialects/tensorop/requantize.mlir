// paleo-opt: tensorop-to-mlu{cores=1},plan-memory,insert-syncs

// # two digits fewer, by way of halves
builtin.module {
  func.func @main(%arg0: tensor<2x70xi8>) -> tensor<2x70xi8> {
    %0 = tensorop.requantize %arg0 {shift = 2} : tensor<2x70xi8> -> tensor<2x70xi8>
    func.return %0 : tensor<2x70xi8>
  }
}
// ==>
module {
  mlu.buffer "input0" {role = "input", shape = array<i64: 2, 70>, type = memref<2x128xi8, "gdram">}
  mlu.buffer "output0" {role = "output", shape = array<i64: 2, 70>, type = memref<2x128xi8, "gdram">}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.get_buffer @input0 : memref<2x128xi8, "gdram">
    %1 = mlu.get_buffer @output0 : memref<2x128xi8, "gdram">
    %2 = mlu.alloc {address = 0 : i64} : memref<2x128xi8, "nram">
    mlu.fill %2 {value = 0.000000e+00 : f32} : memref<2x128xi8, "nram">
    %3 = mlu.alloc {address = 256 : i64} : memref<2x128xi8, "nram">
    %4 = mlu.alloc {address = 512 : i64} : memref<2x128xf16, "nram">
    %5 = mlu.subview %0 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 70>, steps = array<i64: 1, 1>} : memref<2x128xi8, "gdram"> -> memref<2x70xi8, strided<[128, 1]>, "gdram">
    %6 = mlu.subview %2 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 70>, steps = array<i64: 1, 1>} : memref<2x128xi8, "nram"> -> memref<2x70xi8, strided<[128, 1]>, "nram">
    mlu.sync
    mlu.copy %5, %6 : memref<2x70xi8, strided<[128, 1]>, "gdram"> -> memref<2x70xi8, strided<[128, 1]>, "nram">
    mlu.sync
    mlu.dequantize %2, %4 {position = 0 : i64} : memref<2x128xi8, "nram"> -> memref<2x128xf16, "nram">
    mlu.quantize %4, %3 {position = 2 : i64, rounding = "nearest"} : memref<2x128xf16, "nram"> -> memref<2x128xi8, "nram">
    %7 = mlu.subview %3 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 70>, steps = array<i64: 1, 1>} : memref<2x128xi8, "nram"> -> memref<2x70xi8, strided<[128, 1]>, "nram">
    %8 = mlu.subview %1 {offsets = array<i64: 0, 0>, sizes = array<i64: 2, 70>, steps = array<i64: 1, 1>} : memref<2x128xi8, "gdram"> -> memref<2x70xi8, strided<[128, 1]>, "gdram">
    mlu.sync
    mlu.copy %7, %8 : memref<2x70xi8, strided<[128, 1]>, "nram"> -> memref<2x70xi8, strided<[128, 1]>, "gdram">
    return
  }
}

// # a half does not hold every integer of 16 bits
builtin.module {
  func.func @main(%arg0: tensor<4xi16>) -> tensor<4xi8> {
    %0 = tensorop.requantize %arg0 {shift = 8} : tensor<4xi16> -> tensor<4xi8> // error: reads i16, the machine requantises i8 to i8 or i16; a half does not hold every wider integer
    func.return %0 : tensor<4xi8>
  }
}

// # what the machine does not hold
builtin.module {
  func.func @main(%arg0: tensor<4xi32>) -> tensor<4xi8> { // error: a tensor of type tensor<4xi32> has no form on the machine, which holds f16, f32, i8, i16
    %0 = tensorop.requantize %arg0 {shift = 8} : tensor<4xi32> -> tensor<4xi8>
    func.return %0 : tensor<4xi8>
  }
}
