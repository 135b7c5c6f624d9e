// paleo-opt: graph-to-tensorop

// # limits every element to a range
builtin.module {
  func.func @main(%arg0: tensor<3x4x4xf32>) -> tensor<3x4x4xf32> {
    %0 = graph.clip %arg0 {high = 0.000000e+00 : f32, low = 1.000000e+00 : f32} : tensor<3x4x4xf32>
    func.return %0 : tensor<3x4x4xf32>
  }
}
// ==>
module {
  func.func @main(%arg0: tensor<3x4x4xf32>) -> tensor<3x4x4xf32> {
    %0 = tensorop.clip %arg0 {high = 0.000000e+00 : f32, low = 1.000000e+00 : f32} : tensor<3x4x4xf32>
    return %0 : tensor<3x4x4xf32>
  }
}
