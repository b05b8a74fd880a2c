internal import DanvanSQLite

/// Which of some articles hold terms in a row.
///
/// The places of one term of the phrase are kept, and each other term marks those that it stands at the right
/// distance from.
struct PhraseSearch {
  private let candidates: ArticleSet
  /// How many candidates come before each word of the set.
  private var ranks: [Int32] = []
  /// Where the places of each candidate begin.
  private var starts: [Int32] = []
  /// Column and place, in order for each candidate.
  private var places: [UInt32] = []
  /// How many terms have been found about each place.
  private var found: [UInt16] = []

  /// Of so many places of one article, those at one distance are looked for by halving.
  private static let few = 16

  init(in candidates: ArticleSet) {
    self.candidates = candidates
    var count: Int32 = 0
    for word in candidates.words {
      ranks.append(count)
      count += Int32(word.nonzeroBitCount)
    }
    starts = Array(repeating: 0, count: Int(count) + 1)
  }

  /// The candidates that hold `phrase`, at each place of which one of several terms may stand, in a row, in a
  /// column or in any. `first` is the place that is looked up first, best one of few articles.
  mutating func articles(
    with phrase: [[[UInt8]]], from first: Int, in column: UInt64?, of segments: IndexSegments
  ) throws -> ArticleSet {
    try gather(phrase[first], column, segments)
    var step: UInt16 = 0
    for index in phrase.indices where index != first {
      try mark(phrase[index], at: index - first, step: step, segments)
      step += 1
    }
    var set = ArticleSet(in: candidates.range)
    var rank = 0
    candidates.forEachAscending { id in
      let range = Int(starts[rank])..<Int(starts[rank + 1])
      if range.contains(where: { found[$0] == step }) { set.insert(id) }
      rank += 1
    }
    return set
  }

  @inline(__always)
  private func rank(of article: Int64) -> Int? {
    guard candidates.contains(article) else { return nil }
    let bit = Int(article - candidates.base)
    let before = candidates.words[bit >> 6] & ((1 << UInt64(bit & 63)) - 1)
    return Int(ranks[bit >> 6]) + before.nonzeroBitCount
  }

  private static func key(_ column: UInt64, _ place: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: column) << 31 | UInt32(truncatingIfNeeded: place) & 0x7FFF_FFFF
  }

  private mutating func gather(
    _ terms: [[UInt8]], _ column: UInt64?, _ segments: IndexSegments
  ) throws {
    // Of each place, the candidate and the place: in no order, for the terms come one after the other.
    var gathered: [UInt64] = []
    try segments.forEachPosting(of: terms) { article, positions in
      guard let rank = rank(of: article) else { return }
      positions.forEachPlace { stands, place in
        if let column, stands != column { return }
        gathered.append(UInt64(rank) << 32 | UInt64(Self.key(stands, place)))
      }
    }
    for entry in gathered { starts[Int(entry >> 32) + 1] += 1 }
    for rank in 1..<max(1, starts.count) { starts[rank] += starts[rank - 1] }
    var next = starts
    places = Array(repeating: 0, count: gathered.count)
    for entry in gathered {
      let rank = Int(entry >> 32)
      places[Int(next[rank])] = UInt32(truncatingIfNeeded: entry)
      next[rank] += 1
    }
    for rank in 0..<(starts.count - 1) {
      let range = Int(starts[rank])..<Int(starts[rank + 1])
      if range.count > Self.few { places[range].sort() }
    }
    found = Array(repeating: 0, count: places.count)
  }

  /// Marks the places that one of the terms stands `distance` behind, where `step` terms were found before.
  private mutating func mark(
    _ terms: [[UInt8]], at distance: Int, step: UInt16, _ segments: IndexSegments
  ) throws {
    let distance = UInt32(truncatingIfNeeded: distance)
    // As pointers: this loop is most of the time that a phrase takes.
    var found = found
    try found.withUnsafeMutableBufferPointer { found in
      try places.withUnsafeBufferPointer { places in
        try segments.forEachPosting(of: terms) { article, positions in
          guard let rank = rank(of: article) else { return }
          let range = Int(starts[rank])..<Int(starts[rank + 1])
          positions.forEachPlace { column, place in
            let wanted = Self.key(column, place) &- distance
            if range.count <= Self.few {
              for index in range where places[index] == wanted && found[index] == step {
                found[index] = step + 1
              }
            } else if let index = Self.halving(range, of: places, to: wanted), found[index] == step
            {
              found[index] = step + 1
            }
          }
        }
      }
    }
    self.found = found
  }

  private static func halving(
    _ range: Range<Int>, of places: UnsafeBufferPointer<UInt32>, to wanted: UInt32
  ) -> Int? {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low < range.upperBound && places[low] == wanted ? low : nil
  }
}
