%0 = memref.alloc(%n) : memref<4xf32>
// error: incorrect number of dynamic sizes, has 1, expected 0
// -----
%0 = memref.alloc(%n) : memref<4x?xf32, affine_map<(d0,d1)[s0] -> (d0+s0, d1)>>
// error: symbol operand count does not equal memref symbol count: expected 1, got 0
// -----
"outside.function"() ({ memref.alloca() : memref<1xf32>
"outside.end"() : () -> () }) : () -> ()
// error: requires an ancestor op with AutomaticAllocationScope trait
// -----
%0 = memref.realloc %v : memref<8xf32> to memref<?xf32>
// error: missing dimension operand for result type 'memref<?xf32>'
// -----
%0 = memref.realloc %v(%n) : memref<8xf32> to memref<4xf32>
// error: unnecessary dimension operand for result type 'memref<4xf32>'
// -----
%0 = memref.realloc %v : memref<8xf32> to memref<4xi32>
// error: different element types specified for source memref type 'memref<8xf32>' and result memref type 'memref<4xi32>'
// -----
%0 = memref.realloc %v : memref<8xf32> to memref<4xf32, 2>
// error: different memory spaces specified for source memref type 'memref<8xf32>' and result memref type 'memref<4xf32, 2>'
// -----
%0 = memref.realloc %v : memref<8xf32> to memref<4xf32, strided<[2]>>
// error: unsupported layout for result memref type 'memref<4xf32, strided<[2]>>'
// -----
%0 = memref.assume_alignment %v, 12 : memref<8xf32>
// error: alignment must be power of 2
// -----
%0 = memref.atomic_rmw addf %x, %s[%i] : (f32, memref<4x5xf32>) -> f32
// error: expects the number of subscripts to be equal to memref rank
// -----
%0 = memref.atomic_rmw addf %k, %i16[%i, %i] : (i32, memref<16x10xi32>) -> i32
// error: with kind 'addf' expects a floating-point type
// -----
%0 = memref.atomic_rmw addi %x, %s[%i, %i] : (f32, memref<4x5xf32>) -> f32
// error: with kind 'addi' expects an integer type
// -----
%0 = memref.atomic_rmw assign %k, %s[%i, %i] : (i32, memref<4x5xf32>) -> i32
// error: failed to verify that value type matches element type of memref
// -----
%0 = memref.generic_atomic_rmw %v[%n] : memref<8xf32> { ^bb0(%a: f32, %b2: f32): memref.atomic_yield %a : f32 }
// error: expected single number of entry block arguments
// -----
%0 = memref.generic_atomic_rmw %v[%n] : memref<8xf32> { ^bb0(%a: i32): memref.atomic_yield %x : f32 }
// error: expected block argument of the same type result type
// -----
%0 = memref.generic_atomic_rmw %v[%n] : memref<8xf32> { ^bb0(%a: f32): memref.atomic_yield %k : i32 }
// error: types mismatch between yield op: 'i32' and its parent: 'f32'
// -----
%0 = "memref.generic_atomic_rmw"(%v, %n) ({ ^bb0(%a: f32): memref.atomic_yield %a : f32 })
  : (memref<8xf32>, index) -> i32
