internal import DanvanSQLite

extension IndexSegments {
  /// Calls `body` with each article that holds one of the terms, and where: see `PositionList`. An article
  /// comes once for each of the terms that it holds; those of one term and segment come in order.
  func forEachPosting(
    of terms: some Sequence<[UInt8]>, _ body: (Int64, PositionList) throws -> Void
  ) throws {
    defer { endReading() }
    let keys = Self.keys(of: terms)
    // By the term: what newer segments have taken back.
    var removed: [Int: Set<Int64>] = [:]
    for segment in segments {
      try forEachList(of: keys, in: segment) { term, start in
        try forEachEntry(from: start, in: segment) { article, isRemoved, positions in
          if !removed.isEmpty, removed[term]?.contains(article) == true { return }
          if !positions.isEmpty { try body(article, PositionList(positions)) }
          if isRemoved { removed[term, default: []].insert(article) }
        }
      }
    }
  }

  /// Terms as they stand in the index, in order: FTS5 writes a 0 before those of all but prefix indexes.
  static func keys(of terms: some Sequence<[UInt8]>) -> [[UInt8]] {
    Set(terms).map { [UInt8(ascii: "0")] + $0 }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// The articles that hold one of the terms, in a column or in any.
  func articles(
    with terms: some Sequence<[UInt8]>, in column: UInt64?, _ range: ClosedRange<Int64>
  ) throws -> ArticleSet {
    var set = ArticleSet(in: range)
    let hasPlaces = table.hasPlaces
    try forEachPosting(of: terms) { article, positions in
      if let column, !positions.isIn(column: column, hasPlaces: hasPlaces) { return }
      set.insert(article)
    }
    return set
  }

  /// Where a term's list begins.
  private struct ListStart {
    let leaf: SegmentLeaf
    let number: Int64
    let range: Range<Int>
  }

  /// Calls `body` with those of the terms, which are in order, that a segment holds. Neighbours stand on one
  /// leaf, which is looked through once.
  private func forEachList(
    of terms: [[UInt8]], in segment: Segment, _ body: (Int, ListStart) throws -> Void
  ) throws {
    var index = 0
    while index < terms.count {
      let place = try place(of: terms[index], in: segment)
      let leaf = try leaf(place.leaf, of: segment)
      // What is not on the leaf that it could begin on is not there.
      let after = place.after(index, of: terms)
      let isRead = try leaf.forEachTerm { term, range in
        while index < terms.count, terms[index].lexicographicallyPrecedes(term) { index += 1 }
        guard index < terms.count else { return false }
        if terms[index] == term {
          try body(index, ListStart(leaf: leaf, number: place.leaf, range: range))
          index += 1
        }
        return true
      }
      guard isRead else { throw Self.damaged }
      index = max(index, after)
    }
  }

  /// Calls `body` with each entry of a list: the article, whether older entries of it no longer hold, and the
  /// bytes of its positions, none where the article no longer holds the term.
  private func forEachEntry(
    from start: ListStart, in segment: Segment,
    _ body: (Int64, Bool, UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    var leaf = start.leaf
    var number = start.number
    var range = start.range
    var article: Int64 = 0
    while true {
      var split: SplitEntry?
      try leaf.bytes.withUnsafeBufferPointer { bytes in
        var reader = VarintReader(bytes, from: range.lowerBound, to: range.upperBound)
        while !reader.isAtEnd {
          // The first article of a leaf stands whole, others as the step from the one before.
          let isWhole = reader.offset == leaf.firstArticle
          guard let step = reader.nextInteger(), let head = reader.next(), head >> 1 <= Self.longest
          else { throw Self.damaged }
          article = isWhole ? step : article &+ step
          let place = reader.offset
          let count = Int(head >> 1)
          guard count <= range.upperBound - place else {
            split = SplitEntry(
              isRemoved: head & 1 != 0, bytes: Array(bytes[place..<range.upperBound]), count: count)
            return
          }
          try body(
            article, head & 1 != 0, UnsafeBufferPointer(rebasing: bytes[place..<place + count]))
          reader.skip(count)
        }
      }
      guard range.upperBound == leaf.end, number < segment.leaves.upperBound else {
        if split != nil { throw Self.damaged }
        return
      }
      number += 1
      leaf = try self.leaf(number, of: segment)
      var next = leaf.firstArticle
      while var entry = split {
        let carried = SegmentLeaf.head..<(leaf.firstArticle ?? leaf.carriedEnd)
        let taken = min(entry.count - entry.bytes.count, carried.count)
        entry.bytes += leaf.bytes[carried.prefix(taken)]
        split = entry
        if entry.bytes.count == entry.count {
          try entry.bytes.withUnsafeBufferPointer { try body(article, entry.isRemoved, $0) }
          split = nil
          next = leaf.firstArticle
          guard carried.lowerBound + taken == (next ?? leaf.carriedEnd) else { throw Self.damaged }
        } else {
          guard taken == carried.count, carried.upperBound == leaf.end,
            number < segment.leaves.upperBound
          else { throw Self.damaged }
          number += 1
          leaf = try self.leaf(number, of: segment)
        }
      }
      // Where the next leaf begins with a term, the list ended with the leaf before it.
      guard let next else { return }
      range = next..<max(next, leaf.carriedEnd)
    }
  }

  /// An entry whose positions go on on the next leaf.
  private struct SplitEntry {
    let isRemoved: Bool
    var bytes: [UInt8]
    let count: Int
  }

  /// No text has so many bytes, and so no list of positions.
  private static let longest: UInt64 = 1 << 30
}
