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
  func relevanceKeys(_ matches: ArticleSet, _ query: StoreQuery) throws -> [SearchPosition] {
    let phrases = query.wantedPhrases.filter { $0.field.table == .articles }
    let units = try phrases.map { try RankedPhrase($0, of: self, matches) }
    return store.days.withLock { days in
      var keys: [SearchPosition] = []
      keys.reserveCapacity(matches.count)
      matches.forEachDescending { id in
        guard let day = days.day(id) else { return true }
        let score = units.reduce(0) { $0 + $1.score(id) }
        // The day breaks ties: a step of the score outweighs all days.
        keys.append(
          SearchPosition(key: -(Int64(score) << 33) - Int64(day), id: ArticleID(id)))
        return true
      }
      return keys
    }
  }
}

/// One phrase of a query as relevance counts it.
private struct RankedPhrase {
  private let all: ArticleSet
  private let high: ArticleSet
  private let title: ArticleSet
  private let steps: [Int32]

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
    steps = Self.levels.map { Int32(clamping: Int(weight * $0 * 1_000)) }
  }

  /// In thousandths.
  func score(_ id: Int64) -> Int32 {
    guard all.contains(id) else { return 0 }
    return steps[(high.contains(id) ? 1 : 0) + (title.contains(id) ? 2 : 0)]
  }
}
