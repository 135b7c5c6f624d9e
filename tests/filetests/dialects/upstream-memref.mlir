// paleo-opt:

// # memory comes and goes
func.func @allocation(%n: index, %x: f32) -> f32 {
  %0 = memref.alloc(%n) : memref<4x?xf32>
  %1 = memref.alloc(%n)[%n] {alignment = 64 : i64} : memref<4x?xf32, affine_map<(d0, d1)[s0] -> (d0 + s0, d1)>, 1>
  %2 = memref.alloca(%n, %n)[%n, %n] : memref<?x?xf32, strided<[?, 1], offset: ?>>
  memref.dealloc %0 : memref<4x?xf32>
  %3 = memref.alloc() : memref<8xf32>
  %4 = memref.realloc %3 : memref<8xf32> to memref<16xf32>
  %5 = memref.realloc %4(%n) {alignment = 8 : i64} : memref<16xf32> to memref<?xf32>
  memref.alloca_scope {
    %6 = memref.alloca() : memref<f32>
    memref.store %x, %6[] : memref<f32>
  } {marked}
  %7:2 = memref.alloca_scope -> (f32, index) {
    memref.alloca_scope.return %x, %n : f32, index
  }
  return %7#0 : f32
}
// ==>
#map = affine_map<(d0, d1)[s0] -> (d0 + s0, d1)>
module {
  func.func @allocation(%arg0: index, %arg1: f32) -> f32 {
    %0 = memref.alloc(%arg0) : memref<4x?xf32>
    %1 = memref.alloc(%arg0)[%arg0] {alignment = 64 : i64} : memref<4x?xf32, #map, 1>
    %2 = memref.alloca(%arg0, %arg0)[%arg0, %arg0] : memref<?x?xf32, strided<[?, 1], offset: ?>>
    memref.dealloc %0 : memref<4x?xf32>
    %3 = memref.alloc() : memref<8xf32>
    %4 = memref.realloc %3 : memref<8xf32> to memref<16xf32>
    %5 = memref.realloc %4(%arg0) {alignment = 8 : i64} : memref<16xf32> to memref<?xf32>
    memref.alloca_scope  {
      %7 = memref.alloca() : memref<f32>
      memref.store %arg1, %7[] : memref<f32>
    } {marked}
    %6:2 = memref.alloca_scope  -> (f32, index) {
      memref.alloca_scope.return %arg1, %arg0 : f32, index
    }
    return %6#0 : f32
  }
}

// # single elements
func.func @access(%m: memref<4x?xf32>, %i: index, %x: f32) -> f32 {
  %0 = memref.load %m[%i, %i] : memref<4x?xf32>
  %1 = memref.load %m[%i, %i] {nontemporal = true, alignment = 4 : i64} : memref<4x?xf32>
  memref.store %0, %m[%i, %i] {nontemporal = true} : memref<4x?xf32>
  memref.prefetch %m[%i, %i], read, locality<3>, data : memref<4x?xf32>
  memref.prefetch %m[%i, %i], write, locality<0>, instr : memref<4x?xf32>
  %2 = memref.atomic_rmw addf %x, %m[%i, %i] : (f32, memref<4x?xf32>) -> f32
  %3 = memref.generic_atomic_rmw %m[%i, %i] : memref<4x?xf32> {
  ^bb0(%old: f32):
    %4 = arith.mulf %old, %2 : f32
    memref.atomic_yield %4 : f32
  }
  return %3 : f32
}
// ==>
module {
  func.func @access(%arg0: memref<4x?xf32>, %arg1: index, %arg2: f32) -> f32 {
    %0 = memref.load %arg0[%arg1, %arg1] : memref<4x?xf32>
    %1 = memref.load %arg0[%arg1, %arg1] {alignment = 4 : i64, nontemporal = true} : memref<4x?xf32>
    memref.store %0, %arg0[%arg1, %arg1] {nontemporal = true} : memref<4x?xf32>
    memref.prefetch %arg0[%arg1, %arg1], read, locality<3>, data : memref<4x?xf32>
    memref.prefetch %arg0[%arg1, %arg1], write, locality<0>, instr : memref<4x?xf32>
    %2 = memref.atomic_rmw addf %arg2, %arg0[%arg1, %arg1] : (f32, memref<4x?xf32>) -> f32
    %3 = memref.generic_atomic_rmw %arg0[%arg1, %arg1] : memref<4x?xf32> {
    ^bb0(%arg3: f32):
      %4 = arith.mulf %arg3, %2 : f32
      memref.atomic_yield %4 : f32
    }
    return %3 : f32
  }
}

