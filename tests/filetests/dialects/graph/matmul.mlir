// paleo-opt: graph-to-tensorop

// # matrix product, for each of a batch
builtin.module {
  func.func @main(%arg0: tensor<3x2x4x4x4xf32>, %arg1: tensor<3x2x4x4x4xf32>) -> tensor<3x2x4x4x4xf32> {
    %0 = graph.matmul %arg0, %arg1 : tensor<3x2x4x4x4xf32>, tensor<3x2x4x4x4xf32> -> tensor<3x2x4x4x4xf32>
    func.return %0 : tensor<3x2x4x4x4xf32>
  }
}
// ==>
module {
  func.func @main(%arg0: tensor<3x2x4x4x4xf32>, %arg1: tensor<3x2x4x4x4xf32>) -> tensor<3x2x4x4x4xf32> {
    %0 = tensorop.matmul %arg0, %arg1 : tensor<3x2x4x4x4xf32>, tensor<3x2x4x4x4xf32> -> tensor<3x2x4x4x4xf32>
    return %0 : tensor<3x2x4x4x4xf32>
  }
}
