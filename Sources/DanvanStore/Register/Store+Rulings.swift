public import DanvanModel
internal import DanvanSQLite
internal import Synchronization

/// What somebody decided about a person or body; names are canonical.
public struct StoredRuling: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable { case person, body }
  public enum Verb: String, Sendable, CaseIterable { case merge, split, rename }

  /// A name, as the article of that number means it; nil: wherever it stands.
  public struct Bearer: Sendable, Hashable {
    public let name: String
    public let article: ArticleID?

    public init(name: String, article: ArticleID?) {
      self.name = name
      self.article = article
    }
  }
  public let id: Int64
  public let kind: Kind
  public let verb: Verb
  public let entity: Bearer
  /// Of a merge, the other; of a split, the article in which the name is another's; of a rename, no one.
  public let other: Bearer?
  /// Of a rename.
  public let text: String
  /// Nanoseconds since 1970-01-01.
  public let time: Int64

  public init(
    id: Int64 = 0, kind: Kind, verb: Verb, entity: Bearer, other: Bearer?, text: String = "",
    time: Int64
  ) {
    self.id = id
    self.kind = kind
    self.verb = verb
    self.entity = entity
    self.other = other
    self.text = text
    self.time = time
  }
}

extension Snapshot {
  /// All rulings, in the order in which they were made.
  public func rulings() throws -> [StoredRuling] { try rulings("1") { _ in } }

  /// Those that a name is part of.
  public func rulings(_ kind: StoredRuling.Kind, of name: String) throws -> [StoredRuling] {
    try rulings("kind = ?1 AND (name = ?2 OR other_name = ?2)") {
      $0.bind(1, kind.rawValue)
      $0.bind(2, name)
    }
  }

  private func rulings(_ condition: String, _ bind: (SQLStatement) -> Void) throws
    -> [StoredRuling]
  {
    let select = try SQLStatement(
      db,
      """
      SELECT id, kind, verb, name, article, other_name, other_article, text, time
      FROM entity_ruling WHERE \(condition) ORDER BY time, id
      """)
    bind(select)
    defer { select.reset() }
    var rulings: [StoredRuling] = []
    while try select.step() {
      guard let kind = select.text(1).flatMap(StoredRuling.Kind.init(rawValue:)),
        let verb = select.text(2).flatMap(StoredRuling.Verb.init(rawValue:)),
        let name = select.text(3), let other = select.text(5)
      else { throw DanvanError(.dataLoss, "ruling \(select.integer(0)) cannot be read") }
      rulings.append(
        StoredRuling(
          id: select.integer(0), kind: kind, verb: verb,
          entity: Self.bearer(name, select.integer(4)),
          other: other.isEmpty ? nil : Self.bearer(other, select.integer(6)),
          text: select.text(7) ?? "", time: select.integer(8)))
    }
    return rulings
  }

  private static func bearer(_ name: String, _ article: Int64) -> StoredRuling.Bearer {
    StoredRuling.Bearer(name: name, article: article == 0 ? nil : ArticleID(article))
  }
}

extension Store {
  /// Keeps rulings in one transaction, as the newest also where the clock was put back; their ids are given
  /// here. On disk on return.
  public func keep(_ rulings: [StoredRuling]) throws {
    try change { db in
      for ruling in rulings {
        try db.execute(
          sql: """
            INSERT INTO entity_ruling
              (kind, verb, name, article, other_name, other_article, text, time)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, max(?8, coalesce(
              (SELECT max(time) + 1 FROM entity_ruling), 0)))
            """,
          arguments: [
            ruling.kind.rawValue, ruling.verb.rawValue, ruling.entity.name,
            ruling.entity.article?.value ?? 0, ruling.other?.name ?? "",
            ruling.other?.article?.value ?? 0, ruling.text, ruling.time,
          ])
      }
    }
  }

  /// False where there is no ruling of that number.
  public func forgetRuling(_ id: Int64) throws -> Bool {
    let removed = Mutex(false)
    try change { db in
      try db.execute(sql: "DELETE FROM entity_ruling WHERE id = ?", arguments: [id])
      let found = db.changesCount > 0
      removed.withLock { $0 = found }
    }
    return removed.withLock { $0 }
  }
}
