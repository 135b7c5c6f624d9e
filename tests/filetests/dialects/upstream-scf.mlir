// paleo-opt:

// # loops, choices, parallel loops, shared outputs
func.func @w(%n: i32, %x: f32, %lb: index, %ub: index, %t: tensor<4x4xf32>, %m: memref<4xf32>) -> i32 {
  %0 = scf.while (%a = %n) : (i32) -> i32 {
    %c = arith.constant true
    scf.condition(%c) %a : i32
  } do {
  ^bb0(%b: i32):
    scf.yield %b : i32
  } attributes {note}
  %1:2 = scf.while (%a = %n, %q = %x) : (i32, f32) -> (i32, f32) {
    %c = arith.constant true
    scf.condition(%c) %a, %q : i32, f32
  } do {
  ^bb0(%b: i32, %d: f32):
    scf.yield %b, %d : i32, f32
  }
  scf.while : () -> () {
    %c = arith.constant true
    scf.condition(%c)
  } do {
    scf.yield
  }
  %2 = scf.execute_region -> i32 {
    scf.yield %n : i32
  }
  scf.execute_region no_inline {
    cf.br ^bb1
  ^bb1:
    scf.yield
  } {y}
  %3 = scf.index_switch %lb {note} -> i32
  case 2 {
    scf.yield %n : i32
  }
  case 5 {
    scf.yield %n : i32
  }
  default {
    scf.yield %n : i32
  }
  scf.index_switch %lb
  default {
  }
  scf.parallel (%i, %j) = (%lb, %lb) to (%ub, %ub) step (%lb, %lb) {
    memref.store %x, %m[%i] : memref<4xf32>
  } {note}
  %4 = scf.parallel (%i) = (%lb) to (%ub) step (%lb) init (%x) -> f32 {
    scf.reduce(%x : f32) {
    ^bb0(%l: f32, %r: f32):
      %s = arith.addf %l, %r : f32
      scf.reduce.return %s : f32
    }
  }
  %5:2 = scf.parallel (%i) = (%lb) to (%ub) step (%lb) init (%x, %x) -> (f32, f32) {
    scf.reduce(%x, %x : f32, f32) {
    ^bb0(%l: f32, %r: f32):
      scf.reduce.return %l : f32
    }, {
    ^bb0(%l: f32, %r: f32):
      scf.reduce.return %l : f32
    }
  }
  scf.forall (%i, %j) in (%ub, 4) {
  }
  scf.forall (%i, %j) = (0, %lb) to (%ub, 4) step (1, 2) {
    scf.forall.in_parallel {
    }
  } {mapping = [#gpu.thread<x>, #gpu.thread<y>]}
  %6 = scf.forall (%i) in (4) shared_outs(%o = %t) -> (tensor<4x4xf32>) {
    %sl = tensor.extract_slice %o[%i, 0] [1, 4] [1, 1] : tensor<4x4xf32> to tensor<1x4xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %sl into %o[%i, 0] [1, 4] [1, 1] : tensor<1x4xf32> into tensor<4x4xf32>
    }
  }
  return %3 : i32
}
// ==>
module {
  func.func @w(%arg0: i32, %arg1: f32, %arg2: index, %arg3: index, %arg4: tensor<4x4xf32>, %arg5: memref<4xf32>) -> i32 {
    %0 = scf.while (%arg6 = %arg0) : (i32) -> i32 {
      %7 = arith.constant true
      scf.condition(%7) %arg6 : i32
    } do {
    ^bb0(%arg6: i32):
      scf.yield %arg6 : i32
    } attributes {note}
    %1:2 = scf.while (%arg6 = %arg0, %arg7 = %arg1) : (i32, f32) -> (i32, f32) {
      %7 = arith.constant true
      scf.condition(%7) %arg6, %arg7 : i32, f32
    } do {
    ^bb0(%arg6: i32, %arg7: f32):
      scf.yield %arg6, %arg7 : i32, f32
    }
    scf.while : () -> () {
      %7 = arith.constant true
      scf.condition(%7)
    } do {
      scf.yield
    }
    %2 = scf.execute_region -> i32 {
      scf.yield %arg0 : i32
    }
    scf.execute_region no_inline {
      cf.br ^bb1
    ^bb1:  // pred: ^bb0
      scf.yield
    } {y}
    %3 = scf.index_switch %arg2 {note} -> i32
    case 2 {
      scf.yield %arg0 : i32
    }
    case 5 {
      scf.yield %arg0 : i32
    }
    default {
      scf.yield %arg0 : i32
    }
    scf.index_switch %arg2
    default {
    }
    scf.parallel (%arg6, %arg7) = (%arg2, %arg2) to (%arg3, %arg3) step (%arg2, %arg2) {
      memref.store %arg1, %arg5[%arg6] : memref<4xf32>
      scf.reduce
    } {note}
    %4 = scf.parallel (%arg6) = (%arg2) to (%arg3) step (%arg2) init (%arg1) -> f32 {
      scf.reduce(%arg1 : f32) {
      ^bb0(%arg7: f32, %arg8: f32):
        %7 = arith.addf %arg7, %arg8 : f32
        scf.reduce.return %7 : f32
      }
    }
    %5:2 = scf.parallel (%arg6) = (%arg2) to (%arg3) step (%arg2) init (%arg1, %arg1) -> (f32, f32) {
      scf.reduce(%arg1, %arg1 : f32, f32) {
      ^bb0(%arg7: f32, %arg8: f32):
        scf.reduce.return %arg7 : f32
      }, {
      ^bb0(%arg7: f32, %arg8: f32):
        scf.reduce.return %arg7 : f32
      }
    }
    scf.forall (%arg6, %arg7) in (%arg3, 4) {
    }
    scf.forall (%arg6, %arg7) = (0, %arg2) to (%arg3, 4) step (1, 2) {
    } {mapping = [#gpu.thread<x>, #gpu.thread<y>]}
    %6 = scf.forall (%arg6) in (4) shared_outs(%arg7 = %arg4) -> (tensor<4x4xf32>) {
      %7 = tensor.extract_slice %arg7[%arg6, 0] [1, 4] [1, 1] : tensor<4x4xf32> to tensor<1x4xf32>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %7 into %arg7[%arg6, 0] [1, 4] [1, 1] : tensor<1x4xf32> into tensor<4x4xf32>
      }
    }
    return %3 : i32
  }
}

// # a loop whose regions do not fit
func.func @f(%n: i32) {
  %0 = scf.while (%a = %n) : (i32) -> i32 { // error: along control flow edge from Operation scf.yield to Region #0: region branch point has 0 operands, but region successor needs 1 inputs
    %c = arith.constant true
    scf.condition(%c) %a : i32
  } do {
  ^bb0(%b: i32):
    scf.yield
  }
  return
}

// # a case twice
func.func @f(%n: index) {
  scf.index_switch %n // error: has duplicate case value: 2
  case 2 {
  }
  case 2 {
  }
  default {
  }
  return
}

// # a reduction that is not of the type of its loop
func.func @f(%i: index, %x: f32, %n: i32) {
  %0 = scf.parallel (%a) = (%i) to (%i) step (%i) init (%x) -> f32 {
    scf.reduce(%n : i32) { // error: expects type of 0-th reduction operand: 'i32' to be the same as the 0-th result type: 'f32'
    ^bb0(%l: i32, %r: i32):
      scf.reduce.return %l : i32
    }
  }
  return
}

// # a mapping of another rank
func.func @f(%n: index) {
  scf.forall (%i, %j) in (%n, 4) { // error: mapping attribute size must match op rank
  } {mapping = [#gpu.thread<x>]}
  return
}