// error: failed to verify that result type matches element type of memref
// -----
"memref.alloca_scope"() ({ ^bb0(%q: f32): memref.alloca_scope.return }) : () -> ()
// error: region should have no arguments
// -----
%0 = memref.cast %v : memref<8xf32> to memref<9xf32>
// error: operand type 'memref<8xf32>' and result type 'memref<9xf32>' are cast incompatible
// -----
%0 = memref.cast %st : memref<30x20xf32, strided<[4000, 2]>> to memref<30x20xf32, strided<[128, 2]>>
// error: operand type 'memref<30x20xf32, strided<[4000, 2]>>' and result type 'memref<30x20xf32, strided<[128, 2]>>' are cast incompatible
// -----
%0 = memref.cast %v : memref<8xf32> to memref<8xi32>
// error: operand type 'memref<8xf32>' and result type 'memref<8xi32>' are cast incompatible
// -----
%0 = memref.cast %v : memref<8xf32> to memref<8xf32, 2>
// error: operand type 'memref<8xf32>' and result type 'memref<8xf32, 2>' are cast incompatible
// -----
%0 = memref.cast %u : memref<*xf32> to memref<*xf32>
// error: operand type 'memref<*xf32>' and result type 'memref<*xf32>' are cast incompatible
// -----
%0 = memref.cast %v : memref<8xf32> to memref<*xf32, 2>
// error: operand type 'memref<8xf32>' and result type 'memref<*xf32, 2>' are cast incompatible
// -----
%0 = memref.collapse_shape %s [[0, 1]] : memref<4x5xf32> into memref<21xf32>
// error: collapsed dim size (21) must equal reassociation group size (20)
// -----
%0 = memref.collapse_shape %s [[0]] : memref<4x5xf32> into memref<4xf32>
// error: expanded rank (2) inconsistent with number of reassociation indices (1)
// -----
%0 = memref.collapse_shape %s [[0, 1, 2]] : memref<4x5xf32> into memref<20xf32>
// error: reassociation index 2 is out of bounds
// -----
%0 = memref.collapse_shape %s [[1, 0]] : memref<4x5xf32> into memref<20xf32>
// error: reassociation indices must be contiguous
// -----
%0 = memref.collapse_shape %s [[0, 1], [2]] : memref<4x5xf32> into memref<20xf32>
// error: invalid number of reassociation groups: found 2, expected 1
// -----
%0 = memref.collapse_shape %s [[0], [1]] : memref<4x5xf32> into memref<4x5x1xf32>
// error: has source rank 2 and result rank 3. This is not a collapse (2 < 3).
// -----
%0 = memref.collapse_shape %s [] : memref<4x5xf32> into memref<f32>
// error: rank 0 memrefs can only be extended/collapsed with/from ones
// -----
%0 = memref.collapse_shape %st [[0, 1]] : memref<30x20xf32, strided<[4000, 2]>> into memref<600xf32>
// error: invalid source layout map or collapsing non-contiguous dims
// -----
%0 = memref.collapse_shape %d3 [[0, 1], [2]] : memref<?x?x?xf32> into memref<?x?xf32, strided<[?, 1]>>
// error: expected collapsed type to be 'memref<?x?xf32>' but found 'memref<?x?xf32, strided<[?, 1]>>'
// -----
%0 = memref.expand_shape %v [[0, 1]] output_shape [2, 5] : memref<8xf32> into memref<2x4xf32>
// error: invalid output shape provided at pos 1
// -----
%0 = memref.expand_shape %v [[0, 1]] output_shape [2] : memref<8xf32> into memref<2x4xf32>
// error: expected number of static shape bounds to be equal to the output rank (2) but found 1 inputs instead
// -----
%0 = memref.expand_shape %v [[0, 1]] output_shape [%n, 4] : memref<8xf32> into memref<?x4xf32>
// error: collapsed dim (0) must be dynamic if and only if reassociation group is dynamic
// -----
%0 = memref.expand_shape %s [[0], [1]] output_shape [4] : memref<4x5xf32> into memref<4xf32>
// error: has source rank 2 and result rank 1. This is not an expansion (2 > 1).
// -----
%0 = memref.expand_shape %st [[0,1], [2]] output_shape [2, 15, 20] : memref<30x20xf32, strided<[4000, 2]>>
  into memref<2x15x20xf32, strided<[5000, 4000, 2]>>
// error: expected expanded type to be 'memref<2x15x20xf32, strided<[60000, 4000, 2]>>' but found 'memref<2x15x20xf32, strided<[5000, 4000, 2]>>'
// -----
%0 = "memref.expand_shape"(%v) <{reassociation = [[0, 1]], static_output_shape = array<i64: 2, -9223372036854775808>}> : (memref<8xf32>) -> memref<2x4xf32>
// error: mismatch in dynamic dims in output_shape and static_output_shape: static_output_shape has 1 dynamic dims while output_shape has 0 values
// -----
memref.copy %v, %s : memref<8xf32> to memref<4x5xf32>
// error: requires the same shape for all operands
// -----
memref.copy %s, %i16 : memref<4x5xf32> to memref<16x10xi32>
// error: requires the same element type for all operands
// -----
%0:2 = "memref.distinct_objects"(%v, %s) : (memref<8xf32>, memref<4x5xf32>) -> (memref<4x5xf32>, memref<8xf32>)
// error: operand types and result types must match
// -----
"memref.distinct_objects"() : () -> ()
// error: expected at least one operand
// -----
"memref.dma_start"() : () -> ()
// error: expected at least 4 operands
// -----
"memref.dma_start"(%v, %n, %v, %n, %n, %v, %n, %n, %n, %n)
  : (memref<8xf32>, index, memref<8xf32>, index, index, memref<8xf32>, index, index, index, index) -> ()
// error: incorrect number of operands
// -----
memref.dma_start %v[%n], %v[%n], %n, %v[%n], %n : memref<8xf32>, memref<8xf32>, memref<8xf32>
// error: expected two stride related operands
// -----
"memref.dma_wait"(%tag, %n, %n) : (memref<2x2xi32>, index, index) -> ()
// error: expected tagIndices to have the same number of elements as the tagMemRef rank, expected 2, but got 1
// -----
memref.global @foo : i32
// error: type should be static shaped memref, but got 'i32'
// -----
memref.global @foo : memref<2x2xf32>  = "foo"
// error: initial value should be a unit or elements attribute
// -----
memref.global "priate" constant @foo : memref<2xf32> = uninitialized
// error: visibility expected to be one of ["public", "private", "nested"], but got "priate"
// -----
"memref.global"() <{constant, initial_value = dense<1.0>
  : tensor<1xf32>, sym_name = "m", type = memref<1xf16>}> : () -> ()
