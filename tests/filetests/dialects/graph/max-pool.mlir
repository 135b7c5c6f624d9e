// paleo-opt: graph-to-tensorop

// # maximum of each window, NaN if any is
builtin.module {
  func.func @main(%arg0: tensor<4x3x4x4xf32>) -> tensor<4x3x4x2xf32> {
    %0 = graph.max_pool %arg0 {kernel = array<i64: 1, 2>, pads = array<i64: 0, 1, 0, 0>, strides = array<i64: 1, 2>} : tensor<4x3x4x4xf32> -> tensor<4x3x4x2xf32>
    func.return %0 : tensor<4x3x4x2xf32>
  }
}
// ==>
module {
  func.func @main(%arg0: tensor<4x3x4x4xf32>) -> tensor<4x3x4x2xf32> {
    %0 = tensorop.transpose %arg0 {permutation = array<i64: 0, 2, 3, 1>} : tensor<4x3x4x4xf32> -> tensor<4x4x4x3xf32>
    %1 = tensorop.max_pool %0 {kernel = array<i64: 1, 2>, pads = array<i64: 0, 1, 0, 0>, strides = array<i64: 1, 2>} : tensor<4x4x4x3xf32> -> tensor<4x4x2x3xf32>
    %2 = tensorop.transpose %1 {permutation = array<i64: 0, 3, 1, 2>} : tensor<4x4x2x3xf32> -> tensor<4x3x4x2xf32>
    return %2 : tensor<4x3x4x2xf32>
  }
}
