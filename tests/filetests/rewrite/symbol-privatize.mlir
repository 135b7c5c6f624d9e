// paleo-opt: symbol-privatize{exclude=main,other},symbol-dce

// # what only private functions name goes
func.func @lost() {
  func.call @helper() : () -> ()
  return
}
func.func @helper() {
  return
}
func.func @kept() {
  return
}
func.func @main() {
  func.call @kept() : () -> ()
  return
}
// ==>
module {
  func.func private @kept() {
    return
  }
  func.func @main() {
    call @kept() : () -> ()
    return
  }
}
