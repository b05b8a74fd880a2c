/// What a pattern found: the whole match, the part that is the mention, and the slots' contents.
struct PatternMatch: Sendable {
  struct Capture: Sendable {
    var tokens: Range<Int>
    /// A number slot's value; a lexicon slot's first field where that is a number.
    var number: Int?
    var entry: Lexicon.Entry?
  }
  var tokens: Range<Int>
  var span: Range<Int>
  /// The slots' names, and in the same order what they hold.
  var slots: [String]
  var captures: [Capture?]

  subscript(name: String) -> Capture? {
    slots.firstIndex(of: name).flatMap { captures[$0] }
  }

  /// The number in a slot, or nil where the slot is empty or holds none.
  func number(_ name: String) -> Int? { self[name]?.number }
}
