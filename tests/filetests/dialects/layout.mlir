// paleo-opt: graph-to-tensorop,canonicalize,propagate-layout,canonicalize

// # changes of layout between layers cancel, a channel constant becomes a bias
func.func @main(%image: tensor<1x3x8x8xf32>, %filter: tensor<4x3x3x3xf32>) -> tensor<1x4x3x3xf32> {
  %bias = graph.constant dense<[[[1.0]], [[2.0]], [[3.0]], [[4.0]]]> : tensor<4x1x1xf32>
  %0 = graph.conv %image, %filter : tensor<1x3x8x8xf32>, tensor<4x3x3x3xf32> -> tensor<1x4x6x6xf32>
  %1 = graph.add %0, %bias : tensor<1x4x6x6xf32>, tensor<4x1x1xf32> -> tensor<1x4x6x6xf32>
  %2 = graph.relu %1 : tensor<1x4x6x6xf32>
  %3 = graph.max_pool %2 {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>} : tensor<1x4x6x6xf32> -> tensor<1x4x3x3xf32>
  func.return %3 : tensor<1x4x3x3xf32>
}
// ==>
module {
  func.func @main(%arg0: tensor<1x3x8x8xf32>, %arg1: tensor<4x3x3x3xf32>) -> tensor<1x4x3x3xf32> {
    %0 = tensorop.constant dense<[1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00]> : tensor<4xf32>
    %1 = tensorop.transpose %arg0 {permutation = array<i64: 0, 2, 3, 1>} : tensor<1x3x8x8xf32> -> tensor<1x8x8x3xf32>
    %2 = tensorop.transpose %arg1 {permutation = array<i64: 0, 2, 3, 1>} : tensor<4x3x3x3xf32> -> tensor<4x3x3x3xf32>
    %3 = tensorop.conv2d %1, %2 {dilations = array<i64: 1, 1>, strides = array<i64: 1, 1>} : tensor<1x8x8x3xf32>, tensor<4x3x3x3xf32> -> tensor<1x6x6x4xf32>
    %4 = tensorop.add_bias %3, %0 : tensor<1x6x6x4xf32>
    %5 = tensorop.relu %4 : tensor<1x6x6x4xf32>
    %6 = tensorop.max_pool %5 {kernel = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 2, 2>} : tensor<1x6x6x4xf32> -> tensor<1x3x3x4xf32>
    %7 = tensorop.transpose %6 {permutation = array<i64: 0, 3, 1, 2>} : tensor<1x3x3x4xf32> -> tensor<1x4x3x3xf32>
    return %7 : tensor<1x4x3x3xf32>
  }
}