// error: initial value element expected to be of type 'f16', but was of type 'f32'
// -----
"memref.global"() <{constant, initial_value = dense<1.0>
  : tensor<2x2xf16>, sym_name = "m", type = memref<1x2xf16>}> : () -> ()
// error: initial value shape expected to be 1, 2 but was 2, 2
// -----
"memref.global"() <{initial_value = 1 : i32, sym_name = "m", type = memref<2xf16>}> : () -> ()
// error: initial value should be a unit or elements attribute, but got 1 : i32
// -----
%0 = memref.get_global @gv : memref<3xf32>
// error: 'gv' does not reference a valid global memref
// -----
memref.global @g : memref<3xi32>
func.func @h() { %0 = memref.get_global @g : memref<3xf32>
return }
// error: result type 'memref<3xf32>' does not match type 'memref<3xi32>' of the global memref @g
// -----
%0 = memref.load %v[%n, %n] : memref<8xf32>
// error: incorrect number of indices for load, expected 1 but got 2
// -----
%0 = "memref.load"(%v, %n) : (memref<8xf32>, index) -> i32
// error: failed to verify that result type matches element type of 'memref'
// -----
memref.store %x, %v[%n, %n] : memref<8xf32>
// error: store index operand count not equal to memref rank
// -----
"memref.store"(%k, %v, %n) : (i32, memref<8xf32>, index) -> ()
// error: failed to verify that type of 'value' matches element type of 'memref'
// -----
%0 = memref.memory_space_cast %v : memref<8xf32> to memref<9xf32, 2>
// error: operand type 'memref<8xf32>' and result type 'memref<9xf32, 2>' are cast incompatible
// -----
%0 = memref.memory_space_cast %v : memref<8xf32> to memref<*xf32, 1>
// error: operand type 'memref<8xf32>' and result type 'memref<*xf32, 1>' are cast incompatible
// -----
%0 = memref.memory_space_cast %v : memref<8xf32> to memref<8xf32, strided<[1]>, 1>
// error: operand type 'memref<8xf32>' and result type 'memref<8xf32, strided<[1]>, 1>' are cast incompatible
// -----
memref.prefetch %v[%n], rw, locality<0>, data : memref<8xf32>
// error: rw specifier has to be 'read' or 'write'
// -----
memref.prefetch %v[%n], read, locality<0>, false : memref<8xf32>
// error: cache type has to be 'data' or 'instr'
// -----
%0 = memref.reinterpret_cast %v to offset: [0, 0], sizes: [10, 10], strides: [10, 1] : memref<8xf32>
  to memref<10x10xf32, strided<[10, 1]>>
// error: expected 1 offset values, got 2
// -----
%0 = memref.reinterpret_cast %u to offset: [0], sizes: [10], strides: [1] : memref<*xf32>
  to memref<10xi32, strided<[1]>>
// error: different element types specified for source type 'memref<*xf32>' and result memref type 'memref<10xi32, strided<[1]>>'
// -----
%0 = memref.reinterpret_cast %u to offset: [0], sizes: [10], strides: [1] : memref<*xf32>
  to memref<10xf32, strided<[1]>, 2>
// error: different memory spaces specified for source type 'memref<*xf32>' and result memref type 'memref<10xf32, strided<[1]>, 2>'
// -----
%0 = memref.reinterpret_cast %v to offset: [1], sizes: [10], strides: [1] : memref<8xf32>
  to memref<10xf32, strided<[1]>>
// error: expected result type with offset = 1 instead of 0
// -----
%0 = memref.reinterpret_cast %v to offset: [0], sizes: [10], strides: [1] : memref<8xf32>
  to memref<1xf32, strided<[1]>>
// error: expected result type with size = 10 instead of 1 in dim = 0
// -----
%0 = memref.reinterpret_cast %v to offset: [2], sizes: [10], strides: [2] : memref<8xf32>
  to memref<10xf32, strided<[1], offset: 2>>
// error: expected result type with stride = 2 instead of 1 in dim = 0
// -----
%0 = memref.reinterpret_cast %v to offset: [%n], sizes: [10], strides: [1] : memref<8xf32> to memref<10xf32>
// error: expected result type with offset = dynamic instead of 0
// -----
%0 = memref.reinterpret_cast %v to offset: [0], sizes: [%n], strides: [1] : memref<8xf32> to memref<10xf32>
// error: expected result type with size = dynamic instead of 10 in dim = 0
// -----
%0 = memref.reinterpret_cast %v to offset: [0], sizes: [2, 2, 2], strides: [1, 1] : memref<8xf32>
  to memref<2x2x2xf32>
