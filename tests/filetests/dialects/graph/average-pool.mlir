// paleo-opt: graph-to-tensorop

// # mean of each window
builtin.module {
  func.func @main(%arg0: tensor<4x3x4x4xf32>) -> tensor<4x3x2x4xf32> {
    %0 = graph.average_pool %arg0 {count_include_pad = false, kernel = array<i64: 2, 2>, pads = array<i64: 0, 0, 1, 1>, strides = array<i64: 2, 1>} : tensor<4x3x4x4xf32> -> tensor<4x3x2x4xf32>
    func.return %0 : tensor<4x3x2x4xf32>
  }
}
// ==>
module {
  func.func @main(%arg0: tensor<4x3x4x4xf32>) -> tensor<4x3x2x4xf32> {
    %0 = tensorop.transpose %arg0 {permutation = array<i64: 0, 2, 3, 1>} : tensor<4x3x4x4xf32> -> tensor<4x4x4x3xf32>
    %1 = tensorop.average_pool %0 {count_include_pad = false, kernel = array<i64: 2, 2>, pads = array<i64: 0, 0, 1, 1>, strides = array<i64: 2, 1>} : tensor<4x4x4x3xf32> -> tensor<4x2x4x3xf32>
    %2 = tensorop.transpose %1 {permutation = array<i64: 0, 3, 1, 2>} : tensor<4x2x4x3xf32> -> tensor<4x3x2x4xf32>
    return %2 : tensor<4x3x2x4xf32>
  }
}
