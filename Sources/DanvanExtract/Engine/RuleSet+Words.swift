extension RuleSet {
  /// The entries of a lexicon, each with its first field. Throws `DanvanError` where there is none of
  /// the name.
  public func words(_ name: String) throws -> [(word: String, role: String)] {
    try lexicon(name).entries.map { ($0.phrase, $0.field(0)) }
  }

  /// The file and line of each of those entries, for messages.
  public func places(of name: String) throws -> [String] {
    try lexicon(name).entries.map(\.place)
  }
}
