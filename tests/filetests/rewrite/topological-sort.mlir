// paleo-opt: topological-sort

// # readers come after what they read; rings stay in order
module {
  "x.use"(%a, %r) : (i32, i32) -> ()
  %a = "x.a"(%b) : (i32) -> i32
  %b = "x.b"() : () -> i32
  %r = "x.r"(%s) : (i32) -> i32
  %s = "x.s"(%r) : (i32) -> i32
}
// ==>
module {
  %0 = "x.b"() : () -> i32
  %1 = "x.a"(%0) : (i32) -> i32
  "x.use"(%1, %2) : (i32, i32) -> ()
  %2 = "x.r"(%3) : (i32) -> i32
  %3 = "x.s"(%2) : (i32) -> i32
}
