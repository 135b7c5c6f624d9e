// paleo-opt: graph-to-tensorop

// # the same elements in row-major order with other extents
builtin.module {
  func.func @main(%arg0: tensor<3x4x4xf32>) -> tensor<48xf32> {
    %0 = graph.reshape %arg0 {shape = array<i64: 48>} : tensor<3x4x4xf32> -> tensor<48xf32>
    func.return %0 : tensor<48xf32>
  }
}
// ==>
module {
  func.func @main(%arg0: tensor<3x4x4xf32>) -> tensor<48xf32> {
    %0 = tensorop.reshape %arg0 {shape = array<i64: 48>} : tensor<3x4x4xf32> -> tensor<48xf32>
    return %0 : tensor<48xf32>
  }
}
