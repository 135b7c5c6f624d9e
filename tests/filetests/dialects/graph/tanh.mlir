// paleo-opt: graph-to-tensorop

// # hyperbolic tangent, element by element
builtin.module {
  func.func @main(%arg0: tensor<3x4x4xf32>) -> tensor<3x4x4xf32> {
    %0 = graph.tanh %arg0 : tensor<3x4x4xf32>
    func.return %0 : tensor<3x4x4xf32>
  }
}
// ==>
module {
  func.func @main(%arg0: tensor<3x4x4xf32>) -> tensor<3x4x4xf32> {
    %0 = tensorop.tanh %arg0 : tensor<3x4x4xf32>
    return %0 : tensor<3x4x4xf32>
  }
}