// error: expected mixed sizes rank to match mixed strides rank (3 vs 2) so the rank of the result type is well-formed
// -----
%0 = memref.reinterpret_cast %v to offset: [0], sizes: [2, 2], strides: [1, 1] : memref<8xf32>
  to memref<2x2x2xf32>
// error: expected 3 size values, got 2
// -----
%0 = memref.reinterpret_cast %v to offset: [], sizes: [4], strides: [1] : memref<8xf32> to memref<4xf32>
// error: expected mixed offsets rank to match mixed sizes rank (0 vs 1) so the rank of the result type is well-formed
// -----
%0 = memref.reinterpret_cast %v to offset: [-1], sizes: [4], strides: [1] : memref<8xf32>
  to memref<4xf32, strided<[1], offset: -1>>
// error: expected offsets to be non-negative, but got -1
// -----
%0 = memref.reinterpret_cast %v to offset: [0], sizes: [-4], strides: [1] : memref<8xf32>
  to memref<4xf32, strided<[1]>>
// error: expected sizes to be non-negative, but got -4
// -----
%0 = memref.reshape %u(%sh) : (memref<*xf32>, memref<1xi32>) -> memref<?xi32>
// error: element types of source and destination memref types should be the same
// -----
%0 = memref.reshape %v(%sh) : (memref<8xf32>, memref<1xi32>) -> memref<?x?xf32>
// error: length of shape operand differs from the result's memref rank
// -----
%0 = memref.reshape %v(%sh) : (memref<8xf32>, memref<1xi32>) -> memref<8xf32, strided<[2]>>
// error: result memref type should have identity affine map
// -----
%0 = memref.reshape %st(%sh) : (memref<30x20xf32, strided<[4000, 2]>>, memref<1xi32>) -> memref<8xf32>
// error: source memref type should have identity affine map
// -----
func.func @h(%v: memref<*xf32>, %s: memref<?xi32>) { %0 = memref.reshape %v(%s)
  : (memref<*xf32>, memref<?xi32>) -> memref<?xf32>
return }
// error: cannot use shape operand with dynamic length to reshape to statically-ranked memref type
// -----
%0 = memref.subview %s[0, 0][2, 2][-1, 1] : memref<4x5xf32> to memref<2x2xf32, strided<[5, 1]>>
// error: expected result type to be 'memref<2x2xf32, strided<[-5, 1]>>' or a rank-reduced version. (mismatch of result layout), but got 'memref<2x2xf32, strided<[5, 1]>>'
// -----
"memref.subview"(%v) <{operandSegmentSizes = array<i32: 1, 0, 0, 0>, static_offsets = array<i64: -9223372036854775808>, static_sizes = array<i64: 1>, static_strides = array<i64: 1>}> : (memref<8xf32>) -> memref<1xf32, strided<[1]>>
// error: expected the number of 'offsets' to match the number of dynamic entries in 'static_offsets' (0 vs 1)
// -----
%0 = memref.subview %s[0, 0][2, 2][1, 1] : memref<4x5xf32> to memref<2x2xi32>
// error: expected result element type to be 'f32', but got 'memref<2x2xi32>'
// -----
%0 = memref.subview %s[0, 0][2, 2][1, 1] : memref<4x5xf32> to memref<2x2x2xf32>
// error: expected result rank to be smaller or equal to the source rank, but got 'memref<2x2x2xf32>'
// -----
%0 = memref.subview %s[0, 0][2, 2][1, 1] : memref<4x5xf32> to memref<2x2xf32, strided<[5, 1]>, 2>
// error: different memory spaces specified for base memref type 'memref<4x5xf32>' and subview memref type 'memref<2x2xf32, strided<[5, 1]>, 2>'
// -----
%0 = memref.subview %s[0, 0][2, 2][1, 1] : memref<4x5xf32> to memref<2xf32>
// error: expected result type to be 'memref<2x2xf32, strided<[5, 1]>>' or a rank-reduced version. (mismatch of result sizes), but got 'memref<2xf32>'
// -----
%0 = memref.subview %s[4, 0][1, 2][1, 1] : memref<4x5xf32> to memref<2xf32, strided<[1], offset: 20>>
// error: offset 0 is out-of-bounds: 4 >= 4
// -----
%0 = memref.subview %s[3, 0][2, 2][1, 1] : memref<4x5xf32> to memref<2x2xf32, strided<[5, 1], offset: 15>>
// error: slice along dimension 0 runs out-of-bounds: 4 >= 4
// -----
func.func @h(%a: memref<4x4xf32, affine_map<(d0, d1) -> (d0 + d1, d0)>>)
  { %0 = memref.subview %a[0,0][4,2][1,1] : memref<4x4xf32, affine_map<(d0, d1) -> (d0+d1, d0)>>
  to memref<4x2xf32, strided<[7, 7]>>
return }
// error: base type 'memref<4x4xf32, affine_map<(d0, d1) -> (d0 + d1, d0)>>' is not strided
// -----
%0 = memref.transpose %s (i, j) -> (i, i) : memref<4x5xf32> to memref<5x4xf32>
// error: expected a permutation map
// -----
%0 = memref.transpose %s (i) -> (i) : memref<4x5xf32> to memref<5x4xf32>
// error: expected a permutation map of same rank as the input
// -----
%0 = memref.view %b[%n][%n] : memref<2048xi8> to memref<?xf32, 2>
// error: different memory spaces specified for base memref type 'memref<2048xi8>' and view memref type 'memref<?xf32, 2>'
// -----
%0 = memref.view %b[%n][%n] : memref<2048xi8> to memref<?xf32, affine_map<(d0)[s0] -> (d0, s0)>>
// error: unsupported map for result memref type 'memref<?xf32, affine_map<(d0)[s0] -> (d0, s0)>>'
// -----
func.func @h(%b: memref<2048xi8, affine_map<(d0) -> (d0 floordiv 8, d0 mod 8)>>, %n: index)
  { %0 = memref.view %b[%n][%n] : memref<2048xi8, affine_map<(d0) -> (d0 floordiv 8, d0 mod 8)>>
  to memref<?xf32>
return }
// error: unsupported map for base memref type 'memref<2048xi8, affine_map<(d0) -> (d0 floordiv 8, d0 mod 8)>>'
// -----
%0 = memref.extract_aligned_pointer_as_index %v {foo} : memref<8xf32> -> index
// error: expected ':'
// -----
%0 = memref.alloc(%n)[%n] : memref<4x?xf32, affine_map<(d0,d1)[s0] -> (d0+s0, d1)>>
// -----
%0 = memref.alloc() : memref<8xf32, strided<[1]>>
// -----
%0 = memref.alloc()[%n] : memref<8xf32, strided<[?]>>
// -----
%0 = memref.realloc %s1 : memref<8xf32, strided<[1]>> to memref<4xf32>
// -----
%0 = memref.atomic_rmw assign %x, %s[%i, %i] : (f32, memref<4x5xf32>) -> f32
// -----
%0 = memref.generic_atomic_rmw %s[%n] : memref<4x5xf32> { ^bb0(%a: f32): memref.atomic_yield %a : f32 }
// -----
%0 = memref.cast %v : memref<8xf32> to memref<8xf32>
// -----
%0 = memref.cast %st : memref<30x20xf32, strided<[4000, 2]>> to memref<30x20xf32, strided<[4000, 2]>>
// -----
%0 = memref.cast %st : memref<30x20xf32, strided<[4000, 2]>> to memref<30x20xf32, strided<[?, 2], offset: ?>>
// -----
%0 = memref.collapse_shape %s [[0, 1]] : memref<4x5xf32> into memref<20xf32>
// -----
%0 = memref.collapse_shape %s1 [[0]] : memref<8xf32, strided<[1]>> into memref<8xf32>
// -----
%0 = memref.expand_shape %v [[0, 1]] output_shape [2, 4] : memref<8xf32> into memref<2x4xf32>
// -----
%0 = memref.expand_shape %d3 [[0,1], [2], [3]] output_shape [%n, %n, 4, 5] : memref<?x?x?xf32>
  into memref<?x?x?x?xf32>
