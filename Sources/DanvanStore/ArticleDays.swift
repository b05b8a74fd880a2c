internal import DanvanModel

/// What is held in memory of a living article.
struct ArticleTraits: Equatable {
  /// The sort key, in days since 1970-01-01; nil for an undated article.
  let day: Int32?
  let language: Language?
}

/// The sort day and the language of every living article, in memory: what newest-first, date ranges and
/// languages need of a match without reading its row. Five bytes for each id ever given.
struct ArticleDays {
  /// Sorts before every date.
  static let undated = Int32.min + 1
  private static let absent = Int32.min

  private var days: [Int32] = []
  /// As `code(of:)` says.
  private var languages: [UInt8] = []
  private(set) var count = 0

  mutating func set(_ id: Int64, _ traits: ArticleTraits) {
    guard id > 0, let index = Int(exactly: id) else { return }
    if index >= days.count {
      days.append(contentsOf: repeatElement(Self.absent, count: index + 1 - days.count))
      languages.append(contentsOf: repeatElement(0, count: days.count - languages.count))
    }
    if days[index] == Self.absent { count += 1 }
    days[index] = traits.day ?? Self.undated
    languages[index] = Self.code(of: traits.language)
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

  /// Nil for an article that is not there.
  func traits(_ id: Int64) -> ArticleTraits? {
    guard let day = day(id) else { return nil }
    let code = languages[Int(id)]
    return ArticleTraits(
      day: day == Self.undated ? nil : day,
      language: Language.allCases.first { Self.code(of: $0) == code })
  }

  /// The living articles of a range of ids that are written in that language.
  func articles(in range: ClosedRange<Int64>, writtenIn language: Language) -> ArticleSet {
    var set = ArticleSet(in: range)
    guard !days.isEmpty, range.lowerBound < days.count else { return set }
    let code = Self.code(of: language)
    for id in Int(range.lowerBound)...min(Int(range.upperBound), days.count - 1)
    where languages[id] == code && days[id] != Self.absent {
      set.insert(Int64(id))
    }
    return set
  }

  /// 0 where it is not known.
  private static func code(of language: Language?) -> UInt8 {
    switch language {
    case nil: 0
    case .vietnamese: 1
    case .english: 2
    case .undetermined: 3
    }
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
