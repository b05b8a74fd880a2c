/// What some articles come to, counted; sums of parts are the tally of the whole.
public struct Tally: Sendable, Equatable {
  /// What articles may have, besides facts of a kind.
  public enum Trait: String, Sendable, CaseIterable {
    case headline, url, day
    /// Its sender or the article itself states the day.
    case statedDay = "stated_day"
    case source
  }
  public struct Reader: Sendable, Hashable {
    public let mediaType: String
    public let version: Int
  }

  public internal(set) var articles = 0
  public internal(set) var facts = 0
  /// UTF-8 bytes.
  public internal(set) var textBytes = 0
  /// Articles by source; an empty name: not known.
  public internal(set) var sources: [String: Int] = [:]
  /// By month, counted from year 0: year times 12, plus 0 to 11.
  public internal(set) var months: [Int: Int] = [:]
  public internal(set) var undated = 0
  /// Articles whose facts are damaged, and not counted.
  public internal(set) var unreadable = 0
  /// Articles by what read them; those of before such was kept are missing.
  public internal(set) var readers: [Reader: Int] = [:]
  public internal(set) var traits: [Trait: Int] = [:]
  /// Facts, and articles that have any, by `FactKind`.
  var kinds: [Int64: Int] = [:]
  var articlesByKind: [Int64: Int] = [:]
  /// Facts by the number of a rule.
  var rules: [Int64: Int] = [:]

  mutating func add(_ other: Tally) {
    articles += other.articles
    facts += other.facts
    textBytes += other.textBytes
    undated += other.undated
    unreadable += other.unreadable
    sources.merge(other.sources, uniquingKeysWith: +)
    months.merge(other.months, uniquingKeysWith: +)
    readers.merge(other.readers, uniquingKeysWith: +)
    traits.merge(other.traits, uniquingKeysWith: +)
    kinds.merge(other.kinds, uniquingKeysWith: +)
    articlesByKind.merge(other.articlesByKind, uniquingKeysWith: +)
    rules.merge(other.rules, uniquingKeysWith: +)
  }

  /// Counts the facts of one article.
  mutating func add(kinds found: [Int64: Int]) {
    for (kind, count) in found {
      kinds[kind, default: 0] += count
      articlesByKind[kind, default: 0] += 1
      facts += count
    }
  }
}

extension Tally {
  /// Facts of each kind and articles that have any, by the kind's name.
  public var factsByKind: [(name: String, facts: Int, articles: Int)] {
    FactKind.named.map { kind, name in
      (name, kinds[kind.rawValue] ?? 0, articlesByKind[kind.rawValue] ?? 0)
    }
  }
}

extension FactKind {
  /// As queries name them.
  fileprivate static let named: [(FactKind, String)] = [
    (.person, "person"), (.title, "title"), (.organization, "organization"),
    (.location, "location"), (.time, "time"), (.event, "event"), (.statement, "statement"),
    (.directive, "directive"), (.instrument, "instrument"), (.campaign, "campaign"),
    (.topic, "topic"), (.keyPhrase, "key_phrase"), (.position, "position"),
  ]
}
