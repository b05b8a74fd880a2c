internal import DanvanModel
internal import DanvanSQLite

/// Where a text lies that goes out.
struct TextPlace {
  let sequence: Int64
  let article: ArticleID
  let revision: Int64
  let isNewest: Bool
}

extension Snapshot {
  /// The articles that match; nil for all.
  func selection(_ query: StoreQuery) throws -> ArticleSet? {
    if query == .everything { return nil }
    guard let last = try lastArticle() else { return ArticleSet(in: 1...1) }
    return try evaluate(query, in: 1...last)
  }

  func formerTexts(of selection: ArticleSet?) throws -> Int {
    guard let selection else {
      return try Int.fetchOne(db, sql: "SELECT count(*) FROM revision") ?? 0
    }
    let select = try SQLStatement(db, "SELECT article FROM revision")
    defer { select.reset() }
    var count = 0
    while try select.step() { if selection.contains(select.integer(0)) { count += 1 } }
    return count
  }

  /// A few texts by the sequence of the event that brought them.
  func places(after sequence: Int64, _ options: ExportOptions) throws -> [TextPlace] {
    let former =
      options.newestOnly
      ? "" : "UNION ALL SELECT sequence, article, number, 0 FROM revision WHERE sequence > ?1"
    let select = try SQLStatement(
      db,
      """
      SELECT sequence, id, revision, 1 FROM article WHERE sequence > ?1 \(former)
      ORDER BY 1 LIMIT 64
      """)
    select.bind(1, sequence)
    defer { select.reset() }
    var places: [TextPlace] = []
    while try select.step() {
      places.append(
        TextPlace(
          sequence: select.integer(0), article: ArticleID(select.integer(1)),
          revision: select.integer(2), isNewest: select.integer(3) == 1))
    }
    return places
  }

  /// Throws `dataLoss`.
  func exchanged(_ place: TextPlace, _ export: StoreExport) throws -> ExchangedText {
    var parts: ArticleParts = []
    if place.isNewest { parts.insert(export.options.withFacts ? .facts : .text) }
    guard let stored = try article(place.article, parts: parts) else { throw Self.lost(place) }
    let header = stored.header
    let text = place.isNewest ? stored.text ?? "" : try formerText(place)
    let original =
      export.options.withOriginals ? try original(of: place, text: text) : nil
    let named = place.isNewest ? nil : try formerNames(place)
    let article = Article(
      text: text, title: named.map(\.title) ?? header.title, url: header.url,
      publisher: named.map(\.publisher) ?? header.publisher,
      published: named.map(\.published) ?? header.published, author: original?.author,
      reading: original?.reading ?? Reading())
    var exchanged = ExchangedText(
      id: place.article, revision: Int(place.revision),
      time: try revisionTime(of: place) ?? header.ingested, article: article,
      previous: try identityBefore(place), original: original?.original,
      standing: place.isNewest
        ? ExchangedStanding(
          tags: try tags(of: place.article), sightings: try sightings(of: place.article),
          copyOf: try headOfCopies(of: place.article, export), marks: try marks(on: place.article),
          corrections: try corrections(of: place.article))
        : nil,
      facts: stored.facts)
    if place.isNewest { exchanged.sha256 = header.sha256 }
    return exchanged
  }

  private static func lost(_ place: TextPlace) -> DanvanError {
    DanvanError(
      .dataLoss, "article \(place.article): revision \(place.revision) cannot be read")
  }

  private func formerText(_ place: TextPlace) throws -> String {
    let select = try SQLStatement(
      db,
      """
      SELECT body, text_count, sha256 FROM revision
      WHERE article = ?1 AND number = ?2 AND \(Seal.revision.holds)
      """)
    select.bind(1, place.article.value)
    select.bind(2, place.revision)
    defer { select.reset() }
    guard try select.step(),
      let bytes = try? store.dictionaries.inflate(select.blob(0), length: Int(select.integer(1))),
      Digest.sha256(bytes) == select.blob(2), let text = String(validating: bytes, as: UTF8.self)
    else { throw Self.lost(place) }
    return text
  }

