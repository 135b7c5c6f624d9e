// paleo-opt: inline{default-pipeline=}

// # a private function goes with its last call
func.func private @square(%x: i32) -> i32 {
  %0 = arith.muli %x, %x : i32
  return %0 : i32
}
func.func @main(%x: i32, %y: i32) -> i32 {
  %0 = func.call @square(%x) : (i32) -> i32
  %1 = func.call @square(%y) : (i32) -> i32
  %2 = arith.addi %0, %1 : i32
  return %2 : i32
}
// ==>
module {
  func.func @main(%arg0: i32, %arg1: i32) -> i32 {
    %0 = arith.muli %arg0, %arg0 : i32
    %1 = arith.muli %arg1, %arg1 : i32
    %2 = arith.addi %0, %1 : i32
    return %2 : i32
  }
}

// # returns from several blocks become branches
func.func private @choose(%c: i1, %x: i32, %y: i32) -> i32 {
  cf.cond_br %c, ^bb1, ^bb2
^bb1:
  %0 = arith.muli %x, %y : i32
  return %0 : i32
^bb2:
  return %y : i32
}
func.func @main(%c: i1, %x: i32, %y: i32) -> i32 {
  %0 = func.call @choose(%c, %x, %y) : (i1, i32, i32) -> i32
  %1 = arith.subi %0, %x : i32
  return %1 : i32
}
// ==>
module {
  func.func @main(%arg0: i1, %arg1: i32, %arg2: i32) -> i32 {
    cf.cond_br %arg0, ^bb1, ^bb2
  ^bb1:  // pred: ^bb0
    %0 = arith.muli %arg1, %arg2 : i32
    cf.br ^bb3(%0 : i32)
  ^bb2:  // pred: ^bb0
    cf.br ^bb3(%arg2 : i32)
  ^bb3(%1: i32):  // 2 preds: ^bb1, ^bb2
    %2 = arith.subi %1, %arg1 : i32
    return %2 : i32
  }
}

// # what has several blocks does not go where there may be one, and what forbids it stays
func.func private @choose(%c: i1, %x: i32, %y: i32) -> i32 {
  cf.cond_br %c, ^bb1, ^bb2
^bb1:
  return %x : i32
^bb2:
  return %y : i32
}
func.func private @never() attributes {no_inline} {
  return
}
func.func private @unknown() {
  "other.effect"() : () -> ()
  return
}
func.func @main(%c: i1, %d: i1, %x: i32, %y: i32) -> i32 {
  %0 = scf.if %c -> i32 {
    %1 = func.call @choose(%d, %x, %y) : (i1, i32, i32) -> i32
    scf.yield %1 : i32
  } else {
    scf.yield %x : i32
  }
  func.call @never() : () -> ()
  func.call @unknown() : () -> ()
  return %0 : i32
}
// ==>
module {
  func.func private @choose(%arg0: i1, %arg1: i32, %arg2: i32) -> i32 {
    cf.cond_br %arg0, ^bb1, ^bb2
  ^bb1:  // pred: ^bb0
    return %arg1 : i32
  ^bb2:  // pred: ^bb0
    return %arg2 : i32
  }
  func.func private @never() attributes {no_inline} {
    return
  }
  func.func private @unknown() {
    "other.effect"() : () -> ()
    return
  }
  func.func @main(%arg0: i1, %arg1: i1, %arg2: i32, %arg3: i32) -> i32 {
    %0 = scf.if %arg0 -> (i32) {
      %1 = func.call @choose(%arg1, %arg2, %arg3) : (i1, i32, i32) -> i32
      scf.yield %1 : i32
    } else {
      scf.yield %arg2 : i32
    }
    call @never() : () -> ()
    call @unknown() : () -> ()
    return %0 : i32
  }
}

// # recursion is left alone
func.func private @down(%n: index) -> index {
  %0 = func.call @down(%n) : (index) -> index
  return %0 : index
}
func.func @main(%n: index) -> index {
  %0 = func.call @down(%n) : (index) -> index
  return %0 : index
}
// ==>
module {
  func.func private @down(%arg0: index) -> index {
    %0 = call @down(%arg0) : (index) -> index
    return %0 : index
  }
  func.func @main(%arg0: index) -> index {
    %0 = call @down(%arg0) : (index) -> index
    return %0 : index
  }
}