// # the same memory under other types
func.func @views(%m: memref<4x?xf32>, %u: memref<*xf32>, %b: memref<2048xi8>, %extents: memref<2xindex>, %i: index) {
  %0 = memref.subview %m[%i, 0][2, %i][1, 1] : memref<4x?xf32> to memref<2x?xf32, strided<[?, 1], offset: ?>>
  %1 = memref.subview %m[0, 0][1, %i][1, 1] : memref<4x?xf32> to memref<?xf32, strided<[1]>>
  %2 = memref.reinterpret_cast %u to offset: [0], sizes: [%i, 10], strides: [%i, 1] : memref<*xf32> to memref<?x10xf32, strided<[?, 1]>>
  %3 = memref.collapse_shape %m [[0, 1]] : memref<4x?xf32> into memref<?xf32>
  %4 = memref.expand_shape %3 [[0, 1]] output_shape [4, %i] : memref<?xf32> into memref<4x?xf32>
  %5 = memref.transpose %m (i, j) -> (j, i) : memref<4x?xf32> to memref<?x4xf32, strided<[1, ?]>>
  %6 = memref.view %b[%i][] : memref<2048xi8> to memref<64x4xf32>
  %7 = memref.view %b[%i][%i] : memref<2048xi8> to memref<?x4xf32>
  %8 = memref.cast %m : memref<4x?xf32> to memref<*xf32>
  %9 = memref.memory_space_cast %m : memref<4x?xf32> to memref<4x?xf32, 3>
  %10 = memref.reshape %m(%extents) : (memref<4x?xf32>, memref<2xindex>) -> memref<?x?xf32>
  return
}
// ==>
#map = affine_map<(d0, d1) -> (d1, d0)>
module {
  func.func @views(%arg0: memref<4x?xf32>, %arg1: memref<*xf32>, %arg2: memref<2048xi8>, %arg3: memref<2xindex>, %arg4: index) {
    %0 = memref.subview %arg0[%arg4, 0] [2, %arg4] [1, 1] : memref<4x?xf32> to memref<2x?xf32, strided<[?, 1], offset: ?>>
    %1 = memref.subview %arg0[0, 0] [1, %arg4] [1, 1] : memref<4x?xf32> to memref<?xf32, strided<[1]>>
    %2 = memref.reinterpret_cast %arg1 to offset: [0], sizes: [%arg4, 10], strides: [%arg4, 1] : memref<*xf32> to memref<?x10xf32, strided<[?, 1]>>
    %3 = memref.collapse_shape %arg0 [[0, 1]] : memref<4x?xf32> into memref<?xf32>
    %4 = memref.expand_shape %3 [[0, 1]] output_shape [4, %arg4] : memref<?xf32> into memref<4x?xf32>
    %5 = memref.transpose %arg0 (d0, d1) -> (d1, d0) : memref<4x?xf32> to memref<?x4xf32, strided<[1, ?]>>
    %6 = memref.view %arg2[%arg4][] : memref<2048xi8> to memref<64x4xf32>
    %7 = memref.view %arg2[%arg4][%arg4] : memref<2048xi8> to memref<?x4xf32>
    %8 = memref.cast %arg0 : memref<4x?xf32> to memref<*xf32>
    %9 = memref.memory_space_cast %arg0 : memref<4x?xf32> to memref<4x?xf32, 3>
    %10 = memref.reshape %arg0(%arg3) : (memref<4x?xf32>, memref<2xindex>) -> memref<?x?xf32>
    return
  }
}

// # strides of a layout that is written as a map
func.func @strides(%m: memref<4x4xf32, affine_map<(d0, d1)[s0] -> ((d0 * 4 + d1) * 3 + d1 * s0 - 5)>>, %n: memref<4x4xf32, strided<[-4, 1], offset: 12>>) {
  %0 = memref.subview %m[1, 0] [2, 4] [1, 1] : memref<4x4xf32, affine_map<(d0, d1)[s0] -> ((d0 * 4 + d1) * 3 + d1 * s0 - 5)>> to memref<2x4xf32, strided<[12, ?], offset: 7>>
  %1 = memref.cast %n : memref<4x4xf32, strided<[-4, 1], offset: 12>> to memref<4x4xf32, strided<[?, ?], offset: ?>>
  return
}
// ==>
#map = affine_map<(d0, d1)[s0] -> ((d0 * 4 + d1) * 3 + d1 * s0 - 5)>
module {
  func.func @strides(%arg0: memref<4x4xf32, #map>, %arg1: memref<4x4xf32, strided<[-4, 1], offset: 12>>) {
    %0 = memref.subview %arg0[1, 0] [2, 4] [1, 1] : memref<4x4xf32, #map> to memref<2x4xf32, strided<[12, ?], offset: 7>>
    %1 = memref.cast %arg1 : memref<4x4xf32, strided<[-4, 1], offset: 12>> to memref<4x4xf32, strided<[?, ?], offset: ?>>
    return
  }
}

