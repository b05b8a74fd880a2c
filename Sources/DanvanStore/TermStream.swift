internal import DanvanModel

/// A text already cut into its terms, in the form that `IndexTokenizer` takes in place of the text.
///
/// Cutting is most of the work of indexing; so it is done before the transaction, on any core.
struct TermStream {
  /// Opens a stream. No text can begin so: it is not UTF-8.
  static let opening: UInt8 = 0xFF
  /// Parts two places.
  static let next: UInt8 = 0x20
  /// Parts two terms of one place.
  static let or: UInt8 = 0x01

  private(set) var bytes: [UInt8] = [Self.opening]
  /// Terms that the store had not seen when this was made, each once.
  private(set) var unknownTerms: [[UInt8]] = []

  init(of text: String?, _ tokenizer: any SearchTokenizer, _ collector: TermCollector) {
    guard let text else { return }
    append(text, tokenizer)
    noteUnknown(collector)
  }

  /// Names of one field; no phrase reaches from one into the next.
  init(ofNames names: [String], _ tokenizer: any SearchTokenizer, _ collector: TermCollector) {
    for (index, name) in names.enumerated() {
      if index > 0 { place([IndexTokenizer.separator]) }
      append(name, tokenizer)
    }
    noteUnknown(collector)
  }

  /// Terms by their places; those of one place stand beside one another, and a negative place is no place.
  init(of terms: [(place: Int64, term: [UInt8])]) {
    var last: Int64 = -1
    for (place, term) in terms.sorted(by: { $0.place < $1.place }) {
      if bytes.count > 1 { bytes.append(place >= 0 && place == last ? Self.or : Self.next) }
      bytes += term
      last = place
    }
  }

  private mutating func append(_ text: String, _ tokenizer: any SearchTokenizer) {
    var text = text
    bytes.reserveCapacity(bytes.count + text.utf8.count + text.utf8.count / 8)
    text.withUTF8 { utf8 in
      tokenizer.forEachTerm(in: utf8, for: .document) { term, _, colocated in
        if colocated { bytes.append(Self.or) } else if bytes.count > 1 { bytes.append(Self.next) }
        bytes.append(contentsOf: term)
        return true
      }
    }
  }

  private mutating func place(_ term: [UInt8]) {
    if bytes.count > 1 { bytes.append(Self.next) }
    bytes += term
  }

  private mutating func noteUnknown(_ collector: TermCollector) {
    let found = bytes.withUnsafeBufferPointer { bytes in
      var distinct: [UInt64: Range<Int>] = [:]
      Self.forEachTerm(in: bytes) { range, _ in
        let term = UnsafeBufferPointer(rebasing: bytes[range])
        guard TermCollector.isKept(term) else { return true }
        distinct[Vocabulary.hash(term)] = range
        return true
      }
      return collector.unknown(distinct).sorted { $0.lowerBound < $1.lowerBound }
    }
    unknownTerms = found.map { Array(bytes[$0]) }
  }

  /// Calls `body` for each term of a stream, with whether it stands at the place of the one before,
  /// until it returns false.
  static func forEachTerm(
    in stream: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>, Bool) -> Bool
  ) {
    var start = stream.first == opening ? 1 : 0
    var colocated = false
    var index = start
    while index <= stream.count {
      let byte = index < stream.count ? stream[index] : next
      if byte == next || byte == or {
        if index > start, !body(start..<index, colocated) { return }
        colocated = byte == or
        start = index + 1
      }
      index += 1
    }
  }
}
