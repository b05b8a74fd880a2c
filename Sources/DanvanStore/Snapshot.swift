public import DanvanModel
internal import DanvanSQLite
internal import DanvanZlib
internal import Synchronization

/// The store as it was at one moment: all reads of one `Store.read` see the same commits.
public struct Snapshot {
  let db: Database
  let store: Store
  /// Of the sets in memory, as it was before this snapshot was taken.
  let generation: Int

  init(db: Database, store: Store, generation: Int? = nil) {
    self.db = db
    self.store = store
    self.generation = generation ?? -1
  }

  /// The article without its text and facts, or nil where there is none. Throws `dataLoss`, naming it, when
  /// its record fails its checksum.
  public func header(_ id: ArticleID) throws -> ArticleHeader? {
    try row(id, body: false)?.header
  }

  /// Whether there is such an article, be it damaged.
  func holds(_ id: ArticleID) throws -> Bool {
    try Int64.fetchOne(db, sql: "SELECT 1 FROM article WHERE id = ?", arguments: [id.value]) != nil
  }

  /// Throws `dataLoss`, naming the article, when its record, text or facts fail their checksum or a fact
  /// cannot be read. Nil where there is none.
  /// With `verifying` false only the checksum within the text's own zlib stream is looked at.
  public func article(
    _ id: ArticleID, parts: ArticleParts, verifying: Bool = true
  ) throws -> StoredArticle? {
    try article(id, parts: parts, verifying: verifying, salvaging: false)
  }

  /// The article without its facts, and its text as UTF-8, for what shows a piece of it: only the checksum within
  /// the text's own zlib stream is looked at. Nil where there is none; throws as `article` does.
  public func headerAndText(_ id: ArticleID) throws -> (header: ArticleHeader, text: [UInt8])? {
    guard let (header, compressed) = try row(id, body: true) else { return nil }
    return (header, try bytes(compressed, header, verifying: false))
  }

  /// The article whose facts are to be made anew: damaged ones are as they can still be read, or none.
  func articleForNewFacts(_ id: ArticleID) throws -> StoredArticle? {
    try article(id, parts: [.text, .facts], verifying: true, salvaging: true)
  }

  private func article(
    _ id: ArticleID, parts: ArticleParts, verifying: Bool, salvaging: Bool
  ) throws -> StoredArticle? {
    guard let (header, compressed) = try row(id, body: !parts.isEmpty) else { return nil }
    guard !parts.isEmpty else {
      return StoredArticle(header: header, text: nil, compressedText: nil, facts: nil)
    }
    let text = try text(compressed, header, verifying: verifying)
    // Nobody else has the store's dictionary.
    let isPlainStream = Zlib.dictionaryID(of: compressed) == nil
    return StoredArticle(
      header: header, text: text, compressedText: isPlainStream ? compressed : nil,
      facts: parts.contains(.facts) ? try facts(of: header, text: text, salvaging) : nil)
  }

  /// Which texts are there already.
  public var knownTexts: KnownTexts { KnownTexts(db) }

  // Once for the process: a page of hits reads many.
  private static let headerRow = selection("")
  private static let wholeRow = selection(", body")

  private static func selection(_ more: String) -> String {
    """
    SELECT title, url, publisher, published, date, date_basis, source, ingested, text_count,
      sha256, sequence, rule_set, revision, \(Seal.article.holds), language\(more)
    FROM article WHERE id = ?1
    """
  }

