internal import DanvanModel
internal import DanvanSQLite

/// Our tokenizer as FTS5 sees it, on one connection.
///
/// Texts go through the `SearchTokenizer`. What the store has cut into terms itself does not: a
/// `TermStream`, and the strings of a MATCH expression, which are written like one.
final class IndexTokenizer: FTS5Tokenizer {
  /// Stands between two names of one article's name index, so that no phrase reaches from one into
  /// the next.
  static let separator: UInt8 = 0x1F

  private let tokenizer: any SearchTokenizer
  private let collector: TermCollector?
  private let splitsNames: Bool

  /// Makes `danvan` (for texts) and `danvan_names` (for lists of names) known to a connection; the
  /// collector, if any, is told each term of the documents that pass.
  static func register(
    _ tokenizer: any SearchTokenizer, collector: TermCollector?, on db: Database
  ) throws {
    for (name, splitsNames) in [("danvan", false), ("danvan_names", true)] {
      try db.addTokenizer(name, IndexTokenizer(tokenizer, collector, splitsNames: splitsNames))
    }
  }

  private init(_ tokenizer: any SearchTokenizer, _ collector: TermCollector?, splitsNames: Bool) {
    self.tokenizer = tokenizer
    self.collector = collector
    self.splitsNames = splitsNames
  }

  func tokenize(
    _ bytes: UnsafeBufferPointer<UInt8>, isQuery: Bool, into terms: inout FTS5Terms
  ) {
    if isQuery || bytes.first == TermStream.opening { return addStream(bytes, to: &terms) }
    guard splitsNames else {
      addTerms(of: bytes, to: &terms)
      return
    }
    var start = 0
    while start <= bytes.count {
      let end = bytes[start...].firstIndex(of: Self.separator) ?? bytes.count
      let name = UnsafeBufferPointer(rebasing: bytes[start..<end])
      guard addTerms(of: name, to: &terms), end < bytes.count,
        terms.add(
          UnsafeBufferPointer(rebasing: bytes[end...end]), end..<end + 1, colocated: false)
      else { return }
      start = end + 1
    }
  }

  /// False when FTS5 wants no more.
  @discardableResult private func addTerms(
    of bytes: UnsafeBufferPointer<UInt8>, to terms: inout FTS5Terms
  ) -> Bool {
    var goesOn = true
    tokenizer.forEachTerm(in: bytes, for: .document) { term, range, colocated in
      collector?.note(term)
      goesOn = terms.add(term, range, colocated: colocated)
      return goesOn
    }
    return goesOn
  }

  private func addStream(_ bytes: UnsafeBufferPointer<UInt8>, to terms: inout FTS5Terms) {
    TermStream.forEachTerm(in: bytes) { range, colocated in
      terms.add(UnsafeBufferPointer(rebasing: bytes[range]), range, colocated: colocated)
    }
  }
}
