// paleo-opt: graph-to-tensorop

// # 2-D convolution, NCHW image, grouped filters, optional bias
builtin.module {
  func.func @main(%arg0: tensor<4x4x4x3xf32>, %arg1: tensor<3x4x2x2xf32>, %arg2: tensor<3xf32>) -> tensor<4x3x2x1xf32> {
    %0 = graph.conv %arg0, %arg1, %arg2 {dilations = array<i64: 4, 4>, group = 1 : i64, pads = array<i64: 2, 1, 2, 1>, strides = array<i64: 3, 2>} : tensor<4x4x4x3xf32>, tensor<3x4x2x2xf32>, tensor<3xf32> -> tensor<4x3x2x1xf32>
    func.return %0 : tensor<4x3x2x1xf32>
  }
}
// ==>
module {
  func.func @main(%arg0: tensor<4x4x4x3xf32>, %arg1: tensor<3x4x2x2xf32>, %arg2: tensor<3xf32>) -> tensor<4x3x2x1xf32> {
    %0 = tensorop.transpose %arg0 {permutation = array<i64: 0, 2, 3, 1>} : tensor<4x4x4x3xf32> -> tensor<4x4x3x4xf32>
    %1 = tensorop.pad %0 {high = array<i64: 0, 2, 1, 0>, low = array<i64: 0, 2, 1, 0>} : tensor<4x4x3x4xf32> -> tensor<4x8x5x4xf32>
    %2 = tensorop.transpose %arg1 {permutation = array<i64: 0, 2, 3, 1>} : tensor<3x4x2x2xf32> -> tensor<3x2x2x4xf32>
    %3 = tensorop.conv2d %1, %2 {dilations = array<i64: 4, 4>, strides = array<i64: 3, 2>} : tensor<4x8x5x4xf32>, tensor<3x2x2x4xf32> -> tensor<4x2x1x3xf32>
    %4 = tensorop.add_bias %3, %arg2 : tensor<4x2x1x3xf32>
    %5 = tensorop.transpose %4 {permutation = array<i64: 0, 3, 1, 2>} : tensor<4x2x1x3xf32> -> tensor<4x3x2x1xf32>
    return %5 : tensor<4x3x2x1xf32>
  }
}
