// paleo-opt: plan-memory,insert-syncs

// # a core program: memory is planned, and units that touch the same memory wait for each other
func.func @core0() attributes {mlu.core = 0 : i64} {
  %a = mlu.alloc : memref<64x64xf16, "nram">
  %row = mlu.alloc : memref<64xf16, "nram">
  %b = mlu.alloc : memref<64x64xf16, "nram">
  mlu.fill %a {value = 2.0 : f32} : memref<64x64xf16, "nram">
  mlu.fill %row {value = 1.0 : f32} : memref<64xf16, "nram">
  mlu.sub_cycle %a, %row, %b : memref<64xf16, "nram"> -> memref<64x64xf16, "nram">
  mlu.transpose %b, %a : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
  %w = mlu.alloc : memref<64x64xf16, "wram">
  mlu.copy %a, %w : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
  %c = mlu.alloc : memref<64x64xf16, "nram">
  mlu.mlp %b, %w, %c : memref<64x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<64x64xf16, "nram">
  mlu.max %c, %b, %c : memref<64x64xf16, "nram">
  mlu.sync
  mlu.barrier
  func.return
}
// ==>
module {
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.alloc {address = 0 : i64} : memref<64x64xf16, "nram">
    %1 = mlu.alloc {address = 8192 : i64} : memref<64xf16, "nram">
    %2 = mlu.alloc {address = 8320 : i64} : memref<64x64xf16, "nram">
    mlu.fill %0 {value = 2.000000e+00 : f32} : memref<64x64xf16, "nram">
    mlu.fill %1 {value = 1.000000e+00 : f32} : memref<64xf16, "nram">
    mlu.sub_cycle %0, %1, %2 : memref<64xf16, "nram"> -> memref<64x64xf16, "nram">
    mlu.transpose %2, %0 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "nram">
    %3 = mlu.alloc {address = 0 : i64} : memref<64x64xf16, "wram">
    mlu.sync
    mlu.copy %0, %3 : memref<64x64xf16, "nram"> -> memref<64x64xf16, "wram">
    %4 = mlu.alloc {address = 0 : i64} : memref<64x64xf16, "nram">
    mlu.sync
    mlu.mlp %2, %3, %4 : memref<64x64xf16, "nram">, memref<64x64xf16, "wram"> -> memref<64x64xf16, "nram">
    mlu.sync
    mlu.max %4, %2, %4 : memref<64x64xf16, "nram">
    mlu.sync
    mlu.barrier
    return
  }
}

// # an image tile in single precision becomes half and is convolved
func.func @core0() attributes {mlu.core = 0 : i64} {
  %x = mlu.alloc : memref<4x4x64xf32, "nram">
  mlu.fill %x {value = 0.5 : f32} : memref<4x4x64xf32, "nram">
  %h = mlu.alloc : memref<4x4x64xf16, "nram">
  mlu.truncate %x, %h : memref<4x4x64xf32, "nram"> -> memref<4x4x64xf16, "nram">
  %s = mlu.alloc : memref<64x3x3x64xf16, "nram">
  mlu.fill %s {value = 0.25 : f32} : memref<64x3x3x64xf16, "nram">
  %w = mlu.alloc : memref<64x3x3x64xf16, "wram">
  mlu.copy %s, %w : memref<64x3x3x64xf16, "nram"> -> memref<64x3x3x64xf16, "wram">
  %y = mlu.alloc : memref<2x2x64xf16, "nram">
  mlu.conv %h, %w, %y : memref<4x4x64xf16, "nram">, memref<64x3x3x64xf16, "wram"> -> memref<2x2x64xf16, "nram">
  func.return
}
// ==>
module {
  func.func @core0() attributes {mlu.core = 0 : i64} {
    %0 = mlu.alloc {address = 0 : i64} : memref<4x4x64xf32, "nram">
    mlu.fill %0 {value = 5.000000e-01 : f32} : memref<4x4x64xf32, "nram">
    %1 = mlu.alloc {address = 4096 : i64} : memref<4x4x64xf16, "nram">
    mlu.truncate %0, %1 : memref<4x4x64xf32, "nram"> -> memref<4x4x64xf16, "nram">
    %2 = mlu.alloc {address = 6144 : i64} : memref<64x3x3x64xf16, "nram">
    mlu.fill %2 {value = 2.500000e-01 : f32} : memref<64x3x3x64xf16, "nram">
    %3 = mlu.alloc {address = 0 : i64} : memref<64x3x3x64xf16, "wram">
    mlu.sync
    mlu.copy %2, %3 : memref<64x3x3x64xf16, "nram"> -> memref<64x3x3x64xf16, "wram">
    %4 = mlu.alloc {address = 0 : i64} : memref<2x2x64xf16, "nram">
    mlu.sync
    mlu.conv %1, %3, %4 : memref<4x4x64xf16, "nram">, memref<64x3x3x64xf16, "wram"> -> memref<2x2x64xf16, "nram">
    return
  }
}
