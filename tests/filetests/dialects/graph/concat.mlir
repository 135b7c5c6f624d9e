// paleo-opt: graph-to-tensorop

// # tensors one behind the other along an axis
builtin.module {
  func.func @main(%arg0: tensor<4x2x4x3xf32>, %arg1: tensor<4x2x4x3xf32>, %arg2: tensor<4x2x4x2xf32>) -> tensor<4x2x4x8xf32> {
    %0 = graph.concat %arg0, %arg1, %arg2 {axis = 3 : i64} : tensor<4x2x4x3xf32>, tensor<4x2x4x3xf32>, tensor<4x2x4x2xf32> -> tensor<4x2x4x8xf32>
    func.return %0 : tensor<4x2x4x8xf32>
  }
}
// ==>
module {
  func.func @main(%arg0: tensor<4x2x4x3xf32>, %arg1: tensor<4x2x4x3xf32>, %arg2: tensor<4x2x4x2xf32>) -> tensor<4x2x4x8xf32> {
    %0 = tensorop.concat %arg0, %arg1, %arg2 {axis = 3 : i64} : tensor<4x2x4x3xf32>, tensor<4x2x4x3xf32>, tensor<4x2x4x2xf32> -> tensor<4x2x4x8xf32>
    return %0 : tensor<4x2x4x8xf32>
  }
}
