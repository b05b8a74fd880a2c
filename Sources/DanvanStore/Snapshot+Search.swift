public import DanvanModel
internal import GRDB
internal import Synchronization

extension Snapshot {
  /// How many of the matches that were ingested last are ranked.
  public static let rankingWindow = 2_000

  /// The articles that match, a page of them in order, and how many there are.
  public func search(
    _ query: StoreQuery, order: SearchOrder, limit: Int, after: SearchPosition? = nil
  ) throws -> SearchResult {
    guard let last = try lastArticle() else { return SearchResult(ids: [], total: 0, next: nil) }
    let matches = try evaluate(query, in: 1...last)
    let keyed =
      switch order {
      case .newest: newestKeys(matches)
      case .relevance: try relevanceKeys(matches, query)
      }
    return Self.page(keyed, total: matches.count, limit: limit, after: after)
  }

  /// All articles that match, the last ingested first.
  public func matching(_ query: StoreQuery) throws -> [ArticleID] {
    guard let last = try lastArticle() else { return [] }
    var ids: [ArticleID] = []
    try evaluate(query, in: 1...last).forEachDescending { id in
      ids.append(ArticleID(id))
      return true
    }
    return ids
  }

  /// The greatest id ever given; nil in an empty store.
  func lastArticle() throws -> Int64? {
    let last = try Int64.fetchOne(
      db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'article'")
    return last.flatMap { $0 > 0 ? $0 : nil }
  }

  /// The ids within `range` of the articles that match.
  func evaluate(_ query: StoreQuery, in range: ClosedRange<Int64>) throws -> ArticleSet {
    if let choices = Self.wideChoices(query, range) {
      var set = ArticleSet(in: range)
      for choice in choices { set.formUnion(try evaluate(choice, in: range)) }
      return set
    }
    for table in MatchExpression.Table.allCases {
      if let expression = Self.expression(query, table, range) {
        return try match(expression, table, range)
      }
    }
    switch query {
    case .everything:
      return store.days.withLock { $0.articles(in: range) { _ in true } }
    case .nothing, .phrase, .near:
      // A phrase that no table can answer holds a place with no term: nothing fills it.
      return ArticleSet(in: range)
    case .ids(let ids):
      return store.days.withLock { days in
        var set = ArticleSet(in: range)
        for id in ids where days.day(id.value) != nil { set.insert(id.value) }
        return set
      }
    case .dated(let from, let before):
      let low = max(from?.dayNumber ?? Int32.min, ArticleDays.undated + 1)
      let high = before?.dayNumber ?? Int32.max
      return store.days.withLock { $0.articles(in: range) { low <= $0 && $0 < high } }
    case .tagged(let tag):
      return try articles(tagged: tag, in: range)
    case .all(let parts):
      return try intersection(parts, range)
    case .any(let parts):
      var set = ArticleSet(in: range)
      for part in Self.grouped(parts, range, by: StoreQuery.any) {
        set.formUnion(try evaluate(part, in: range))
      }
      return set
    case .not(let inner):
      var set = try evaluate(.everything, in: range)
      set.subtract(try evaluate(inner, in: range))
      return set
    }
  }

  private func intersection(
    _ parts: [StoreQuery], _ range: ClosedRange<Int64>
  ) throws -> ArticleSet {
    var set: ArticleSet?
    var unwanted: [StoreQuery] = []
    var wanted: [StoreQuery] = []
    for part in parts {
      if case .not(let inner) = part { unwanted.append(inner) } else { wanted.append(part) }
    }
    for part in Self.grouped(wanted, range, by: StoreQuery.all) {
      let matches = try evaluate(part, in: range)
      if set == nil { set = matches } else { set?.formIntersection(matches) }
    }
    var result = try set ?? evaluate(.everything, in: range)
    for part in unwanted { result.subtract(try evaluate(part, in: range)) }
    return result
  }

  /// What one table can answer in one go, and quickly.
  private static func expression(
    _ query: StoreQuery, _ table: MatchExpression.Table, _ range: ClosedRange<Int64>
  ) -> String? {
    containsWide(query, range) ? nil : MatchExpression.text(of: query, in: table)
  }

  private static func containsWide(_ query: StoreQuery, _ range: ClosedRange<Int64>) -> Bool {
    switch query {
    case .phrase: wideChoices(query, range) != nil
    case .all(let parts), .any(let parts): parts.contains { containsWide($0, range) }
    case .not(let inner): containsWide(inner, range)
    case .everything, .nothing, .ids, .dated, .tagged, .near: false
    }
  }

  /// The terms that a single word stands for, where there are several and many articles to look at.
  ///
  /// FTS5 steps through all terms of a place side by side; one after the other is several times
  /// faster, except where each costs more to begin than to run.
  private static func wideChoices(
    _ query: StoreQuery, _ range: ClosedRange<Int64>
  ) -> [StoreQuery]? {
    guard case .phrase(let phrase) = query, phrase.places.count == 1, range.count > 1_000,
      let terms = phrase.places.first, terms.count > 1
    else { return nil }
    return terms.map { .phrase(TermPhrase(field: phrase.field, places: [[$0]])) }
  }

  /// Joins the parts that one table can answer together.
  private static func grouped(
    _ parts: [StoreQuery], _ range: ClosedRange<Int64>, by join: ([StoreQuery]) -> StoreQuery
  ) -> [StoreQuery] {
    var rest = parts
    var groups: [StoreQuery] = []
    for table in MatchExpression.Table.allCases {
      let answered = rest.filter { expression($0, table, range) != nil }
      guard !answered.isEmpty else { continue }
      rest.removeAll { expression($0, table, range) != nil }
      groups.append(answered.count == 1 ? answered[0] : join(answered))
    }
    return groups + rest
  }

  private func match(
    _ expression: String, _ table: MatchExpression.Table, _ range: ClosedRange<Int64>
  ) throws -> ArticleSet {
    let select = try SQLStatement(
      db,
      """
      SELECT rowid FROM \(table.rawValue) WHERE \(table.rawValue) MATCH ?1
      AND rowid BETWEEN ?2 AND ?3
      """)
    select.bind(1, expression)
    select.bind(2, range.lowerBound)
    select.bind(3, range.upperBound)
    defer { select.reset() }
    var set = ArticleSet(in: range)
    while try select.step() { set.insert(select.integer(0)) }
    return set
  }

  private func newestKeys(_ matches: ArticleSet) -> [SearchPosition] {
    store.days.withLock { days in
      var keys: [SearchPosition] = []
      matches.forEachDescending { id in
        if let day = days.day(id) {
          keys.append(SearchPosition(key: -Int64(day), id: ArticleID(id)))
        }
        return true
      }
      return keys
    }
  }

  private func relevanceKeys(
    _ matches: ArticleSet, _ query: StoreQuery
  ) throws -> [SearchPosition] {
    var window: [Int64] = []
    matches.forEachDescending { id in
      window.append(id)
      return window.count < Self.rankingWindow
    }
    guard let oldest = window.last else { return [] }
    var scores: [Int64: Double] = [:]
    if let expression = MatchExpression.ranking(of: query) {
      let select = try SQLStatement(
        db,
        """
        SELECT rowid, bm25(article_index, 5.0, 1.0) FROM article_index
        WHERE article_index MATCH ?1 AND rowid >= ?2
        """)
      select.bind(1, expression)
      select.bind(2, oldest)
      defer { select.reset() }
      while try select.step() { scores[select.integer(0)] = select.double(1) }
    }
    // BM25 as SQLite gives it: the smaller the better, never above 0 for what is asked for. In
    // billionths, so that a position is a whole number.
    return window.map { id in
      let score = min(0, max(-1e9, scores[id] ?? 0))
      return SearchPosition(key: Int64(score * 1e9), id: ArticleID(id))
    }
  }

  /// Smaller keys first; of one key, the greater id.
  private static func page(
    _ keyed: [SearchPosition], total: Int, limit: Int, after: SearchPosition?
  ) -> SearchResult {
    func precedes(_ a: SearchPosition, _ b: SearchPosition) -> Bool {
      a.key != b.key ? a.key < b.key : a.id > b.id
    }
    var left = keyed
    if let after { left = left.filter { precedes(after, $0) } }
    // Few of many are wanted: keep the best so far instead of sorting all.
    var best: [SearchPosition] = []
    for position in left {
      if best.count == limit {
        guard let worst = best.last, precedes(position, worst) else { continue }
        best.removeLast()
      }
      var low = 0
      var high = best.count
      while low < high {
        let middle = (low + high) / 2
        if precedes(best[middle], position) { low = middle + 1 } else { high = middle }
      }
      best.insert(position, at: low)
    }
    return SearchResult(
      ids: best.map(\.id), total: total, next: left.count > best.count ? best.last : nil)
  }
}
