internal import DanvanModel
internal import DanvanSQLite
internal import Synchronization

extension Snapshot {
  /// A page of the matches in the order of their headlines, of equal ones the newest first.
  ///
  /// The order of all headlines is kept in a table: it is walked from the place where the page begins, or, where
  /// few match and the walk would be long, the headlines of the matches are read and sorted.
  func titlePage(
    _ matches: ArticleSet, limit: Int, after: SearchPosition?, title: [UInt8]
  ) throws -> SearchResult {
    let total = matches.count
    var rest = TitlePage(limit: limit, after: after, title: title)
    let articles = store.days.withLock { $0.count }
    if total * total * Self.readingCost < limit * articles {
      try forEachTitle(of: matches) { rest.add($0, $1) }
    } else {
      try walkTitles(of: matches, from: title) { rest.add($0, $1) }
    }
    return rest.result(total: total)
  }

  func isInTitleOrder(_ article: ArticleHeader) throws -> Bool {
    let select = try SQLStatement(
      db, "SELECT 1 FROM title_order WHERE title = ?1 AND article = ?2")
    select.bind(1, blob: store.tokenizer.titleKey(of: article.title))
    select.bind(2, article.id.value)
    defer { select.reset() }
    return try select.step()
  }

  /// Reading the headline of one article costs as much as so many steps of the walk.
  private static let readingCost = 16

  private func forEachTitle(
    of matches: ArticleSet, _ body: (TitlePage.Group, [UInt8]) -> Bool
  ) throws {
    let select = try SQLStatement(db, "SELECT title FROM article WHERE id = ?1")
    var titles: [[UInt8]: [Int64]] = [:]
    var failure: (any Error)?
    matches.forEachAscending { id in
      guard failure == nil else { return }
      do {
        select.bind(1, id)
        defer { select.reset() }
        guard try select.step() else { return }
        titles[store.tokenizer.titleKey(of: select.text(0)), default: []].append(id)
      } catch { failure = error }
    }
    if let failure { throw failure }
    for title in titles.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard body(group(titles[title] ?? []), title) else { return }
    }
  }

  private func walkTitles(
    of matches: ArticleSet, from start: [UInt8], _ body: (TitlePage.Group, [UInt8]) -> Bool
  ) throws {
    let select = try SQLStatement(
      db, "SELECT title, article FROM title_order WHERE title >= ?1 ORDER BY title")
    select.bind(1, blob: start)
    defer { select.reset() }
    var title: [UInt8] = []
    var ids: [Int64] = []
    while try select.step() {
      let id = select.integer(1)
      guard matches.contains(id) else { continue }
      let next = select.blob(0)
      if next != title, !ids.isEmpty {
        guard body(group(ids), title) else { return }
        ids = []
      }
      title = next
      ids.append(id)
    }
    if !ids.isEmpty { _ = body(group(ids), title) }
  }

  /// Articles of one headline, the newest first.
  private func group(_ ids: [Int64]) -> TitlePage.Group {
    store.days.withLock { days in
      ids.compactMap { id in
        days.day(id).map { SearchPosition(key: -Int64($0), id: ArticleID(id)) }
      }
    }.sorted { $0.precedes($1) }
  }
}

/// Collects one page of articles that come headline by headline.
private struct TitlePage {
  typealias Group = [SearchPosition]

  let limit: Int
  let after: SearchPosition?
  let title: [UInt8]
  private var places: [(position: SearchPosition, title: [UInt8])] = []

  init(limit: Int, after: SearchPosition?, title: [UInt8]) {
    self.limit = limit
    self.after = after
    self.title = title
  }

  /// Adds the articles of one headline; false when the page is full and more than full.
  mutating func add(_ group: Group, _ title: [UInt8]) -> Bool {
    for position in group {
      if let after {
        if title.lexicographicallyPrecedes(self.title) { continue }
        if title == self.title, !after.precedes(position) { continue }
      }
      guard places.count <= limit else { return false }
      places.append((position, title))
    }
    return places.count <= limit
  }

  /// One more than the page was asked for says that there are more.
  func result(total: Int) -> SearchResult {
    let last = places.count > limit ? places.prefix(limit).last : nil
    return SearchResult(
      ids: places.prefix(limit).map(\.position.id), total: total, next: last?.position,
      nextTitle: last?.title ?? [])
  }
}

extension SearchTokenizer {
  /// By what an article stands in the order of headlines; those that begin alike for so many bytes count as
  /// equal, and those without one come last.
  func titleKey(of title: String?) -> [UInt8] {
    // Behind every letter of every script.
    guard let title else { return [0xFF, 0xFF] }
    return Array(sortKey(of: title).prefix(256))
  }
}
