// paleo-opt: tensorop-to-mlu{cores=1},plan-memory,insert-syncs

// # integers of 1/256 as halves
builtin.module {
  func.func @main(%arg0: tensor<3x64xi16>) -> tensor<3x64xf16> {
    %0 = tensorop.dequantize %arg0 {position = -8} : tensor<3x64xi16> -> tensor<3x64xf16>
    func.return %0 : tensor<3x64xf16>
  }
}
// ==>
module {
  mlu.buffer "input0" {role = "input", shape = array<i64: 3, 64>, type = memref<3x64xi16, "gdram">}
  mlu.buffer "output0" {role = "output", shape = array<i64: 3, 64>, type = memref<3x64xf16, "gdram">}
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.get_buffer @input0 : memref<3x64xi16, "gdram">
    %1 = mlu.get_buffer @output0 : memref<3x64xf16, "gdram">
    %2 = mlu.alloc {address = 0 : i64} : memref<3x64xi16, "nram">
    %3 = mlu.alloc {address = 384 : i64} : memref<3x64xf16, "nram">
    mlu.copy %0, %2 : memref<3x64xi16, "gdram"> -> memref<3x64xi16, "nram">
    mlu.sync
    mlu.dequantize %2, %3 {position = -8 : i64} : memref<3x64xi16, "nram"> -> memref<3x64xf16, "nram">
    mlu.sync
    mlu.copy %3, %1 : memref<3x64xf16, "nram"> -> memref<3x64xf16, "gdram">
    return
  }
}

// # singles have no instruction
builtin.module {
  func.func @main(%arg0: tensor<4xi8>) -> tensor<4xf32> {
    %0 = tensorop.dequantize %arg0 {position = 0} : tensor<4xi8> -> tensor<4xf32> // error: gives f32, the machine dequantises to f16; run cast-to-half before
    func.return %0 : tensor<4xf32>
  }
}
