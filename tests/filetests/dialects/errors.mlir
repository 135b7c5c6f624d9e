// paleo-opt:

// # extents that do not meet
func.func @main(%a: tensor<2x3xf32>, %b: tensor<4x5xf32>) -> tensor<2x5xf32> {
  %0 = tensorop.matmul %a, %b : tensor<2x3xf32>, tensor<4x5xf32> -> tensor<2x5xf32> // error: operand 'rhs' has K = 4, but K = 3 already
  func.return %0 : tensor<2x5xf32>
}

// # an attribute out of its domain
func.func @main(%a: tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32> {
  %0 = tensorop.max_pool %a {kernel = array<i64: 0, 1>} : tensor<1x4x4x1xf32> -> tensor<1x4x4x1xf32> // error: attribute 'kernel' is array<i64: 0, 1>, expected 2 ×
  func.return %0 : tensor<1x4x4x1xf32>
}

// # a value that nothing defines
func.func @main() -> tensor<1xf32> {
  func.return %nothing : tensor<1xf32> // error: use of undeclared SSA value name
}

// # a copy that no DMA can do
func.func @core0() {
  %a = mlu.alloc : memref<64xf16, "wram">
  %b = mlu.alloc : memref<64xf16, "wram">
  mlu.copy %a, %b : memref<64xf16, "wram"> -> memref<64xf16, "wram"> // error: copies from 'wram' to 'wram', which no DMA joins
  func.return
}
