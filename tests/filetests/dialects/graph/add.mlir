// paleo-opt: graph-to-tensorop

// # sum, element by element; dimensions of extent 1 repeat
builtin.module {
  func.func @main(%arg0: tensor<3x3x4xf32>, %arg1: tensor<3x3x4xf32>) -> tensor<3x3x4xf32> {
    %0 = graph.add %arg0, %arg1 : tensor<3x3x4xf32>, tensor<3x3x4xf32> -> tensor<3x3x4xf32>
    func.return %0 : tensor<3x3x4xf32>
  }
}
// ==>
module {
  func.func @main(%arg0: tensor<3x3x4xf32>, %arg1: tensor<3x3x4xf32>) -> tensor<3x3x4xf32> {
    %0 = tensorop.add %arg0, %arg1 : tensor<3x3x4xf32>
    return %0 : tensor<3x3x4xf32>
  }
}
