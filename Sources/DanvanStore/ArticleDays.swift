internal import DanvanModel

/// The sort day of every living article, in memory: what newest-first and date ranges need of a
/// match without reading its row. Four bytes for each id ever given.
struct ArticleDays {
  /// Sorts before every date.
  static let undated = Int32.min + 1
  private static let absent = Int32.min

  private var days: [Int32] = []
  private(set) var count = 0

  mutating func set(_ id: Int64, _ day: Int32?) {
    guard id > 0, let index = Int(exactly: id) else { return }
    if index >= days.count {
      days.append(contentsOf: repeatElement(Self.absent, count: index + 1 - days.count))
    }
    if days[index] == Self.absent { count += 1 }
    days[index] = day ?? Self.undated
  }

  mutating func remove(_ id: Int64) {
    guard let index = Int(exactly: id), days.indices.contains(index), days[index] != Self.absent
    else { return }
    days[index] = Self.absent
    count -= 1
  }

  /// Nil for an article that is not there.
  func day(_ id: Int64) -> Int32? {
    guard let index = Int(exactly: id), days.indices.contains(index), days[index] != Self.absent
    else { return nil }
    return days[index]
  }

  /// The living articles of a range of ids whose day satisfies `condition`.
  func articles(in range: ClosedRange<Int64>, where condition: (Int32) -> Bool) -> ArticleSet {
    var set = ArticleSet(in: range)
    guard !days.isEmpty, range.lowerBound < days.count else { return set }
    for id in Int(range.lowerBound)...min(Int(range.upperBound), days.count - 1)
    where days[id] != Self.absent && condition(days[id]) {
      set.insert(Int64(id))
    }
    return set
  }
}