// -----
%0 = memref.expand_shape %sc [] output_shape [1, 1] : memref<f32> into memref<1x1xf32>
// -----
memref.copy %v, %u : memref<8xf32> to memref<*xf32>
// -----
%0 = memref.extract_aligned_pointer_as_index %u : memref<*xf32> -> index
// -----
%0:2 = memref.extract_strided_metadata %sc : memref<f32> -> memref<f32>, index
// -----
%0:4 = memref.extract_strided_metadata %v : memref<8xf32> -> memref<f32>, index, index, index
// -----
memref.global @foo : memref<2xf32> {alignment = 64}
// -----
memref.global @foo : memref<2xindex> = dense<1>
// -----
memref.global @foo : memref<2xf32, strided<[2]>> = dense<1.0>
// -----
memref.global @foo : memref<2xf32> = dense_resource<foo>
// -----
memref.global @foo : memref<2xf32> = sparse<[[0]], [1.0]>
// -----
memref.global @foo : memref<0xf32> = dense<>
// -----
memref.global @foo : memref<f32> = dense<1.0>
// -----
memref.global @foo : memref<2xcomplex<f32>> = dense<(1.0, 2.0)>
// -----
memref.global constant @"a-b" : memref<2xi1> = dense<[true, false]>
// -----
%0 = memref.load %v[%n] {alignment = 8, nontemporal = false, foo} : memref<8xf32>
// -----
%0 = memref.memory_space_cast %v : memref<8xf32> to memref<8xf32>
// -----
%0 = memref.memory_space_cast %u : memref<*xf32> to memref<*xf32, 1>
// -----
%0 = memref.reinterpret_cast %v to offset: [0], sizes: [10], strides: [1] : memref<8xf32> to memref<?xf32>
// -----
%0 = memref.reinterpret_cast %v to offset: [0], sizes: [10], strides: [1] : memref<8xf32>
  to memref<10xf32, strided<[?], offset: ?>>
