// paleo-opt: graph-to-tensorop

// # constants of a network
func.func @main() -> (tensor<2x2xf32>, tensor<3xf32>) {
  %0 = graph.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %1 = graph.constant dense<-0.5> : tensor<3xf32>
  func.return %0, %1 : tensor<2x2xf32>, tensor<3xf32>
}
// ==>
module {
  func.func @main() -> (tensor<2x2xf32>, tensor<3xf32>) {
    %0 = tensorop.constant dense<[[1.000000e+00, 2.000000e+00], [3.000000e+00, 4.000000e+00]]> : tensor<2x2xf32>
    %1 = tensorop.constant dense<-5.000000e-01> : tensor<3xf32>
    return %0, %1 : tensor<2x2xf32>, tensor<3xf32>
  }
}
