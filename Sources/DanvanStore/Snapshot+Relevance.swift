internal import DanvanModel
internal import DanvanSQLite
internal import Glibc
internal import Synchronization

extension Snapshot {
  /// The matches with their places in the order of relevance: BM25 with the frequency of a phrase in
  /// an article in four steps instead of as a number.
  ///
  /// Each phrase of the query counts its inverse document frequency (of BM25, exact), once where it
  /// stands in the text, more where the text is about it and where the headline holds it. Of equal
  /// scores the newer comes first. All matches are ranked: an old article that is about the query
  /// comes before a new one that mentions it.
  func addMostRelevant(
    _ matches: ArticleSet, _ query: StoreQuery, to page: inout FoundPage
  ) throws {
    let phrases = query.wantedPhrases.filter { $0.field.table == .articles }
    let units = try phrases.map { try RankedPhrase($0, of: self, matches) }
    store.days.withLock { days in
      var least: Int64?
      var levels = [Int](repeating: 0, count: units.count)
      for index in matches.words.indices.reversed() where matches.words[index] != 0 {
        var word = matches.words[index]
        if let worst = page.worst.map(Self.score), worst != least {
          least = worst
          levels = Self.levels(of: units, reaching: worst)
        }
        // Those that cannot come onto the page are passed over 64 at a time.
        for (unit, level) in zip(units, levels) { word &= unit.articles(from: level, index) }
        if word != matches.words[index] { page.passOver() }
        while word != 0 {
          let bit = 63 - word.leadingZeroBitCount
          word &= ~(1 << UInt64(bit))
          let id = matches.base + Int64(index * 64 + bit)
          guard let day = days.day(id) else { continue }
          let score = units.reduce(0) { $0 + $1.score(index, bit) }
          page.add(SearchPosition(key: Self.key(score, day), id: ArticleID(id)))
        }
      }
    }
  }

  /// The day breaks ties: a step of the score outweighs all days.
  private static func key(_ score: Int64, _ day: Int32) -> Int64 { -(score << 33) - Int64(day) }

  private static func score(of position: SearchPosition) -> Int64 {
    (-position.key + (1 << 32)) >> 33
  }

  /// The level that an article must have for each of the phrases, if it has the highest for all others, to come
  /// to a score.
  private static func levels(of units: [RankedPhrase], reaching score: Int64) -> [Int] {
    let most = units.reduce(0) { $0 + ($1.scores.last ?? 0) }
    return units.map { unit in
      let others = most - (unit.scores.last ?? 0)
      return unit.scores.firstIndex { $0 + others >= score } ?? unit.scores.count - 1
    }
  }
}

/// One phrase of a query as relevance counts it.
private struct RankedPhrase {
  private let all: ArticleSet
  private let high: ArticleSet
  private let title: ArticleSet
  /// In thousandths, rising: of an article without the phrase, with it, about it, with it in the headline, both.
  let scores: [Int64]

  /// A word that stands for more forms than this is looked for in headlines by the first seen of them,
  /// which are the common ones.
  private static let rankedForms = 40

  /// What a phrase counts in the text, in a text about it, in the headline, and in both.
  private static let levels = [1.0, 1.7, 2.5, 3.0]

  init(_ phrase: TermPhrase, of snapshot: Snapshot, _ matches: ArticleSet) throws {
    let range = matches.range
    let all = try snapshot.evaluate(.phrase(phrase), in: range)
    // A phrase is in the headline, and high, where all its words are: their order is not kept there.
    func words(in column: String) throws -> ArticleSet {
      var set = all
      for place in phrase.places {
        let forms = Array(place.prefix(Self.rankedForms))
        set.formIntersection(try snapshot.articles(with: [forms], in: .ranks, column, range))
      }
      return set
    }
    high = try words(in: "high")
    title = try words(in: "title")
    let total = Double(max(snapshot.store.days.withLock { $0.count }, 1))
    let found = Double(all.count)
    // As SQLite's: never nothing, so that common words count a little.
    let weight = max(1e-2, log((total - found + 0.5) / (found + 0.5)))
    self.all = all
    scores = [0] + Self.levels.map { Int64(weight * $0 * 1_000) }
  }

  /// The articles of the 64 at `index` of the sets that have at least a level: an index of `scores`.
  func articles(from level: Int, _ index: Int) -> UInt64 {
    switch level {
    case ...0: .max
    case 1: all.words[index]
    case 2: high.words[index] | title.words[index]
    case 3: title.words[index]
    default: title.words[index] & high.words[index]
    }
  }

  func score(_ index: Int, _ bit: Int) -> Int64 {
    func has(_ set: ArticleSet) -> Int {
      Int(truncatingIfNeeded: set.words[index] >> UInt64(bit) & 1)
    }
    return has(all) == 0 ? 0 : scores[1 + has(high) + 2 * has(title)]
  }
}
