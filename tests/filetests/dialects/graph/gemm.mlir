// paleo-opt: graph-to-tensorop

// # matrix product with scaling and an optional broadcast addend
builtin.module {
  func.func @main(%arg0: tensor<4x3xf32>, %arg1: tensor<3x4xf32>, %arg2: tensor<4x4xf32>) -> tensor<4x4xf32> {
    %0 = graph.gemm %arg0, %arg1, %arg2 {alpha = 1.500000e+00 : f32, beta = 0.000000e+00 : f32, transA = false, transB = false} : tensor<4x3xf32>, tensor<3x4xf32>, tensor<4x4xf32> -> tensor<4x4xf32>
    func.return %0 : tensor<4x4xf32>
  }
}
// ==>
module {
  func.func @main(%arg0: tensor<4x3xf32>, %arg1: tensor<3x4xf32>, %arg2: tensor<4x4xf32>) -> tensor<4x4xf32> {
    %0 = tensorop.matmul %arg0, %arg1 : tensor<4x3xf32>, tensor<3x4xf32> -> tensor<4x4xf32>
    %1 = tensorop.constant dense<1.500000e+00> : tensor<4x4xf32>
    %2 = tensorop.mul %0, %1 : tensor<4x4xf32>
    %3 = tensorop.broadcast %arg2 {shape = array<i64: 4, 4>} : tensor<4x4xf32> -> tensor<4x4xf32>
    %4 = tensorop.constant dense<0.000000e+00> : tensor<4x4xf32>
    %5 = tensorop.mul %3, %4 : tensor<4x4xf32>
    %6 = tensorop.add %2, %5 : tensor<4x4xf32>
    return %6 : tensor<4x4xf32>
  }
}
