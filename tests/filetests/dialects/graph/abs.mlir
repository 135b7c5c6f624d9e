// paleo-opt: graph-to-tensorop

// # magnitude, element by element
builtin.module {
  func.func @main(%arg0: tensor<3x4x4xf32>) -> tensor<3x4x4xf32> {
    %0 = graph.abs %arg0 : tensor<3x4x4xf32>
    func.return %0 : tensor<3x4x4xf32>
  }
}
// ==>
module {
  func.func @main(%arg0: tensor<3x4x4xf32>) -> tensor<3x4x4xf32> {
    %0 = tensorop.abs %arg0 : tensor<3x4x4xf32>
    return %0 : tensor<3x4x4xf32>
  }
}
