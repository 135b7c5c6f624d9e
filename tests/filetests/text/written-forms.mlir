// paleo-opt:

// # properties that the operation does not declare
"builtin.module"() ({
  %0 = "t.a"() : () -> i32
  %1 = "arith.muli"(%0, %0) <{i = array<i64: 1>}> : (i32, i32) -> i32
  %2 = "arith.constant"() <{operandSegmentSizes = array<i64: 1>, value = true}> : () -> i1
  %3 = "arith.constant"() <{constructor = 1, value = 2 : i32}> : () -> i32
}) : () -> ()
// ==>
module {
  %0 = "t.a"() : () -> i32
  %1 = "arith.muli"(%0, %0) <{i = array<i64: 1>}> : (i32, i32) -> i32
  %2 = "arith.constant"() <{operandSegmentSizes = array<i64: 1>, value = true}> : () -> i1
  %3 = "arith.constant"() <{constructor = 1 : i64, value = 2 : i32}> : () -> i32
}

// # flags that are no words
"builtin.module"() ({
  %0 = "t.a"() : () -> f32
  %1 = "arith.addf"(%0, %0) <{fastmath = #a<>}> : (f32, f32) -> f32 // error: attribute 'fastmath' is #a<>
  %2 = "t.b"() : () -> i32
  %3 = "arith.addi"(%2, %2) <{overflowFlags = #arith.overflow<[[]]>}> : (i32, i32) -> i32 // error: attribute 'overflowFlags' is
}) : () -> ()

// # a predicate of another type
"builtin.module"() ({
  %0 = "t.a"() : () -> i32
  %1 = "arith.cmpi"(%0, %0) <{predicate = 2 : i8}> : (i32, i32) -> i1 // error: attribute 'predicate' is 2 : i8
}) : () -> ()

// # a constant that has no type
"builtin.module"() ({
  %0 = "arith.constant"() <{value = loc("a":1:2)}> : () -> index // error: has value loc("a":1:2), expected one of type index
}) : () -> ()

// # attributes of arguments that reading would not make
func.func private @s() attributes {arg_attrs = []}
func.func private @t(i32) attributes {arg_attrs = [{}]}
// ==>
module {
  "func.func"() <{arg_attrs = [], function_type = () -> (), sym_name = "s", sym_visibility = "private"}> ({
  }) : () -> ()
  "func.func"() <{arg_attrs = [{}], function_type = (i32) -> (), sym_name = "t", sym_visibility = "private"}> ({
  }) : () -> ()
}

// # more attributes of arguments than arguments
func.func private @u(i32) attributes {arg_attrs = [{a}, {b}]} // error: expects argument attribute array to have the same number of elements as the number of function arguments, got 2, but expected 1

// # names and visibilities that are no plain strings
"builtin.module"() ({
  "func.func"() <{function_type = () -> (), sym_name = "f" : i32, sym_visibility = "private"}> ({
  }) : () -> ()
}) : () -> ()
// ==>
module {
  "func.func"() <{function_type = () -> (), sym_name = "f" : i32, sym_visibility = "private"}> ({
  }) : () -> ()
}

// # a visibility that does not exist
func.func @f() attributes {sym_visibility = "odd"} { // error: 'sym_visibility' is an inferred attribute and should not be specified in the explicit attribute dictionary
  func.return
}

// # a return in a function without a type
"builtin.module"() ({
  "func.func"() <{sym_name = "f"}> ({ // error: attribute 'function_type' is missing
    %0 = "t.a"() : () -> i32
    "func.return"(%0) : (i32) -> ()
  }) : () -> ()
}) : () -> ()

// # a call of a function without a type
"builtin.module"() ({
  "func.func"() <{sym_name = "f"}> ({ // error: attribute 'function_type' is missing
  }) : () -> ()
  "func.call"() <{callee = @f}> : () -> () // error: calls '@f', which has no function type
}) : () -> ()

// # a function with neither region nor type
"builtin.module"() ({
  "func.func"() <{e}> : () -> () // error: attribute 'sym_name' is missing
}) : () -> ()

// # arguments of another type than the function's
"builtin.module"() ({
  "func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({ // error: entry block has arguments (i64, i64), expected (i32)
  ^bb0(%a: i64, %b: i64):
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()

// # a module with results
%0 = "builtin.module"() ({ // error: has 1 results, expected 0
^bb0:
}) : () -> i32

// # a module without a block
"builtin.module"() ({ // error: has no block
}) : () -> ()

// # a module with arguments
"builtin.module"() ({ // error: region should have no arguments
^bb0(%a: i32):
}) : () -> ()

// # an empty module keeps its block
"builtin.module"() ({
^bb0:
}) {t.s = #p<>} : () -> ()
// ==>
module attributes {t.s = #p<>} {
}

// # an implied yield after an operation that is not known
"builtin.module"() ({
  %0 = "t.a"() : () -> index
  "scf.for"(%0, %0, %0) ({
  ^bb0(%i: index):
    "t.b"(%i) : (index) -> ()
    "scf.yield"() : () -> ()
  }) : (index, index, index) -> ()
}) : () -> ()
// ==>
module {
  %0 = "t.a"() : () -> index
  scf.for %arg0 = %0 to %0 step %0 {
    "t.b"(%arg0) : (index) -> ()
  }
}

// # a yield with attributes is written
"builtin.module"() ({
  %0 = "t.a"() : () -> index
  "scf.for"(%0, %0, %0) ({
  ^bb0(%i: index):
    "scf.yield"() {a} : () -> ()
  }) : (index, index, index) -> ()
}) : () -> ()
// ==>
module {
  %0 = "t.a"() : () -> index
  scf.for %arg0 = %0 to %0 step %0 {
    scf.yield {a}
  }
}

// # two yields
"builtin.module"() ({
  %0 = "t.a"() : () -> index
  "scf.for"(%0, %0, %0) ({
  ^bb0(%i: index):
    "scf.yield"() : () -> () // error: must be the last operation in its block
    "scf.yield"() : () -> ()
  }) : (index, index, index) -> ()
}) : () -> ()

// # what follows a misplaced return is not its operand
"builtin.module"() ({
  "func.func"() <{function_type = () -> (), sym_name = "f"}> ({
    "func.return"() : () -> () // error: must be the last operation in its block
    %0 = "t.a"() : () -> i32
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()

// # a value is not seen from the region beside its own
"builtin.module"() ({
  "t.region"() ({
    %1 = "t.use"(%0) : (i32) -> i32 // error: use of undeclared SSA value name
  }) : () -> ()
  "t.region"() ({
    %0 = "t.define"() : () -> i32
  }) : () -> ()
}) : () -> ()

// # what the form says is not said again in the attributes
func.func @r() attributes {function_type} { // error: 'function_type' is an inferred attribute and should not be specified in the explicit attribute dictionary
  func.return
}

// # an operand is not defined inside the operation
module {
  %0 = scf.if %a -> (index) { // error: use of undeclared SSA value name
    func.func @f(%a: i1) {
      func.return
    }
  }
}

// # sizes of groups of another type
"builtin.module"() ({
  %0 = "memref.alloc"() <{operandSegmentSizes = array<i64: 0, 0>}> : () -> memref<1xf32>
}) : () -> ()
// ==>
module {
  %0 = "memref.alloc"() <{operandSegmentSizes = array<i64: 0, 0>}> : () -> memref<1xf32>
}

// # a string where indices should be
"builtin.module"() ({
  %0 = "t.a"() : () -> tensor<1xi32>
  %1 = "tensor.collapse_shape"(%0) <{reassociation = ""}> : (tensor<1xi32>) -> tensor<i32> // error: attribute 'reassociation'
}) : () -> ()

// # a yield with a result is written
"builtin.module"() ({
  %0 = "t.a"() : () -> i1
  "scf.if"(%0) ({
    "scf.yield"() : () -> ()
  }, {
    %1 = "scf.yield"() : () -> i32 // error: has 1 results, expected 0
  }) : (i1) -> ()
}) : () -> ()

// # an index beyond 64 bits
func.func @s(%a: tensor<?xf32>) {
  %0 = tensor.extract_slice %a[9223372036854775808] [1] [1] : tensor<?xf32> to tensor<1xf32> // error: integer value too large
  func.return
}

// # the memory of a global without a type
"builtin.module"() ({
  "memref.global"() <{sym_name = "g"}> : () -> () // error: attribute 'type' is missing
  %0 = "memref.get_global"() <{name = @g}> : () -> memref<2xf32> // error: does not reference a valid global memref
}) : () -> ()

// # a number of another type than the declared one
"builtin.module"() ({
  %0 = "t.a"() : () -> tensor<2xi32>
  %1 = "tensor.concat"(%0) <{dim = 0 : index}> : (tensor<2xi32>) -> tensor<2xi32>
}) : () -> ()
// ==>
module {
  %0 = "t.a"() : () -> tensor<2xi32>
  %1 = "tensor.concat"(%0) <{dim = 0 : index}> : (tensor<2xi32>) -> tensor<2xi32>
}

// # no block passes control to the first
"builtin.module"() ({
  "func.func"() <{function_type = (i1) -> (), sym_name = "f"}> ({ // error: entry block of region may not have predecessors
  ^bb0(%arg0: i1):
    "t.branch"()[^bb0, ^bb1] : () -> ()
  ^bb1:
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()

// # an amount of padding that no list has a place for
func.func @f(%t: tensor<?x10xindex>, %n: index) {
  %0 = "tensor.pad"(%t, %n, %n, %n) <{operandSegmentSizes = array<i32: 1, 1, 2>, static_high = array<i64: 8, 8>, static_low = array<i64: 5, -9223372036854775808>}> ({
  ^bb0(%i: index, %j: index):
    "tensor.yield"(%i) : (index) -> ()
  }) : (tensor<?x10xindex>, index, index, index) -> tensor<?x?xindex>
  return
}
// ==>
module {
  func.func @f(%arg0: tensor<?x10xindex>, %arg1: index) {
    %0 = "tensor.pad"(%arg0, %arg1, %arg1, %arg1) <{operandSegmentSizes = array<i32: 1, 1, 2>, static_high = array<i64: 8, 8>, static_low = array<i64: 5, -9223372036854775808>}> ({
    ^bb0(%arg2: index, %arg3: index):
      tensor.yield %arg2 : index
    }) : (tensor<?x10xindex>, index, index, index) -> tensor<?x?xindex>
    return
  }
}

// # an implied end of a turn after an operation that is not known
"builtin.module"() ({
  %0 = "t.a"() : () -> index
  "scf.forall"(%0) <{operandSegmentSizes = array<i32: 0, 1, 0, 0>, staticLowerBound = array<i64: 0>, staticStep = array<i64: 1>, staticUpperBound = array<i64: -9223372036854775808>}> ({
  ^bb0(%i: index):
    "t.b"() : () -> ()
    "scf.forall.in_parallel"() ({
    ^bb0:
    }) : () -> ()
  }) : (index) -> ()
}) : () -> ()
// ==>
module {
  %0 = "t.a"() : () -> index
  scf.forall (%arg0) in (%0) {
    "t.b"() : () -> ()
  }
}

// # an implied end of a scope and of a parallel loop after an operation that is not known
"builtin.module"() ({
  %0 = "t.a"() : () -> index
  "memref.alloca_scope"() ({
    "t.b"() : () -> ()
    "memref.alloca_scope.return"() : () -> ()
  }) : () -> ()
  "scf.parallel"(%0, %0, %0) <{operandSegmentSizes = array<i32: 1, 1, 1, 0>}> ({
  ^bb0(%arg0: index):
    "t.b"() : () -> ()
    "scf.reduce"() : () -> ()
  }) : (index, index, index) -> ()
}) : () -> ()
// ==>
module {
  %0 = "t.a"() : () -> index
  memref.alloca_scope  {
    "t.b"() : () -> ()
  }
  scf.parallel (%arg0) = (%0) to (%0) step (%0) {
    "t.b"() : () -> ()
    scf.reduce
  }
}
