// paleo-opt: graph-to-tensorop

// # axes in another order
builtin.module {
  func.func @main(%arg0: tensor<3x4x4xf32>) -> tensor<3x4x4xf32> {
    %0 = graph.transpose %arg0 {permutation = array<i64: 0, 2, 1>} : tensor<3x4x4xf32> -> tensor<3x4x4xf32>
    func.return %0 : tensor<3x4x4xf32>
  }
}
// ==>
module {
  func.func @main(%arg0: tensor<3x4x4xf32>) -> tensor<3x4x4xf32> {
    %0 = tensorop.transpose %arg0 {permutation = array<i64: 0, 2, 1>} : tensor<3x4x4xf32> -> tensor<3x4x4xf32>
    return %0 : tensor<3x4x4xf32>
  }
}
