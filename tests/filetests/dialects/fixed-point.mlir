// paleo-opt: canonicalize

// # more digits first: one requantisation does the work of two
func.func @main(%q: tensor<4xi8>) -> tensor<4xi8> {
  %0 = tensorop.requantize %q {shift = -3} : tensor<4xi8> -> tensor<4xi16>
  %1 = tensorop.requantize %0 {shift = 5, rounding = "up"} : tensor<4xi16> -> tensor<4xi8>
  return %1 : tensor<4xi8>
}
// ==>
module {
  func.func @main(%arg0: tensor<4xi8>) -> tensor<4xi8> {
    %0 = tensorop.requantize %arg0 {rounding = "up", shift = 2 : i64} : tensor<4xi8> -> tensor<4xi8>
    return %0 : tensor<4xi8>
  }
}

// # rounded down twice is rounded down once; to nearest twice is not
func.func @main(%q: tensor<4xi32>) -> (tensor<4xi8>, tensor<4xi8>) {
  %0 = tensorop.requantize %q {shift = 8, rounding = "down"} : tensor<4xi32> -> tensor<4xi32>
  %1 = tensorop.requantize %0 {shift = 3, rounding = "down"} : tensor<4xi32> -> tensor<4xi8>
  %2 = tensorop.requantize %q {shift = 8} : tensor<4xi32> -> tensor<4xi32>
  %3 = tensorop.requantize %2 {shift = 3} : tensor<4xi32> -> tensor<4xi8>
  return %1, %3 : tensor<4xi8>, tensor<4xi8>
}
// ==>
module {
  func.func @main(%arg0: tensor<4xi32>) -> (tensor<4xi8>, tensor<4xi8>) {
    %0 = tensorop.requantize %arg0 {rounding = "down", shift = 11 : i64} : tensor<4xi32> -> tensor<4xi8>
    %1 = tensorop.requantize %arg0 {shift = 8 : i64} : tensor<4xi32> -> tensor<4xi32>
    %2 = tensorop.requantize %1 {shift = 3 : i64} : tensor<4xi32> -> tensor<4xi8>
    return %0, %2 : tensor<4xi8>, tensor<4xi8>
  }
}

// # the limits of bytes show where the result has more; where it has not they do not
func.func @main(%q: tensor<4xi32>) -> (tensor<4xi16>, tensor<4xi4>) {
  %0 = tensorop.requantize %q {shift = 0} : tensor<4xi32> -> tensor<4xi8>
  %1 = tensorop.requantize %0 {shift = -1} : tensor<4xi8> -> tensor<4xi16>
  %2 = tensorop.requantize %0 {shift = 2} : tensor<4xi8> -> tensor<4xi4>
  return %1, %2 : tensor<4xi16>, tensor<4xi4>
}
// ==>
module {
  func.func @main(%arg0: tensor<4xi32>) -> (tensor<4xi16>, tensor<4xi4>) {
    %0 = tensorop.requantize %arg0 {shift = 0 : i64} : tensor<4xi32> -> tensor<4xi8>
    %1 = tensorop.requantize %0 {shift = -1 : i64} : tensor<4xi8> -> tensor<4xi16>
    %2 = tensorop.requantize %arg0 {rounding = "nearest", shift = 2 : i64} : tensor<4xi32> -> tensor<4xi4>
    return %1, %2 : tensor<4xi16>, tensor<4xi4>
  }
}

// # by nothing to the same type, and rounded where there is nothing to round
func.func @main(%q: tensor<4xi8>) -> (tensor<4xi8>, tensor<4xi16>) {
  %0 = tensorop.requantize %q {shift = 0, rounding = "away"} : tensor<4xi8> -> tensor<4xi8>
  %1 = tensorop.requantize %0 {shift = -2, rounding = "down"} : tensor<4xi8> -> tensor<4xi16>
  return %0, %1 : tensor<4xi8>, tensor<4xi16>
}
// ==>
module {
  func.func @main(%arg0: tensor<4xi8>) -> (tensor<4xi8>, tensor<4xi16>) {
    %0 = tensorop.requantize %arg0 {rounding = "nearest", shift = -2 : i64} : tensor<4xi8> -> tensor<4xi16>
    return %arg0, %0 : tensor<4xi8>, tensor<4xi16>
  }
}

// # halves hold every byte at position 8, at 9 they do not
func.func @main(%q: tensor<4xi8>) -> (tensor<4xi8>, tensor<4xi8>) {
  %0 = tensorop.dequantize %q {position = 8} : tensor<4xi8> -> tensor<4xf16>
  %1 = tensorop.quantize %0 {position = 10, rounding = "zero"} : tensor<4xf16> -> tensor<4xi8>
  %2 = tensorop.dequantize %q {position = 9} : tensor<4xi8> -> tensor<4xf16>
  %3 = tensorop.quantize %2 {position = 10} : tensor<4xf16> -> tensor<4xi8>
  return %1, %3 : tensor<4xi8>, tensor<4xi8>
}
// ==>
module {
  func.func @main(%arg0: tensor<4xi8>) -> (tensor<4xi8>, tensor<4xi8>) {
    %0 = tensorop.requantize %arg0 {rounding = "zero", shift = 2 : i64} : tensor<4xi8> -> tensor<4xi8>
    %1 = tensorop.dequantize %arg0 {position = 9 : i64} : tensor<4xi8> -> tensor<4xf16>
    %2 = tensorop.quantize %1 {position = 10 : i64} : tensor<4xf16> -> tensor<4xi8>
    return %0, %2 : tensor<4xi8>, tensor<4xi8>
  }
}

// # a dequantised requantisation that loses nothing, and casts around fixed point
func.func @main(%q: tensor<4xi8>, %x: tensor<4xf16>) -> (tensor<4xf16>, tensor<4xf16>, tensor<4xi8>) {
  %0 = tensorop.requantize %q {shift = -8} : tensor<4xi8> -> tensor<4xi16>
  %1 = tensorop.dequantize %0 {position = -10} : tensor<4xi16> -> tensor<4xf16>
  %2 = tensorop.dequantize %q {position = -10} : tensor<4xi8> -> tensor<4xf32>
  %3 = tensorop.cast %2 : tensor<4xf32> -> tensor<4xf16>
  %4 = tensorop.cast %x : tensor<4xf16> -> tensor<4xf32>
  %5 = tensorop.quantize %4 {position = -3} : tensor<4xf32> -> tensor<4xi8>
  return %1, %3, %5 : tensor<4xf16>, tensor<4xf16>, tensor<4xi8>
}
// ==>
module {
  func.func @main(%arg0: tensor<4xi8>, %arg1: tensor<4xf16>) -> (tensor<4xf16>, tensor<4xf16>, tensor<4xi8>) {
    %0 = tensorop.dequantize %arg0 {position = -2 : i64} : tensor<4xi8> -> tensor<4xf16>
    %1 = tensorop.dequantize %arg0 {position = -10 : i64} : tensor<4xi8> -> tensor<4xf16>
    %2 = tensorop.quantize %arg1 {position = -3 : i64, rounding = "nearest"} : tensor<4xf16> -> tensor<4xi8>
    return %0, %1, %2 : tensor<4xf16>, tensor<4xf16>, tensor<4xi8>
  }
}