// -----
%0 = memref.reinterpret_cast %v to offset: [0], sizes: [], strides: [] : memref<8xf32> to memref<f32>
// -----
%0 = memref.reinterpret_cast %v to offset: [0], sizes: [4], strides: [-1] : memref<8xf32>
  to memref<4xf32, strided<[-1]>>
// -----
%0 = memref.reshape %v(%sh) : (memref<8xf32>, memref<1xi32>) -> memref<8xf32, 1>
// -----
%0 = memref.reshape %v(%sh) : (memref<8xf32>, memref<1xi32>) -> memref<*xf32>
// -----
%0 = memref.subview %s[3, 0][2, 2][-1, 1] : memref<4x5xf32> to memref<2x2xf32, strided<[-5, 1], offset: 15>>
// -----
%0 = memref.subview %s[0, 0][1, 2][1, 1] : memref<4x5xf32> to memref<2xf32>
// -----
%0 = memref.subview %s[1, 0][1, 2][1, 1] : memref<4x5xf32> to memref<2xf32, strided<[1], offset: 5>>
// -----
%0 = memref.subview %s[%n, 0][2, 2][1, 1] : memref<4x5xf32> to memref<2x2xf32, affine_map<(d0, d1)[s0]
  -> (d0 * 5 + d1 + s0)>>
// -----
%0 = memref.subview %s[0, 0][1, 1][1, 1] : memref<4x5xf32> to memref<f32>
// -----
%0 = memref.subview %s[0, 0][1, 1][1, 1] : memref<4x5xf32> to memref<f32, strided<[]>>
// -----
%0 = memref.subview %s[0, 0][1, 1][1, 1] : memref<4x5xf32> to memref<1xf32, strided<[1]>>
// -----
%0 = memref.subview %s[0, 0][1, 1][1, 1] : memref<4x5xf32> to memref<1xf32, strided<[5]>>
// -----
%0 = memref.subview %m[0, 0][1, %i][1, 1] : memref<4x?xf32> to memref<?xf32>
// -----
%0 = memref.transpose %s (i, j) -> (j, i) : memref<4x5xf32> to memref<5x4xf32, strided<[1, 5]>>
// -----
%0 = memref.transpose %s (i, j) -> (j, i) : memref<4x5xf32> to memref<5x4xf32, affine_map<(d0, d1)
  -> (d0 + d1 * 5)>>
