module {
  func.func @around(%arg0: f32) -> (f32, f32) {
    %0 = compass.turn %arg0 by 3 : f32
    return %arg0, %0 : f32, f32
  }
}
