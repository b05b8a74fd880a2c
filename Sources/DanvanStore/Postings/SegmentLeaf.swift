/// A leaf of a segment: the end of a list that began on a leaf before, then terms, each with its list, the
/// last of which may go on on the next leaf.
struct SegmentLeaf {
  let bytes: [UInt8]
  /// Where the lists end; behind it stand the places of the terms.
  let end: Int
  /// The first article of a list that began before, where one begins here; else nil.
  let firstArticle: Int?
  /// Where the first term stands; nil where none begins here.
  let firstTerm: Int?

  static let head = 4

  /// Nil for bytes that are no leaf.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.head else { return nil }
    let firstArticle = Int(bytes[0]) << 8 | Int(bytes[1])
    end = Int(bytes[2]) << 8 | Int(bytes[3])
    guard Self.head...bytes.count ~= end, firstArticle < end else { return nil }
    self.firstArticle = firstArticle >= Self.head ? firstArticle : nil
    let end = end
    let firstTerm = bytes.withUnsafeBufferPointer { bytes in
      var places = VarintReader(bytes, from: end)
      return places.next().flatMap { Int(exactly: $0) }
    }
    if let firstTerm {
      guard Self.head..<end ~= firstTerm else { return nil }
    }
    self.firstTerm = firstTerm
    self.bytes = bytes
  }

  /// Where the list that began before ends here.
  var carriedEnd: Int { firstTerm ?? end }

  /// Calls `body` with each term in order and where its list stands here, until it returns false. False for
  /// a leaf that cannot be read.
  func forEachTerm(_ body: ([UInt8], Range<Int>) throws -> Bool) rethrows -> Bool {
    try bytes.withUnsafeBufferPointer { bytes in
      var places = VarintReader(bytes, from: end)
      var place = 0
      var next = places.next()
      var term: [UInt8] = []
      while let step = next {
        guard step <= UInt64(end - place) else { return false }
        place += Int(step)
        next = places.next()
        var reader = VarintReader(bytes, from: place, to: end)
        // The first term stands whole; of each other, how much it shares with the one before.
        let shared = term.isEmpty ? 0 : reader.next() ?? .max
        guard shared <= UInt64(term.count), let count = reader.nextCount() else { return false }
        term.removeSubrange(Int(shared)...)
        term += bytes[reader.offset..<reader.offset + count]
        reader.skip(count)
        let listEnd = next.map { place + Int(clamping: min($0, UInt64(end))) } ?? end
        guard reader.offset <= listEnd, listEnd <= end else { return false }
        if try !body(term, reader.offset..<listEnd) { return true }
      }
      return true
    }
  }
}