  private typealias Names = (title: String?, publisher: String?, published: PartialDate?)

  private func formerNames(_ place: TextPlace) throws -> Names {
    let select = try SQLStatement(
      db, "SELECT title, publisher, published FROM revision WHERE article = ?1 AND number = ?2")
    select.bind(1, place.article.value)
    select.bind(2, place.revision)
    defer { select.reset() }
    guard try select.step() else { throw Self.lost(place) }
    return (select.text(0), select.text(1), select.text(2).flatMap { PartialDate($0) })
  }

  /// Nil for a first revision, which came when its article did.
  private func revisionTime(of place: TextPlace) throws -> Int64? {
    guard place.revision > 1 else { return nil }
    let select = try SQLStatement(
      db,
      place.isNewest
        ? "SELECT revised FROM article WHERE id = ?1 AND revision = ?2"
        : "SELECT revised FROM revision WHERE article = ?1 AND number = ?2")
    select.bind(1, place.article.value)
    select.bind(2, place.revision)
    defer { select.reset() }
    guard try select.step(), !select.isNull(0) else { return nil }
    return select.integer(0)
  }

  private func identityBefore(_ place: TextPlace) throws -> [UInt8]? {
    guard place.revision > 1 else { return nil }
    let select = try SQLStatement(
      db, "SELECT identity FROM revision WHERE article = ?1 AND number < ?2 ORDER BY number DESC")
    select.bind(1, place.article.value)
    select.bind(2, place.revision)
    defer { select.reset() }
    return try select.step() ? select.blob(0) : nil
  }

  private func original(of place: TextPlace, text: String) throws
    -> (original: ExchangedOriginal, author: String?, reading: Reading)?
  {
    let select = try SQLStatement(
      db,
      """
      SELECT media_type, given, count, body, author, reading, \(Seal.original.holds) FROM original
      WHERE article = ?1 AND revision = ?2
      """)
    select.bind(1, place.article.value)
    select.bind(2, place.revision)
    defer { select.reset() }
    guard try select.step() else { return nil }
    guard select.integer(6) != 0, let type = select.text(0).flatMap(MediaType.init(rawValue:)),
      let given = columnValue(select.text(1), as: GivenFields.self),
      let reading = columnValue(select.text(5), as: Reading.self)
    else { throw Self.lost(place) }
    let isText = select.isNull(3)
    guard
      let content = isText
        ? []
        : OriginalBody.inflate(
          select.blob(3), length: Int(select.integer(2)), against: { text })
    else { throw Self.lost(place) }
    return (
      ExchangedOriginal(given.submission(content, type), isText: isText), select.text(4), reading
    )
  }

  /// The identity of the first revision of the oldest exported article of the group.
  private func headOfCopies(of id: ArticleID, _ export: StoreExport) throws -> [UInt8]? {
    let members = ([id] + (try copies(of: id))).sorted()
    let head = members.first { export.selection?.contains($0.value) != false }
    guard let head, head != id else { return nil }
    return try firstIdentity(of: head, newestOnly: export.options.newestOnly)
  }

  /// The identity of the first of an article's texts that go out; nil where there is no such article.
  func firstIdentity(of id: ArticleID, newestOnly: Bool) throws -> [UInt8]? {
    let first =
      newestOnly
      ? "SELECT identity FROM article WHERE id = ?1"
      : """
      SELECT coalesce((SELECT identity FROM revision WHERE article = ?1 ORDER BY number LIMIT 1),
        (SELECT identity FROM article WHERE id = ?1))
      """
    let select = try SQLStatement(db, first)
    select.bind(1, id.value)
    defer { select.reset() }
    return try select.step() && !select.isNull(0) ? select.blob(0) : nil
  }
}