// # what is known, and what is promised
func.func @inspect(%m: memref<4x?xf32>, %o: memref<8xf32>, %i: index) -> index {
  %0 = memref.dim %m, %i : memref<4x?xf32>
  %1 = memref.rank %m : memref<4x?xf32>
  %2 = memref.extract_aligned_pointer_as_index %m : memref<4x?xf32> -> index
  %base, %offset, %sizes:2, %strides:2 = memref.extract_strided_metadata %m : memref<4x?xf32> -> memref<f32>, index, index, index, index, index
  %3 = memref.assume_alignment %m, 16 : memref<4x?xf32>
  %4:2 = memref.distinct_objects %3, %o : memref<4x?xf32>, memref<8xf32>
  return %strides#0 : index
}
// ==>
module {
  func.func @inspect(%arg0: memref<4x?xf32>, %arg1: memref<8xf32>, %arg2: index) -> index {
    %0 = memref.dim %arg0, %arg2 : memref<4x?xf32>
    %1 = memref.rank %arg0 : memref<4x?xf32>
    %2 = memref.extract_aligned_pointer_as_index %arg0 : memref<4x?xf32> -> index
    %3:6 = memref.extract_strided_metadata %arg0 : memref<4x?xf32> -> memref<f32>, index, index, index, index, index
    %4 = memref.assume_alignment %arg0, 16 : memref<4x?xf32>
    %5:2 = memref.distinct_objects %4, %arg1 : memref<4x?xf32>, memref<8xf32>
    return %3#4 : index
  }
}

// # contents as a whole
func.func @transfer(%m: memref<4x?xf32>, %fast: memref<4x?xf32, 2>, %tag: memref<1xi32>, %i: index) {
  memref.copy %m, %fast : memref<4x?xf32> to memref<4x?xf32, 2>
  memref.dma_start %m[%i, %i], %fast[%i, %i], %i, %tag[%i] : memref<4x?xf32>, memref<4x?xf32, 2>, memref<1xi32>
  memref.dma_start %m[%i, %i], %fast[%i, %i], %i, %tag[%i], %i, %i : memref<4x?xf32>, memref<4x?xf32, 2>, memref<1xi32>
  memref.dma_wait %tag[%i], %i : memref<1xi32>
  return
}
// ==>
module {
  func.func @transfer(%arg0: memref<4x?xf32>, %arg1: memref<4x?xf32, 2>, %arg2: memref<1xi32>, %arg3: index) {
    memref.copy %arg0, %arg1 : memref<4x?xf32> to memref<4x?xf32, 2>
    memref.dma_start %arg0[%arg3, %arg3], %arg1[%arg3, %arg3], %arg3, %arg2[%arg3] : memref<4x?xf32>, memref<4x?xf32, 2>, memref<1xi32>
    memref.dma_start %arg0[%arg3, %arg3], %arg1[%arg3, %arg3], %arg3, %arg2[%arg3], %arg3, %arg3 : memref<4x?xf32>, memref<4x?xf32, 2>, memref<1xi32>
    memref.dma_wait %arg2[%arg3], %arg3 : memref<1xi32>
    return
  }
}

// # memory that is there from the beginning
memref.global "private" constant @table : memref<4xi32> = dense<[1, 2, 3, 4]> {alignment = 64 : i64}
memref.global @anything : memref<4xi32> = uninitialized
memref.global "nested" @elsewhere : memref<2xf32, 3>
func.func @global() -> memref<4xi32> {
  %0 = memref.get_global @table : memref<4xi32>
  return %0 : memref<4xi32>
}
// ==>
module {
  memref.global "private" constant @table : memref<4xi32> = dense<[1, 2, 3, 4]> {alignment = 64 : i64}
  memref.global @anything : memref<4xi32> = uninitialized
  memref.global "nested" @elsewhere : memref<2xf32, 3>
  func.func @global() -> memref<4xi32> {
    %0 = memref.get_global @table : memref<4xi32>
    return %0 : memref<4xi32>
  }
}

// # sizes that are missing
func.func @f(%n: index) {
  %0 = memref.alloc(%n) : memref<?x?xf32> // error: incorrect number of dynamic sizes, has 1, expected 2
  return
}

// # a part that reaches beyond its whole
func.func @f(%m: memref<4x5xf32>) {
  %0 = memref.subview %m[3, 0] [2, 2] [1, 1] : memref<4x5xf32> to memref<2x2xf32, strided<[5, 1], offset: 15>> // error: slice along dimension 0 runs out-of-bounds: 4 >= 4
  return
}

// # a part with strides that its source has not
func.func @f(%m: memref<4x5xf32>) {
  %0 = memref.subview %m[0, 0] [2, 2] [1, 1] : memref<4x5xf32> to memref<2x2xf32> // error: expected result type to be 'memref<2x2xf32, strided<[5, 1]>>' or a rank-reduced version. (mismatch of result layout), but got 'memref<2x2xf32>'
  return
}

// # a value that nothing in the memory can be
func.func @f(%m: memref<8xf32>, %x: i32, %i: index) {
  "memref.store"(%x, %m, %i) : (i32, memref<8xf32>, index) -> () // error: type of 'value' matches element type of 'memref'
  return
}

// # a global that is not there
func.func @f() {
  %0 = memref.get_global @gone : memref<3xf32> // error: 'gone' does not reference a valid global memref
  return
}
