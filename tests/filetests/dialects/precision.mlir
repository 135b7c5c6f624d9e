// paleo-opt: cast-to-half,expand-division,canonicalize

// # arguments and results keep their types, division becomes a reciprocal
func.func @main(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %0 = tensorop.constant dense<0.1> : tensor<2x3xf32>
  %1 = tensorop.div %x, %0 : tensor<2x3xf32>
  func.return %1 : tensor<2x3xf32>
}
// ==>
module {
  func.func @main(%arg0: tensor<2x3xf32>) -> tensor<2x3xf32> {
    %0 = tensorop.constant dense<9.997550e-02> : tensor<2x3xf16>
    %1 = tensorop.cast %arg0 : tensor<2x3xf32> -> tensor<2x3xf16>
    %2 = tensorop.recip %0 : tensor<2x3xf16>
    %3 = tensorop.mul %1, %2 : tensor<2x3xf16>
    %4 = tensorop.cast %3 : tensor<2x3xf16> -> tensor<2x3xf32>
    return %4 : tensor<2x3xf32>
  }
}