// -----
%0 = memref.transpose %s (i, j) -> (i, j) : memref<4x5xf32> to memref<4x5xf32>
// -----
%0 = memref.transpose %s (i, j) -> (i, j) : memref<4x5xf32> to memref<4x5xf32, strided<[5, 1]>>
// -----
%0 = memref.transpose %s (i, j) -> (j, i) {foo} : memref<4x5xf32> to memref<5x4xf32, strided<[1, 5]>>
// -----
func.func @h(%v : memref<?x?xf32, affine_map<(i, j)[off, M]->(off + M * i + j)>>)
  { %0 = memref.transpose %v (i, j) -> (j, i)
  : memref<?x?xf32, affine_map<(i, j)[off, M]->(off + M * i + j)>>
  to memref<?x?xf32, affine_map<(i, j)[off, M]->(off + i + M * j)>>
return }
// -----
func.func @h(%v : memref<?x?xf32, affine_map<(i, j)[off, M]->(off + M * i + j)>>)
  { %0 = memref.transpose %v (i, j) -> (j, i)
  : memref<?x?xf32, affine_map<(i, j)[off, M]->(off + M * i + j)>>
  to memref<?x?xf32, affine_map<(i, j)[off, M]->(M * j + i + off)>>
return }
// -----
func.func @h(%v : memref<?x?xf32, affine_map<(i, j)[off, M]->(off + M * i + j)>>)
  { %0 = memref.transpose %v (i, j) -> (j, i)
  : memref<?x?xf32, affine_map<(i, j)[off, M]->(off + M * i + j)>>
  to memref<?x?xf32, strided<[1, ?], offset: ?>>
return }
// -----
%0 = memref.view %b[%n][%n] : memref<2048xi8> to memref<?xf32, strided<[1]>>
// -----
func.func @h(%b: memref<2048xi8, strided<[1]>>, %n: index) { %0 = memref.view %b[%n][%n]
  : memref<2048xi8, strided<[1]>> to memref<?xf32>
return }
// -----
memref.dealloc %u : memref<*xf32>
// -----
%0 = memref.atomic_rmw maxnumf %k, %i16[%i, %i] : (i32, memref<16x10xi32>) -> i32
// -----
func.func @h(%v: memref<4xi32>, %i: index) { %0 = memref.generic_atomic_rmw %v[%i] : memref<4xi32>
  { ^bb0(%a: i32): %s = arith.divsi %a, %a : i32
memref.atomic_yield %s : i32 }
return }
// -----
%0 = memref.extract_aligned_pointer_as_index %v : memref<8xf32> -> index {foo}
// -----
%0:4 = memref.extract_strided_metadata %v : memref<8xf32> -> memref<f32>, index, index, index {foo}
// -----
%0 = memref.rank %v {foo} : memref<8xf32>
// -----
%0 = memref.distinct_objects %v {foo} : memref<8xf32>
// -----
%0 = memref.atomic_rmw "addf" %x, %v[%i] : (f32, memref<8xf32>) -> f32
// -----
memref.dma_wait %v[%n], %n {foo} : memref<8xf32>
// -----
%0 = memref.generic_atomic_rmw %v[%n] : memref<8xf32> { ^bb0(%a: f32): memref.atomic_yield %a {foo}
  : f32 } {bar}
