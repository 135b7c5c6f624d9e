// paleo-opt:

// # made, measured and taken apart
func.func @elements(%t: tensor<4x?xf32>, %u: tensor<*xf32>, %i: index, %s: f32) -> (index, index, f32) {
  %0 = tensor.empty(%i) : tensor<4x?xf32>
  %1 = tensor.from_elements %s, %s, %s, %s : tensor<2x2xf32>
  %2 = tensor.splat %s : tensor<4xf32>
  %3 = tensor.splat %s[%i] : tensor<4x?xf32>
  %4 = tensor.generate %i {
  ^bb0(%j: index, %k: index):
    %at = tensor.extract %t[%j, %k] : tensor<4x?xf32>
    tensor.yield %at : f32
  } : tensor<4x?xf32>
  %5 = tensor.insert %s into %4[%i, %i] : tensor<4x?xf32>
  %6 = tensor.dim %5, %i : tensor<4x?xf32>
  %7 = tensor.rank %u : tensor<*xf32>
  %8 = tensor.extract %5[%i, %i] : tensor<4x?xf32>
  func.return %6, %7, %8 : index, index, f32
}
// ==>
module {
  func.func @elements(%arg0: tensor<4x?xf32>, %arg1: tensor<*xf32>, %arg2: index, %arg3: f32) -> (index, index, f32) {
    %0 = tensor.empty(%arg2) : tensor<4x?xf32>
    %1 = tensor.from_elements %arg3, %arg3, %arg3, %arg3 : tensor<2x2xf32>
    %2 = tensor.splat %arg3 : tensor<4xf32>
    %3 = tensor.splat %arg3[%arg2] : tensor<4x?xf32>
    %4 = tensor.generate %arg2 {
    ^bb0(%arg4: index, %arg5: index):
      %9 = tensor.extract %arg0[%arg4, %arg5] : tensor<4x?xf32>
      tensor.yield %9 : f32
    } : tensor<4x?xf32>
    %5 = tensor.insert %arg3 into %4[%arg2, %arg2] : tensor<4x?xf32>
    %6 = tensor.dim %5, %arg2 : tensor<4x?xf32>
    %7 = tensor.rank %arg1 : tensor<*xf32>
    %8 = tensor.extract %5[%arg2, %arg2] : tensor<4x?xf32>
    return %6, %7, %8 : index, index, f32
  }
}

// # another type or shape
func.func @shapes(%t: tensor<4x?xf32>, %y: tensor<3x4x5xf32>, %i: index, %h: tensor<2xindex>) {
  %0 = tensor.cast %t : tensor<4x?xf32> to tensor<?x5xf32>
  %1 = tensor.bitcast %y : tensor<3x4x5xf32> to tensor<3x4x5xi32>
  %2 = tensor.collapse_shape %y [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
  %3 = tensor.expand_shape %t [[0, 1], [2, 3]] output_shape [2, 2, %i, 4] : tensor<4x?xf32> into tensor<2x2x?x4xf32>
  %4 = tensor.reshape %t(%h) : (tensor<4x?xf32>, tensor<2xindex>) -> tensor<?x?xf32>
  func.return
}
// ==>
module {
  func.func @shapes(%arg0: tensor<4x?xf32>, %arg1: tensor<3x4x5xf32>, %arg2: index, %arg3: tensor<2xindex>) {
    %0 = tensor.cast %arg0 : tensor<4x?xf32> to tensor<?x5xf32>
    %1 = tensor.bitcast %arg1 : tensor<3x4x5xf32> to tensor<3x4x5xi32>
    %2 = tensor.collapse_shape %arg1 [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
    %3 = tensor.expand_shape %arg0 [[0, 1], [2, 3]] output_shape [2, 2, %arg2, 4] : tensor<4x?xf32> into tensor<2x2x?x4xf32>
    %4 = tensor.reshape %arg0(%arg3) : (tensor<4x?xf32>, tensor<2xindex>) -> tensor<?x?xf32>
    return
  }
}

// # parts
func.func @parts(%t: tensor<4x?xf32>, %y: tensor<3x4x5xf32>, %x: tensor<1x2xi32>, %i: index, %s: f32) {
  %0 = tensor.extract_slice %t[0, %i] [2, 4] [1, %i] : tensor<4x?xf32> to tensor<2x4xf32>
  %1 = tensor.extract_slice %y[0, 1, 2] [1, 3, 1] [1, 1, 1] : tensor<3x4x5xf32> to tensor<3xf32>
  %2 = tensor.insert_slice %0 into %t[%i, 0] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<4x?xf32>
  %3 = tensor.concat dim(1) %t, %2 : (tensor<4x?xf32>, tensor<4x?xf32>) -> tensor<4x?xf32>
  %4 = tensor.pad %t nofold low[%i, 2] high[1, %i] {
  ^bb0(%j: index, %k: index):
    tensor.yield %s : f32
  } : tensor<4x?xf32> to tensor<?x?xf32>
  %5 = tensor.gather %y[%x] gather_dims([0, 1]) unique : (tensor<3x4x5xf32>, tensor<1x2xi32>) -> tensor<1x5xf32>
  %6 = tensor.scatter %5 into %y[%x] scatter_dims([0, 1]) unique : (tensor<1x5xf32>, tensor<3x4x5xf32>, tensor<1x2xi32>) -> tensor<3x4x5xf32>
  func.return
}
// ==>
module {
  func.func @parts(%arg0: tensor<4x?xf32>, %arg1: tensor<3x4x5xf32>, %arg2: tensor<1x2xi32>, %arg3: index, %arg4: f32) {
    %0 = tensor.extract_slice %arg0[0, %arg3] [2, 4] [1, %arg3] : tensor<4x?xf32> to tensor<2x4xf32>
    %1 = tensor.extract_slice %arg1[0, 1, 2] [1, 3, 1] [1, 1, 1] : tensor<3x4x5xf32> to tensor<3xf32>
    %2 = tensor.insert_slice %0 into %arg0[%arg3, 0] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<4x?xf32>
    %3 = tensor.concat dim(1) %arg0, %2 : (tensor<4x?xf32>, tensor<4x?xf32>) -> tensor<4x?xf32>
    %4 = tensor.pad %arg0 nofold low[%arg3, 2] high[1, %arg3] {
    ^bb0(%arg5: index, %arg6: index):
      tensor.yield %arg4 : f32
    } : tensor<4x?xf32> to tensor<?x?xf32>
    %5 = tensor.gather %arg1[%arg2] gather_dims([0, 1]) unique : (tensor<3x4x5xf32>, tensor<1x2xi32>) -> tensor<1x5xf32>
    %6 = tensor.scatter %5 into %arg1[%arg2] scatter_dims([0, 1]) unique : (tensor<1x5xf32>, tensor<3x4x5xf32>, tensor<1x2xi32>) -> tensor<3x4x5xf32>
    return
  }
}

// # a part replaced outside of a parallel loop
func.func @alone(%t: tensor<4xf32>, %u: tensor<8xf32>) {
  tensor.parallel_insert_slice %t into %u[0] [4] [1] : tensor<4xf32> into tensor<8xf32> // error: expected InParallelOpInterface parent, got: 'func.func'
  func.return
}

// # a part that leaves its tensor
func.func @outside(%t: tensor<4xf32>) {
  %0 = tensor.extract_slice %t[1] [4] [1] : tensor<4xf32> to tensor<4xf32> // error: slice along dimension 0 runs out-of-bounds: 4 >= 4
  func.return
}
