public import DanvanModel
internal import DanvanSQLite
internal import Synchronization

extension Snapshot {
  /// The articles that match, a page of them in order, and how many there are. `title`: of the place to go on
  /// from, in the order of headlines.
  public func search(
    _ query: StoreQuery, order: SearchOrder, limit: Int, after: SearchPosition? = nil,
    title: [UInt8] = []
  ) throws -> SearchResult {
    guard let last = try lastArticle() else { return SearchResult(ids: [], total: 0, next: nil) }
    let matches = try evaluate(query, in: 1...last)
    var page = FoundPage(of: limit, after: after)
    switch order {
    case .newest: addNewest(matches, to: &page)
    case .relevance: try addMostRelevant(matches, query, to: &page)
    case .title: return try titlePage(matches, limit: limit, after: after, title: title)
    }
    return SearchResult(ids: page.best.map(\.id), total: matches.count, next: page.next)
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
    if range.count > Self.smallRange {
      if let set = try rememberedSet(query, range) { return set }
    }
    if let (expression, table) = Self.expression(query, range) {
      return try match(expression, table, range)
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
    case .written(let language):
      return store.days.withLock { $0.articles(in: range, writtenIn: language) }
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

  /// Up to so many articles are looked through with one expression; for more, each phrase has a set.
  private static let smallRange = 4_096

  /// A phrase of the text by itself; word by word where it is one word of many forms: FTS5 steps
  /// through all forms of a place side by side, and one after the other is several times faster.
  private func rememberedSet(
    _ query: StoreQuery, _ range: ClosedRange<Int64>
  ) throws -> ArticleSet? {
    guard case .phrase(let phrase) = query, phrase.field.table == .articles else { return nil }
    return try articles(
      with: phrase.places, in: .articles, phrase.field == .title ? "title" : nil, range)
  }

  /// The articles that hold the places in a row, in a column of a table.
  func articles(
    with places: [[[UInt8]]], in table: MatchExpression.Table, _ column: String?,
    _ range: ClosedRange<Int64>
  ) throws -> ArticleSet {
    let key = MatchSets.Key(table: table, column: column ?? "", places: places)
    return try store.matchSets.set(key, in: range, generation: generation) { part in
      // FTS5 passes over the articles before a few new ones.
      if part.count > Self.smallRange, let segments = try IndexSegments(db, table) {
        return try articles(with: places, in: segments, column, part)
      }
      if places.count == 1, places[0].count > 1 {
        var set = ArticleSet(in: part)
        for form in places[0] {
          set.formUnion(try articles(with: [[form]], in: table, column, part))
        }
        return set
      }
      return try match(MatchExpression.text(of: places, in: column), table, part)
    }
  }

  /// The same by the lists of the index.
  func articles(
    with places: [[[UInt8]]], in segments: IndexSegments, _ column: String?,
    _ range: ClosedRange<Int64>
  ) throws -> ArticleSet {
    let number = try column.map { try segments.table.number(of: $0) }
    guard places.count > 1 else {
      return try segments.articles(with: places.first ?? [], in: number, range)
    }
    return try PhraseSearch.articles(with: places, in: number, range, of: segments)
  }

  /// What one table can answer in one go: over a small range anything, else what has no phrase of
  /// the text in it.
  private static func expression(
    _ query: StoreQuery, _ range: ClosedRange<Int64>
  ) -> (String, MatchExpression.Table)? {
    for table in [MatchExpression.Table.names, .articles] {
      if table == .articles, range.count > smallRange, holdsPhrase(query) { continue }
      if let text = MatchExpression.text(of: query, in: table) { return (text, table) }
    }
    return nil
  }

  private static func holdsPhrase(_ query: StoreQuery) -> Bool {
    switch query {
    case .phrase: true
    case .all(let parts), .any(let parts): parts.contains(where: holdsPhrase)
    case .not(let inner): holdsPhrase(inner)
    case .everything, .nothing, .near, .ids, .dated, .tagged, .written: false
    }
  }

  /// Joins the parts that one table can answer together.
  private static func grouped(
    _ parts: [StoreQuery], _ range: ClosedRange<Int64>, by join: ([StoreQuery]) -> StoreQuery
  ) -> [StoreQuery] {
    var rest = parts
    var groups: [StoreQuery] = []
    for table in [MatchExpression.Table.articles, .names] {
      let answered = rest.filter { expression($0, range)?.1 == table }
      guard !answered.isEmpty else { continue }
      rest.removeAll { expression($0, range)?.1 == table }
      groups.append(answered.count == 1 ? answered[0] : join(answered))
    }
    return groups + rest
  }

  /// Nothing for an expression that no term fills.
  func match(
    _ expression: String?, _ table: MatchExpression.Table, _ range: ClosedRange<Int64>
  ) throws -> ArticleSet {
    guard let expression else { return ArticleSet(in: range) }
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

  private func addNewest(_ matches: ArticleSet, to page: inout FoundPage) {
    store.days.withLock { days in
      matches.forEachDescending { id in
        if let day = days.day(id) {
          page.add(SearchPosition(key: -Int64(day), id: ArticleID(id)))
        }
        return true
      }
    }
  }
}
