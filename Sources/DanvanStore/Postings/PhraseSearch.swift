internal import DanvanSQLite

/// Which articles hold terms in a row.
///
/// The places of the rarest term of the phrase are kept, and of these each other term leaves those that it
/// stands at the right distance from: every list is read once, and of what is read only those places are looked
/// at that can still be of the phrase.
struct PhraseSearch {
  /// Those that may hold the phrase.
  private var articles: ArticleSet
  /// How many of them come before each word of the set.
  private var ranks: [Int32] = []
  /// Where the places of each begin, and where the last ones end.
  private var starts: [Int32] = [0]
  /// Column and place, in order for each article.
  private var places: [UInt32] = []

  /// Of one article, so many places out of order are put in order by moving each to its place.
  private static let few = 32

  /// The articles that hold `phrase`, at each place of which one of several terms may stand, in a row, in a
  /// column or in any.
  static func articles(
    with phrase: [[[UInt8]]], in column: UInt64?, _ range: ClosedRange<Int64>,
    of segments: IndexSegments
  ) throws -> ArticleSet {
    let sizes = try phrase.map { try segments.leafCount(of: $0) }
    let order = phrase.indices.sorted { (sizes[$0], $0) < (sizes[$1], $1) }
    guard let first = order.first else { return ArticleSet(in: range) }
    var search = PhraseSearch(articles: ArticleSet(in: range))
    try search.gather(phrase[first], column, segments)
    for index in order.dropFirst() where !search.places.isEmpty {
      try search.keep(with: phrase[index], at: index - first, segments)
    }
    return search.articles
  }

  private init(articles: ArticleSet) { self.articles = articles }

  @inline(__always)
  private static func key(_ column: UInt64, _ place: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: column) << 31 | UInt32(truncatingIfNeeded: place) & 0x7FFF_FFFF
  }

  /// The place of an article among those of `words`, the first of which has the id `base`.
  @inline(__always)
  private static func rank(
    of article: Int64, _ words: UnsafeBufferPointer<UInt64>, _ ranks: UnsafeBufferPointer<Int32>,
    base: Int64
  ) -> Int? {
    let bit = UInt64(bitPattern: article &- base)
    guard bit < UInt64(words.count) << 6 else { return nil }
    let word = words[Int(bit >> 6)]
    let mask: UInt64 = 1 << (bit & 63)
    guard word & mask != 0 else { return nil }
    return Int(ranks[Int(bit >> 6)]) + (word & (mask - 1)).nonzeroBitCount
  }

  private mutating func countRanks() {
    ranks.removeAll(keepingCapacity: true)
    var count: Int32 = 0
    for word in articles.words {
      ranks.append(count)
      count += Int32(word.nonzeroBitCount)
    }
  }

  /// Takes all places of the terms.
  private mutating func gather(
    _ terms: [[UInt8]], _ column: UInt64?, _ segments: IndexSegments
  ) throws {
    // As they come: those of one term and segment in order, one term after the other.
    var runs: [(article: Int64, start: Int)] = []
    var gathered: [UInt32] = []
    var used = 0
    var found = articles
    try segments.forEachPosting(of: terms) { article, positions in
      let start = used
      let needed = used + positions.greatestCount
      if needed > gathered.count {
        let more = max(needed, 2 * gathered.count) - gathered.count
        gathered.append(contentsOf: repeatElement(0, count: more))
      }
      gathered.withUnsafeMutableBufferPointer { gathered in
        positions.forEachPlace { stands, place in
          if column == nil || stands == column {
            gathered[used] = Self.key(stands, place)
            used += 1
          }
          return true
        }
      }
      guard used > start else { return }
      found.insert(article)
      runs.append((article, start))
    }
    articles = found
    countRanks()
    runs.append((0, used))
    place(runs, of: gathered)
  }

  /// Puts each run of places, which ends where the next one begins, with its article.
  private mutating func place(_ runs: [(article: Int64, start: Int)], of gathered: [UInt32]) {
    let count = articles.count
    var starts = [Int32](repeating: 0, count: count + 1)
    var places = [UInt32](repeating: 0, count: runs.last?.start ?? 0)
    // Articles with several runs: each is in order, together they need not be.
    var mixed: [Int] = []
    articles.words.withUnsafeBufferPointer { words in
      ranks.withUnsafeBufferPointer { ranks in
        func forEachRun(_ body: (Int, Range<Int>) -> Void) {
          for index in runs.indices.dropLast() {
            // Nil outside the range.
            if let rank = Self.rank(of: runs[index].article, words, ranks, base: articles.base) {
              body(rank, runs[index].start..<runs[index + 1].start)
            }
          }
        }
        forEachRun { rank, run in
          if starts[rank + 1] > 0 { mixed.append(rank) }
          starts[rank + 1] += Int32(run.count)
        }
        for rank in 0..<count { starts[rank + 1] += starts[rank] }
        var next = starts
        gathered.withUnsafeBufferPointer { gathered in
          places.withUnsafeMutableBufferPointer { places in
            forEachRun { rank, run in
              let target = Int(next[rank])
              for offset in run { places[target + offset - run.lowerBound] = gathered[offset] }
              next[rank] += Int32(run.count)
            }
          }
        }
      }
    }
    places.removeLast(places.count - Int(starts[count]))
    (self.starts, self.places) = (starts, places)
    for rank in mixed { order(Int(starts[rank])..<Int(starts[rank + 1])) }
  }

  /// Puts the places of one article in order.
  private mutating func order(_ range: Range<Int>) {
    guard range.count <= Self.few else {
      places[range].sort()
      return
    }
    for index in range.dropFirst() {
      let place = places[index]
      var target = index
      while target > range.lowerBound, places[target - 1] > place {
        places[target] = places[target - 1]
        target -= 1
      }
      if target < index { places[target] = place }
    }
  }

  /// Leaves the places that one of the terms stands `distance` behind.
  private mutating func keep(
    with terms: [[UInt8]], at distance: Int, _ segments: IndexSegments
  ) throws {
    var isKept = [Bool](repeating: false, count: places.count)
    let distance = Int64(distance)
    let base = articles.base
    // As pointers: this loop is most of the time that a phrase takes.
    try isKept.withUnsafeMutableBufferPointer { isKept in
      try places.withUnsafeBufferPointer { places in
        try starts.withUnsafeBufferPointer { starts in
          try ranks.withUnsafeBufferPointer { ranks in
            try articles.words.withUnsafeBufferPointer { words in
              try segments.forEachPosting(of: terms) { article, positions in
                guard let rank = Self.rank(of: article, words, ranks, base: base) else { return }
                var at = Int(starts[rank])
                let end = Int(starts[rank + 1])
                // Both are in order.
                positions.forEachPlace { column, place in
                  let wanted = Int64(Self.key(column, place)) - distance
                  while at < end, Int64(places[at]) < wanted { at += 1 }
                  guard at < end else { return false }
                  if Int64(places[at]) == wanted { isKept[at] = true }
                  return true
                }
              }
            }
          }
        }
      }
    }
    var kept = ArticleSet(in: articles.range)
    var ends: [Int32] = [0]
    var count = 0
    var rank = 0
    articles.forEachAscending { id in
      let before = count
      for index in Int(starts[rank])..<Int(starts[rank + 1]) where isKept[index] {
        places[count] = places[index]
        count += 1
      }
      if count > before {
        kept.insert(id)
        ends.append(Int32(count))
      }
      rank += 1
    }
    places.removeLast(places.count - count)
    articles = kept
    starts = ends
    countRanks()
  }
}
