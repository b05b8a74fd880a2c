internal import DanvanModel

/// A set of article ids within a range, one bit each.
struct ArticleSet {
  private(set) var words: [UInt64]
  /// The id of the first bit; a multiple of 64.
  let base: Int64
  let range: ClosedRange<Int64>

  init(in range: ClosedRange<Int64>) {
    self.range = range
    base = range.lowerBound & ~63
    words = Array(repeating: 0, count: Int((range.upperBound - base) / 64) + 1)
  }

  /// Ids outside the range are left out.
  mutating func insert(_ id: Int64) {
    guard range.contains(id) else { return }
    let bit = Int(id - base)
    words[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  func contains(_ id: Int64) -> Bool {
    guard range.contains(id) else { return false }
    let bit = Int(id - base)
    return words[bit >> 6] & (1 << UInt64(bit & 63)) != 0
  }

  /// Takes the words of a set over a shorter range that began at the same place.
  mutating func fill(_ other: [UInt64]) {
    for index in 0..<min(words.count, other.count) { words[index] = other[index] }
  }

  /// Adds a set over a part of this one's range.
  mutating func add(part other: ArticleSet) {
    let offset = Int((other.base - base) / 64)
    for (index, word) in other.words.enumerated() where words.indices.contains(offset + index) {
      words[offset + index] |= word
    }
  }

  /// The 64 ids from `first`, a multiple of 64, as bits.
  func places(from first: Int64) -> UInt64 {
    let index = Int((first - base) / 64)
    return first >= base && words.indices.contains(index) ? words[index] : 0
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  mutating func formUnion(_ other: ArticleSet) { combine(other) { $0 | $1 } }
  mutating func formIntersection(_ other: ArticleSet) { combine(other) { $0 & $1 } }
  mutating func subtract(_ other: ArticleSet) { combine(other) { $0 & ~$1 } }

  /// Calls `body` for each id, the greatest first, until it returns false.
  func forEachDescending(_ body: (Int64) -> Bool) {
    for index in words.indices.reversed() {
      var word = words[index]
      while word != 0 {
        let bit = 63 - word.leadingZeroBitCount
        word &= ~(1 << UInt64(bit))
        guard body(base + Int64(index * 64 + bit)) else { return }
      }
    }
  }

  /// Calls `body` for each id, the smallest first.
  func forEachAscending(_ body: (Int64) -> Void) {
    for (index, word) in words.enumerated() {
      var word = word
      while word != 0 {
        body(base + Int64(index * 64 + word.trailingZeroBitCount))
        word &= word - 1
      }
    }
  }

  /// Both sets are over the same range: they come from one evaluation.
  private mutating func combine(_ other: ArticleSet, _ operation: (UInt64, UInt64) -> UInt64) {
    for (index, word) in zip(words.indices, other.words) {
      words[index] = operation(words[index], word)
    }
  }
}
