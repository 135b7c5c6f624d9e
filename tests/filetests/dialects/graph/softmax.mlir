// paleo-opt: graph-to-tensorop

// # exponentials over one axis, divided by their sum
builtin.module {
  func.func @main(%arg0: tensor<3x4x4xf32>) -> tensor<3x4x4xf32> {
    %0 = graph.softmax %arg0 {axis = 0 : i64} : tensor<3x4x4xf32>
    func.return %0 : tensor<3x4x4xf32>
  }
}
// ==>
module {
  func.func @main(%arg0: tensor<3x4x4xf32>) -> tensor<3x4x4xf32> {
    %0 = tensorop.transpose %arg0 {permutation = array<i64: 2, 1, 0>} : tensor<3x4x4xf32> -> tensor<4x4x3xf32>
    %1 = tensorop.reduce_max %0 : tensor<4x4x3xf32> -> tensor<4x4x1xf32>
    %2 = tensorop.broadcast %1 {shape = array<i64: 4, 4, 3>} : tensor<4x4x1xf32> -> tensor<4x4x3xf32>
    %3 = tensorop.sub %0, %2 : tensor<4x4x3xf32>
    %4 = tensorop.exp %3 : tensor<4x4x3xf32>
    %5 = tensorop.reduce_sum %4 : tensor<4x4x3xf32> -> tensor<4x4x1xf32>
    %6 = tensorop.broadcast %5 {shape = array<i64: 4, 4, 3>} : tensor<4x4x1xf32> -> tensor<4x4x3xf32>
    %7 = tensorop.div %4, %6 : tensor<4x4x3xf32>
    %8 = tensorop.transpose %7 {permutation = array<i64: 2, 1, 0>} : tensor<4x4x3xf32> -> tensor<3x4x4xf32>
    return %8 : tensor<3x4x4xf32>
  }
}
