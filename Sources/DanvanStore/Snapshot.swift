public import DanvanModel
internal import DanvanZlib
internal import GRDB

/// The store as it was at one moment: all reads of one `Store.read` see the same commits.
public struct Snapshot {
  let db: Database
  let store: Store

  /// The article without its text and facts, or nil where there is none.
  public func header(_ id: ArticleID) throws -> ArticleHeader? {
    try row(id, body: false)?.header
  }

  /// Throws `dataLoss`, naming the article, when the stored text fails its checksum or a fact cannot
  /// be read. Nil where there is none.
  public func article(_ id: ArticleID, parts: ArticleParts) throws -> StoredArticle? {
    guard let (header, compressed) = try row(id, body: !parts.isEmpty) else { return nil }
    guard !parts.isEmpty else {
      return StoredArticle(header: header, text: nil, compressedText: nil, facts: nil)
    }
    let text = try Self.text(compressed, header)
    return StoredArticle(
      header: header, text: text, compressedText: compressed,
      facts: parts.contains(.facts) ? try facts(of: header, text: text) : nil)
  }

  /// The article whose text is, or was before a revision, the one of that identity.
  public func receipt(ofIdentity identity: [UInt8]) throws -> Receipt? {
    let find = try SQLStatement(db, ArticleWriter.findingIdentity)
    find.bind(1, blob: identity)
    defer { find.reset() }
    guard try find.step() else { return nil }
    return Receipt(
      id: ArticleID(find.integer(0)), outcome: .duplicate, sequence: find.integer(1))
  }

  private func row(_ id: ArticleID, body: Bool) throws -> (header: ArticleHeader, [UInt8])? {
    let select = try SQLStatement(
      db,
      """
      SELECT title, url, publisher, published, date, date_basis, source, ingested, text_count,
        sha256, sequence, (SELECT version FROM rule_set WHERE rule_set.id = rule_set), revision
        \(body ? ", body" : "")
      FROM article WHERE id = ?1
      """)
    select.bind(1, id.value)
    defer { select.reset() }
    guard try select.step() else { return nil }
    let date = select.text(4).flatMap { PartialDate($0) }
    let header = ArticleHeader(
      id: id, title: select.text(0), url: select.text(1), publisher: select.text(2),
      published: select.text(3).flatMap { PartialDate($0) },
      date: date.map { DocumentDate($0, basis: select.text(5) ?? "") }, source: select.text(6),
      ingested: select.integer(7), textCount: Int(select.integer(8)), sha256: select.blob(9),
      sequence: select.integer(10), revision: Int(select.integer(12)),
      ruleSet: select.text(11) ?? "")
    return (header, body ? select.blob(13) : [])
  }

  private static func text(_ compressed: [UInt8], _ header: ArticleHeader) throws -> String {
    guard let bytes = try? Zlib.inflate(compressed, length: header.textCount),
      Digest.sha256(bytes) == header.sha256, let text = String(validating: bytes, as: UTF8.self)
    else {
      throw DanvanError(.dataLoss, "article \(header.id): its stored text fails its checksum")
    }
    return text
  }

  private func facts(of header: ArticleHeader, text: String) throws -> Facts {
    let select = try SQLStatement(
      db,
      """
      SELECT kind, start, length, text, agent, value, more, rule.name, rule.confidence
      FROM fact JOIN rule ON rule.id = fact.rule WHERE article = ?1 ORDER BY number
      """)
    select.bind(1, header.id.value)
    defer { select.reset() }
    var facts = Facts()
    facts.date = header.date
    facts.source = header.source
    facts.ruleSet = header.ruleSet
    var text = text
    try text.withUTF8 { bytes in
      while try select.step() {
        guard let row = Self.factRow(select, bytes), facts.append(row) else {
          throw DanvanError(.dataLoss, "article \(header.id): one of its facts cannot be read")
        }
      }
    }
    return facts
  }

  private static func factRow(
    _ select: SQLStatement, _ text: UnsafeBufferPointer<UInt8>
  ) -> FactRow? {
    let start = Int(select.integer(1))
    let (end, overflows) = start.addingReportingOverflow(Int(select.integer(2)))
    guard let kind = FactKind(rawValue: select.integer(0)), !overflows, 0 <= start, start <= end,
      end <= text.count,
      let wording = select.text(3) ?? String(validating: text[start..<end], as: UTF8.self)
    else { return nil }
    var more = FactAttributes()
    if let json = select.text(6) {
      guard let read = FactAttributes.read(json) else { return nil }
      more = read
    }
    return FactRow(
      kind: kind, range: TextRange(start, end),
      evidence: Evidence(rule: select.text(7) ?? "", confidence: select.double(8)), text: wording,
      agent: select.text(4), value: select.text(5), more: more)
  }
}
