func.func @around(%a: f32) -> (f32, f32) {
  %0 = compass.turn %a by 1 : f32
  %1 = compass.turn %0 by 2 : f32
  %2 = compass.turn %1 by 1 : f32
  %3 = compass.turn %1 by 0 : f32
  return %2, %3 : f32, f32
}