  private func row(_ id: ArticleID, body: Bool) throws -> (header: ArticleHeader, [UInt8])? {
    let select = try SQLStatement(db, body ? Self.wholeRow : Self.headerRow)
    select.bind(1, id.value)
    defer { select.reset() }
    guard try select.step() else { return nil }
    guard select.integer(13) != 0, let ruleSet = try ruleSet(select.integer(11)) else {
      throw DanvanError(.dataLoss, "article \(id): its record fails its checksum")
    }
    let date = select.text(4).flatMap { PartialDate($0) }
    let header = ArticleHeader(
      id: id, title: select.text(0), url: select.text(1), publisher: select.text(2),
      published: select.text(3).flatMap { PartialDate($0) },
      date: date.map { DocumentDate($0, basis: select.text(5) ?? "") }, source: select.text(6),
      language: select.text(14).flatMap(Language.init), ingested: select.integer(7),
      textCount: Int(select.integer(8)), sha256: select.blob(9),
      sequence: select.integer(10), revision: Int(select.integer(12)), ruleSet: ruleSet)
    return (header, body ? select.blob(15) : [])
  }

  private func text(
    _ compressed: [UInt8], _ header: ArticleHeader, verifying: Bool
  ) throws -> String {
    let bytes = try bytes(compressed, header, verifying: verifying)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DanvanError.damagedText(header.id)
    }
    return text
  }

  private func bytes(
    _ compressed: [UInt8], _ header: ArticleHeader, verifying: Bool
  ) throws -> [UInt8] {
    guard let bytes = try? store.dictionaries.inflate(compressed, length: header.textCount),
      !verifying || Digest.sha256(bytes) == header.sha256
    else { throw DanvanError.damagedText(header.id) }
    return bytes
  }

  private func facts(of header: ArticleHeader, text: String, _ salvaging: Bool) throws -> Facts {
    let select = try SQLStatement(
      db, "SELECT facts, \(Seal.fact.holds) FROM fact WHERE article = ?1")
    select.bind(1, header.id.value)
    defer { select.reset() }
    let isThere = try select.step()
    guard salvaging || isThere && select.integer(1) != 0 else {
      throw DanvanError(.dataLoss, "article \(header.id): its facts fail their checksum")
    }
    var facts = Facts()
    facts.date = header.date
    facts.source = header.source
    facts.language = header.language
    facts.ruleSet = header.ruleSet
    let none = facts
    guard isThere else { return none }
    var text = text
    let blob = select.blob(0)
    let rows = try text.withUTF8 { text in
      try blob.withUnsafeBufferPointer { try FactBlob.decode($0, in: text, rule: rule) }
    }
    guard let rows, rows.allSatisfy({ facts.append($0) }) else {
      if salvaging { return none }
      throw DanvanError(.dataLoss, "article \(header.id): its facts cannot be read")
    }
    return facts
  }

  /// The version of a rule set's number, remembered as rules are.
  private func ruleSet(_ number: Int64) throws -> String? {
    if let known = store.ruleSets.withLock({ $0[number] }) { return known }
    let select = try SQLStatement(
      db, "SELECT version FROM rule_set WHERE id = ?1 AND \(Seal.ruleSet.holds)")
    select.bind(1, number)
    defer { select.reset() }
    guard try select.step(), let version = select.text(0) else { return nil }
    if canRemember { store.ruleSets.withLock { $0[number] = version } }
    return version
  }

  /// Numbers of a transaction that may yet be undone must not be remembered.
  private var canRemember: Bool { !db.isInsideTransaction || db.isReadOnly }

  /// The rule of a number, remembered: the table only grows.
  private func rule(_ number: Int64) throws -> Evidence? {
    if let known = store.rules.withLock({ $0[number] }) { return known }
    let select = try SQLStatement(
      db, "SELECT name, confidence, said_by FROM rule WHERE id = ?1 AND \(Seal.rule.holds)")
    select.bind(1, number)
    defer { select.reset() }
    guard try select.step() else { return nil }
    let by = select.text(2) ?? ""
    let evidence = Evidence(
      rule: select.text(0) ?? "", confidence: select.double(1), by: by.isEmpty ? nil : by)
    if canRemember { store.rules.withLock { $0[number] = evidence } }
    return evidence
  }
}

extension DanvanError {
  /// For a text that is not what was stored.
  public static func damagedText(_ id: ArticleID) -> DanvanError {
    DanvanError(.dataLoss, "article \(id): its stored text fails its checksum")
  }
}
