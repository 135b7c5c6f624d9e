// paleo-opt:

// # integers
func.func @integers(%a: i32, %b: i32, %c: i1, %i: index) -> (i32, i64, i8, index) {
  %k = arith.constant 7 : i32
  %0 = arith.addi %a, %k : i32
  %1 = arith.subi %0, %b : i32
  %2 = arith.muli %1, %b : i32
  %3 = arith.divsi %2, %k : i32
  %4 = arith.remsi %3, %k : i32
  %5 = arith.divui %4, %k : i32
  %6 = arith.remui %5, %k : i32
  %7 = arith.andi %6, %a : i32
  %8 = arith.ori %7, %a : i32
  %9 = arith.xori %8, %b : i32
  %10 = arith.shli %9, %k : i32
  %11 = arith.shrsi %10, %k : i32
  %12 = arith.shrui %11, %k : i32
  %13 = arith.minsi %12, %a : i32
  %14 = arith.maxsi %13, %b : i32
  %15 = arith.cmpi slt, %14, %a : i32
  %16 = arith.select %15, %14, %a : i32
  %17 = arith.extsi %16 : i32 to i64
  %18 = arith.extui %16 : i32 to i64
  %19 = arith.addi %17, %18 : i64
  %20 = arith.trunci %16 : i32 to i8
  %21 = arith.index_cast %16 : i32 to index
  func.return %16, %19, %20, %21 : i32, i64, i8, index
}
// ==>
module {
  func.func @integers(%arg0: i32, %arg1: i32, %arg2: i1, %arg3: index) -> (i32, i64, i8, index) {
    %0 = arith.constant 7 : i32
    %1 = arith.addi %arg0, %0 : i32
    %2 = arith.subi %1, %arg1 : i32
    %3 = arith.muli %2, %arg1 : i32
    %4 = arith.divsi %3, %0 : i32
    %5 = arith.remsi %4, %0 : i32
    %6 = arith.divui %5, %0 : i32
    %7 = arith.remui %6, %0 : i32
    %8 = arith.andi %7, %arg0 : i32
    %9 = arith.ori %8, %arg0 : i32
    %10 = arith.xori %9, %arg1 : i32
    %11 = arith.shli %10, %0 : i32
    %12 = arith.shrsi %11, %0 : i32
    %13 = arith.shrui %12, %0 : i32
    %14 = arith.minsi %13, %arg0 : i32
    %15 = arith.maxsi %14, %arg1 : i32
    %16 = arith.cmpi slt, %15, %arg0 : i32
    %17 = arith.select %16, %15, %arg0 : i32
    %18 = arith.extsi %17 : i32 to i64
    %19 = arith.extui %17 : i32 to i64
    %20 = arith.addi %18, %19 : i64
    %21 = arith.trunci %17 : i32 to i8
    %22 = arith.index_cast %17 : i32 to index
    return %17, %20, %21, %22 : i32, i64, i8, index
  }
}

// # floating-point numbers
func.func @floats(%a: f32, %b: f32) -> (f16, i32, i1) {
  %0 = arith.addf %a, %b : f32
  %1 = arith.subf %0, %b : f32
  %2 = arith.mulf %1, %b : f32
  %3 = arith.divf %2, %a : f32
  %4 = arith.maximumf %3, %a : f32
  %5 = arith.minimumf %4, %b : f32
  %6 = arith.negf %5 : f32
  %7 = arith.cmpf olt, %6, %a : f32
  %8 = arith.truncf %6 : f32 to f16
  %9 = arith.extf %8 : f16 to f32
  %10 = arith.fptosi %9 : f32 to i32
  %11 = arith.sitofp %10 : i32 to f32
  %12 = arith.truncf %11 : f32 to f16
  func.return %12, %10, %7 : f16, i32, i1
}
// ==>
module {
  func.func @floats(%arg0: f32, %arg1: f32) -> (f16, i32, i1) {
    %0 = arith.addf %arg0, %arg1 : f32
    %1 = arith.subf %0, %arg1 : f32
    %2 = arith.mulf %1, %arg1 : f32
    %3 = arith.divf %2, %arg0 : f32
    %4 = arith.maximumf %3, %arg0 : f32
    %5 = arith.minimumf %4, %arg1 : f32
    %6 = arith.negf %5 : f32
    %7 = arith.cmpf olt, %6, %arg0 : f32
    %8 = arith.truncf %6 : f32 to f16
    %9 = arith.extf %8 : f16 to f32
    %10 = arith.fptosi %9 : f32 to i32
    %11 = arith.sitofp %10 : i32 to f32
    %12 = arith.truncf %11 : f32 to f16
    return %12, %10, %7 : f16, i32, i1
  }
}

// # loops, branches and calls
func.func @control(%n: index, %c: i1, %x: f32) -> f32 {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %0 = scf.for %i = %zero to %n step %one iter_args(%sum = %x) -> (f32) {
    %1 = scf.if %c -> (f32) {
      %2 = func.call @control(%i, %c, %sum) : (index, i1, f32) -> f32
      scf.yield %2 : f32
    } else {
      scf.yield %x : f32
    }
    scf.yield %1 : f32
  }
  %3 = builtin.unrealized_conversion_cast %0 : f32 to f32
  func.return %3 : f32
}
// ==>
module {
  func.func @control(%arg0: index, %arg1: i1, %arg2: f32) -> f32 {
    %0 = arith.constant 0 : index
    %1 = arith.constant 1 : index
    %2 = scf.for %arg3 = %0 to %arg0 step %1 iter_args(%arg4 = %arg2) -> (f32) {
      %4 = scf.if %arg1 -> (f32) {
        %5 = func.call @control(%arg3, %arg1, %arg4) : (index, i1, f32) -> f32
        scf.yield %5 : f32
      } else {
        scf.yield %arg2 : f32
      }
      scf.yield %4 : f32
    }
    %3 = builtin.unrealized_conversion_cast %2 : f32 to f32
    return %3 : f32
  }
}