// -----
%0 = memref.reshape %u(%sh) {foo} : (memref<*xf32>, memref<1xi32>) -> memref<?xf32>
// -----
%0 = memref.view %b[%n][] {foo} : memref<2048xi8> to memref<4xf32>
// -----
func.func @h(%a: memref<3x1x5xf32, strided<[20, 7, 1]>>) { %0 = memref.collapse_shape %a [[0], [1, 2]]
  : memref<3x1x5xf32, strided<[20, 7, 1]>> into memref<3x5xf32, strided<[20, 1]>>
return }
// -----
func.func @h(%a: memref<3x5x1xf32, strided<[10, 2, 7]>>) { %0 = memref.collapse_shape %a [[0, 1, 2]]
  : memref<3x5x1xf32, strided<[10, 2, 7]>> into memref<15xf32, strided<[2]>>
return }
// -----
func.func @h(%a: memref<?x4xf32, strided<[8, 2]>>) { %0 = memref.collapse_shape %a [[0], [1]]
  : memref<?x4xf32, strided<[8, 2]>> into memref<?x4xf32, strided<[8, 2]>>
return }
// -----
func.func @h(%a: memref<4x?xf32, strided<[?, 2], offset: ?>>) { %0 = memref.collapse_shape %a [[0, 1]]
  : memref<4x?xf32, strided<[?, 2], offset: ?>> into memref<?xf32, strided<[?], offset: ?>>
return }
// -----
func.func @h(%a: memref<4x?xf32, strided<[?, 2], offset: ?>>) { %0 = memref.collapse_shape %a [[0, 1]]
  : memref<4x?xf32, strided<[?, 2], offset: ?>> into memref<?xf32, strided<[2], offset: ?>>
return }
// error: expected collapsed type to be 'memref<?xf32, strided<[?], offset: ?>>' but found 'memref<?xf32, strided<[2], offset: ?>>'
// -----
func.func @h(%a: memref<2x1x1x4xf32, strided<[16, 8, 8, 1]>>)
  { %0 = memref.subview %a[0, 0, 0, 0] [1, 1, 1, 4] [1, 1, 1, 1]
  : memref<2x1x1x4xf32, strided<[16, 8, 8, 1]>> to memref<1x4xf32, strided<[8, 1]>>
return }
// -----
func.func @h(%a: memref<2x1x4xf32, strided<[16, 8, 1]>>)
  { %0 = memref.subview %a[0, 0, 0] [1, 1, 4] [1, 1, 1] : memref<2x1x4xf32, strided<[16, 8, 1]>>
  to memref<1x4xf32, strided<[1, 1]>>
return }
// error: expected result type to be 'memref<1x1x4xf32, strided<[16, 8, 1]>>' or a rank-reduced version. (mismatch of result layout), but got 'memref<1x4xf32, strided<[1, 1]>>'
// -----
func.func @h(%a: memref<1x4xf32, strided<[4, 1]>>) { %0 = memref.cast %a : memref<1x4xf32, strided<[4, 1]>>
  to memref<1x4xf32, strided<[9, 1]>>
return }
// error: operand type 'memref<1x4xf32, strided<[4, 1]>>' and result type 'memref<1x4xf32, strided<[9, 1]>>' are cast incompatible
// -----
func.func @h(%a: memref<4x4xf32, strided<[?, 1], offset: 3>>) { %0 = memref.cast %a
  : memref<4x4xf32, strided<[?, 1], offset: 3>> to memref<4x4xf32, strided<[?, 1], offset: 4>>
return }
// error: operand type 'memref<4x4xf32, strided<[?, 1], offset: 3>>' and result type 'memref<4x4xf32, strided<[?, 1], offset: 4>>' are cast incompatible
// -----
func.func @h(%a: memref<6x?xf32, strided<[?, 3]>>, %n: index)
  { %0 = memref.expand_shape %a [[0, 1], [2, 3]] output_shape [2, 3, %n, 4]
  : memref<6x?xf32, strided<[?, 3]>> into memref<2x3x?x4xf32, strided<[?, ?, 12, 3]>>
return }
// -----
func.func @h(%a: memref<6x?xf32, strided<[7, 3]>>, %n: index)
  { %0 = memref.expand_shape %a [[0, 1], [2, 3]] output_shape [2, 3, 4, %n]
  : memref<6x?xf32, strided<[7, 3]>> into memref<2x3x4x?xf32, strided<[21, 7, ?, 3]>>
return }
// -----
func.func @h(%a: memref<f32, strided<[], offset: 5>>) { %0 = memref.expand_shape %a [] output_shape [1, 1]
  : memref<f32, strided<[], offset: 5>> into memref<1x1xf32, strided<[1, 1], offset: 5>>
return }
// -----
func.func @h(%a: memref<f32>, %i: index) { %0 = memref.load %a[] : memref<f32>
memref.dma_start %a[], %a[], %i, %a[] : memref<f32>, memref<f32>, memref<f32>
return }
// -----
func.func @h(%a: memref<4xmemref<2xf32>>, %i: index) { %0 = memref.load %a[%i] : memref<4xmemref<2xf32>>
%1 = memref.load %0[%i] : memref<2xf32>
return }
// -----
func.func @h(%a: memref<4xvector<4xf32>>, %i: index, %v: vector<4xf32>) { memref.store %v, %a[%i]
  : memref<4xvector<4xf32>>
return }
// -----
module @outer { memref.global @g : memref<2xf32>
module @inner { func.func @h() { %0 = memref.get_global @g : memref<2xf32>
return } } }
// error: 'g' does not reference a valid global memref
// -----
func.func @h(%a: memref<?x?xf32>, %i: index) { %0 = memref.subview %a[%i, 1] [%i, 4] [2, %i]
  : memref<?x?xf32> to memref<?x4xf32, strided<[?, ?], offset: ?>>
return }
// -----
func.func @h(%a: memref<8xf32, "nram">) { %0 = memref.subview %a[2] [4] [1] : memref<8xf32, "nram">
  to memref<4xf32, strided<[1], offset: 2>, "nram">
%1 = memref.cast %0 : memref<4xf32, strided<[1], offset: 2>, "nram">
  to memref<?xf32, strided<[1], offset: ?>, "nram">
return }
// -----
func.func @h(%a: memref<0xf32>) { %0 = memref.subview %a[0] [0] [1] : memref<0xf32>
  to memref<0xf32, strided<[1]>>
return }
// error: offset 0 is out-of-bounds: 0 >= 0
// -----
func.func @h(%a: memref<4x4xf32, affine_map<(d0, d1) -> (d1, d0)>>, %i: index) { %0 = memref.load %a[%i, %i]
  : memref<4x4xf32, affine_map<(d0, d1) -> (d1, d0)>>
%1 = memref.cast %a : memref<4x4xf32, affine_map<(d0, d1) -> (d1, d0)>>
  to memref<?x4xf32, affine_map<(d0, d1) -> (d1, d0)>>
return }
// -----
func.func @h(%a: memref<4x4xf32, affine_map<(d0, d1) -> (d1, d0)>>) { %1 = memref.cast %a
  : memref<4x4xf32, affine_map<(d0, d1) -> (d1, d0)>> to memref<4x4xf32>
return }
// error: operand type 'memref<4x4xf32, affine_map<(d0, d1) -> (d1, d0)>>' and result type 'memref<4x4xf32>' are cast incompatible
// -----
func.func @h(%a: memref<4x4xf32>) { %0:6 = memref.extract_strided_metadata %a : memref<4x4xf32>
  -> memref<f32>, index, index, index, index, index
%1 = memref.reinterpret_cast %0#0 to offset: [%0#1], sizes: [%0#2, 4], strides: [%0#4, 1] : memref<f32>
  to memref<?x4xf32, strided<[?, 1], offset: ?>>
return }
