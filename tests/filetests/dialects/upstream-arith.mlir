// paleo-opt:

// # every operation beside those of upstream.mlir
func.func @f(%a: i32, %b: i32, %x: f32, %y: f32, %v: vector<4xi32>, %i: index, %t: tensor<?xf32>, %h: f16, %f8: f8E8M0FNU, %f4: f4E2M1FN, %p: f64) {
  %0, %1 = arith.addui_extended %a, %b : i32, i1
  %2, %3 = arith.mulsi_extended %a, %b : i32
  %4, %5 = arith.mului_extended %v, %v : vector<4xi32>
  %6 = arith.bitcast %a : i32 to f32
  %7 = arith.ceildivsi %a, %b : i32
  %8 = arith.ceildivui %a, %b : i32
  %9 = arith.floordivsi %a, %b : i32
  %10 = arith.remf %x, %y : f32
  %11 = arith.maxnumf %x, %y : f32
  %12 = arith.minnumf %x, %y fastmath<fast> : f32
  %13 = arith.extui %a : i32 to i64
  %14 = arith.fptoui %x : f32 to i32
  %15 = arith.uitofp %a : i32 to f32
  %16 = arith.index_castui %i : index to i32
  %17 = arith.truncf %x to_nearest_even : f32 to f16
  %18 = arith.divui %a, %b : i32
  %19 = arith.shrui %a, %b exact : i32
  %20 = arith.maxui %a, %b : i32
  %21 = arith.minui %a, %b : i32
  %22 = arith.trunci %a overflow<nsw> : i32 to i16
  %23 = arith.scaling_extf %f4, %f8 : f4E2M1FN, f8E8M0FNU to f32
  %24 = arith.scaling_truncf %x, %f8 : f32, f8E8M0FNU to f4E2M1FN
  %26 = arith.extf %h fastmath<fast> : f16 to f32
  %27 = arith.cmpf olt, %x, %y fastmath<nnan> : f32
  %28 = arith.divsi %a, %b exact : i32
  %30 = arith.extui %a : i32 to i64
  %31 = arith.sitofp %a : i32 to f32
  %32 = arith.index_castui %i : index to i32
  %c = arith.constant true
  %25 = arith.select %c, %a, %b : i32
  return
}
// ==>
module {
  func.func @f(%arg0: i32, %arg1: i32, %arg2: f32, %arg3: f32, %arg4: vector<4xi32>, %arg5: index, %arg6: tensor<?xf32>, %arg7: f16, %arg8: f8E8M0FNU, %arg9: f4E2M1FN, %arg10: f64) {
    %0:2 = arith.addui_extended %arg0, %arg1 : i32, i1
    %1:2 = arith.mulsi_extended %arg0, %arg1 : i32
    %2:2 = arith.mului_extended %arg4, %arg4 : vector<4xi32>
    %3 = arith.bitcast %arg0 : i32 to f32
    %4 = arith.ceildivsi %arg0, %arg1 : i32
    %5 = arith.ceildivui %arg0, %arg1 : i32
    %6 = arith.floordivsi %arg0, %arg1 : i32
    %7 = arith.remf %arg2, %arg3 : f32
    %8 = arith.maxnumf %arg2, %arg3 : f32
    %9 = arith.minnumf %arg2, %arg3 fastmath<fast> : f32
    %10 = arith.extui %arg0 : i32 to i64
    %11 = arith.fptoui %arg2 : f32 to i32
    %12 = arith.uitofp %arg0 : i32 to f32
    %13 = arith.index_castui %arg5 : index to i32
    %14 = arith.truncf %arg2 to_nearest_even : f32 to f16
    %15 = arith.divui %arg0, %arg1 : i32
    %16 = arith.shrui %arg0, %arg1 exact : i32
    %17 = arith.maxui %arg0, %arg1 : i32
    %18 = arith.minui %arg0, %arg1 : i32
    %19 = arith.trunci %arg0 overflow<nsw> : i32 to i16
    %20 = arith.scaling_extf %arg9, %arg8 : f4E2M1FN, f8E8M0FNU to f32
    %21 = arith.scaling_truncf %arg2, %arg8 : f32, f8E8M0FNU to f4E2M1FN
    %22 = arith.extf %arg7 fastmath<fast> : f16 to f32
    %23 = arith.cmpf olt, %arg2, %arg3 fastmath<nnan> : f32
    %24 = arith.divsi %arg0, %arg1 exact : i32
    %25 = arith.extui %arg0 : i32 to i64
    %26 = arith.sitofp %arg0 : i32 to f32
    %27 = arith.index_castui %arg5 : index to i32
    %28 = arith.constant true
    %29 = arith.select %28, %arg0, %arg1 : i32
    return
  }
}

// # functions as values
func.func private @g(i32) -> i32
func.func @h(%f: (i32) -> i32, %a: i32) {
  %k = func.constant @g : (i32) -> i32
  %0 = func.call_indirect %k(%a) : (i32) -> i32
  %1 = call @g(%a) {x} : (i32) -> i32
  %2 = builtin.unrealized_conversion_cast %a : i32 to i64
  %3:2 = builtin.unrealized_conversion_cast to i64, i32 {k}
  return
}
// ==>
module {
  func.func private @g(i32) -> i32
  func.func @h(%arg0: (i32) -> i32, %arg1: i32) {
    %0 = constant @g : (i32) -> i32
    %1 = call_indirect %0(%arg1) : (i32) -> i32
    %2 = call @g(%arg1) {x} : (i32) -> i32
    %3 = builtin.unrealized_conversion_cast %arg1 : i32 to i64
    %4:2 = builtin.unrealized_conversion_cast to i64, i32 {k}
    return
  }
}
