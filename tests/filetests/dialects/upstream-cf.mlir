// paleo-opt:

// # branches with and without values, weights, cases
func.func @f(%flag: i32, %c: i1, %x: f32) -> f32 {
  cf.assert %c, "must hold"
  cf.cond_br %c weights([90, 10]), ^bb1(%x : f32), ^bb2 {note}
^bb1(%a: f32):
  cf.switch %flag : i32, [
    default: ^bb2,
    42: ^bb1(%a : f32),
    -1: ^bb3(%a, %flag : f32, i32)
  ]
^bb2:
  cf.br ^bb3(%x, %flag : f32, i32)
^bb3(%b: f32, %i: i32):
  cf.switch %i : i32, [
    default: ^bb4
  ]
^bb4:
  return %b : f32
}
// ==>
module {
  func.func @f(%arg0: i32, %arg1: i1, %arg2: f32) -> f32 {
    cf.assert %arg1, "must hold"
    cf.cond_br %arg1 weights([90, 10]), ^bb1(%arg2 : f32), ^bb2 {note}
  ^bb1(%0: f32):  // 2 preds: ^bb0, ^bb1
    cf.switch %arg0 : i32, [
      default: ^bb2,
      42: ^bb1(%0 : f32),
      -1: ^bb3(%0, %arg0 : f32, i32)
    ]
  ^bb2:  // 2 preds: ^bb0, ^bb1
    cf.br ^bb3(%arg2, %arg0 : f32, i32)
  ^bb3(%1: f32, %2: i32):  // 2 preds: ^bb1, ^bb2
    cf.switch %2 : i32, [
      default: ^bb4
    ]
  ^bb4:  // pred: ^bb3
    return %1 : f32
  }
}

// # too few values for a block
func.func @f(%x: f32) {
  cf.br ^bb1 // error: branch has 0 operands for successor #0, but target block has 1
^bb1(%a: f32):
  return
}

// # a value of another type
func.func @f(%x: f32, %c: i1) {
  cf.cond_br %c, ^bb1(%x : f32), ^bb1(%c : i1) // error: type mismatch for bb argument #0 of successor #1
^bb1(%a: f32):
  return
}

// # no block that is gone to
func.func @f(%c: i1) {
  cf.cond_br %c weights([0, 0]), ^bb1, ^bb1 // error: branch weights cannot all be zero
^bb1:
  return
}

// # one weight for two blocks
func.func @f(%c: i1) {
  cf.cond_br %c weights([1]), ^bb1, ^bb1 // error: expects number of branch weights to match number of successors: 1 vs 2
^bb1:
  return
}
