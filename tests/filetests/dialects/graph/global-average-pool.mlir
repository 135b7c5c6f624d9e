// paleo-opt: graph-to-tensorop

// # mean of each channel
builtin.module {
  func.func @main(%arg0: tensor<4x3x4x4xf32>) -> tensor<4x3x1x1xf32> {
    %0 = graph.global_average_pool %arg0 : tensor<4x3x4x4xf32> -> tensor<4x3x1x1xf32>
    func.return %0 : tensor<4x3x1x1xf32>
  }
}
// ==>
module {
  func.func @main(%arg0: tensor<4x3x4x4xf32>) -> tensor<4x3x1x1xf32> {
    %0 = tensorop.transpose %arg0 {permutation = array<i64: 0, 2, 3, 1>} : tensor<4x3x4x4xf32> -> tensor<4x4x4x3xf32>
    %1 = tensorop.average_pool %0 {count_include_pad = false, kernel = array<i64: 4, 4>, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 1, 1>} : tensor<4x4x4x3xf32> -> tensor<4x1x1x3xf32>
    %2 = tensorop.transpose %1 {permutation = array<i64: 0, 3, 1, 2>} : tensor<4x1x1x3xf32> -> tensor<4x3x1x1xf32>
    return %2 : tensor<4x3x1x1xf32>
  }
}
