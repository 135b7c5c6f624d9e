// paleo-opt:

// # neither comparisons nor comments are known inside an attribute of a dialect
"t.a"() {a = #d.<#l<>=<[()]>>, b = #x<a // b>, c = #x<a <= b>>} : () -> ()
// ==>
module {
  "t.a"() {a = #d.<#l<>=<[()]>>, b = #x<a // b>, c = #x<a <= b>>} : () -> ()
}

// # a comparison closes the body, and something stands behind it
"t.a"() {a = #x<a >= b>} : () -> () // error: found '=', expected

// # sets and maps have comparisons
"t.a"() {a = affine_set<(d0) : (d0 >= 0, d0 <= 7)>} : () -> ()
// ==>
#set = affine_set<(d0) : (d0 >= 0, -d0 + 7 >= 0)>
module {
  "t.a"() {a = #set} : () -> ()
}
