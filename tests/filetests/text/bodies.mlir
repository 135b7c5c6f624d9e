// paleo-opt:

// # maps in dialect bodies stay where they are
"t.a"() {i = #i<<(<(<affine_map<(d0) -> (d0 + 1)>>)>)>>, m = affine_map<(d0) -> (d0 + 1)>} : () -> ()
// ==>
#map = affine_map<(d0) -> (d0 + 1)>
module {
  "t.a"() {i = #i<<(<(<affine_map<(d0) -> (d0 + 1)>>)>)>>, m = #map} : () -> ()
}

// # a map in the encoding of a tensor
#sparse1 = #g<{affine_map<()->(9372036854775807)>}>
"t.b"() : () -> tensor<?xf64, #sparse1>
// ==>
module {
  %0 = "t.b"() : () -> tensor<?xf64, #g<{affine_map<()->(9372036854775807)>}>>
}

// # integers of the widest type
"t.c"() {v = dense<-23661> : tensor<i16777215>} : () -> ()
// ==>
module {
  "t.c"() {v = dense<-23661> : tensor<i16777215>} : () -> ()
}

// # a line number of more than 32 bits
"t.d"() : () -> () loc("f":4722366482869645213696:0) // error: expected integer line or column number of at most 32 bits

// # a comparison in an alias does not go into the text of a dialect
#s = affine_set<() : (1 >= 0)>
"t.e"() {x = !i<#s>} : () -> ()
// ==>
module {
  "t.e"() {x = !i<#s>} : () -> ()
}

// # branch weights have 32 bits
func.func @f(%c: i1) {
  cf.cond_br %c weights([9254740992, 1]), ^bb1, ^bb1 // error: integer value too large
^bb1:
  return
}

// # memory of memory has no elements to begin with
memref.global @v : memref<memref<2xi8>> = dense<> // error: invalid tensor element type: memref<2xi8>

// # what looks like a map is none
memref.global @o : memref<2xf32> = sparse<[]<(<(affine_map<(<()>)>)>)>>
// ==>
module {
  memref.global @o : memref<2xf32> = sparse<[]<(<(affine_map<(<()>)>)>)>>
}

// # a value is not seen from the region beside its own
"t.f"() ({
  "t.g"(%v) : (f32) -> () // error: use of undeclared SSA value name
}, {
  %v = "t.h"() : () -> f32
}) : () -> ()

// # sparse data with what looks like a map
memref.global @p : memref<2xf32> = sparse<[]<(<(affine_map<(())>)>)>>
// ==>
module {
  memref.global @p : memref<2xf32> = sparse<[]<(<(affine_map<(())>)>)>>
}

// # bounds of another type than theirs
%n = "t.n"() : () -> index
"scf.forall"(%n) <{operandSegmentSizes = array<i32: 0, 1, 0, 0>, staticLowerBound = array<i64: 0>, staticStep = array<i64: 1>, staticUpperBound = array<f32: 0x7F800000>}> ({ // error: attribute 'staticUpperBound'
^bb0(%i: index):
  "scf.forall.in_parallel"() ({
  ^bb0:
  }) : () -> ()
}) : (index) -> ()
