internal import DanvanModel
internal import DanvanSQLite

/// A ruling on persons or bodies as it goes from one store to another: articles go by their texts.
public struct ExchangedRuling: Sendable {
  /// A name, as one article means it; nil: wherever it stands.
  public struct Bearer: Sendable {
    public var name: String
    /// The identity of the article's first text.
    public var article: [UInt8]?

    public init(name: String, article: [UInt8]?) {
      self.name = name
      self.article = article
    }
  }
  public var kind: StoredRuling.Kind
  public var verb: StoredRuling.Verb
  public var entity: Bearer
  public var other: Bearer?
  /// Of a rename.
  public var text: String
  /// Nanoseconds since 1970-01-01.
  public var time: Int64

  public init(
    kind: StoredRuling.Kind, verb: StoredRuling.Verb, entity: Bearer, other: Bearer?, text: String,
    time: Int64
  ) {
    self.kind = kind
    self.verb = verb
    self.entity = entity
    self.other = other
    self.text = text
    self.time = time
  }
}

extension StoreExport {
  /// The rulings in the order in which they were made; without those that name an article which is not in
  /// the export.
  public func rulings() throws -> [ExchangedRuling] {
    do {
      return try frozen.read { db in
        let snapshot = Snapshot(db: db, store: store)
        return try snapshot.rulings().compactMap { try exchanged($0, snapshot) }
      }
    } catch {
      throw StoreFailure.error(error)
    }
  }

  private func exchanged(_ ruling: StoredRuling, _ snapshot: Snapshot) throws -> ExchangedRuling? {
    guard let entity = try exchanged(ruling.entity, snapshot) else { return nil }
    let other = try ruling.other.map { try exchanged($0, snapshot) }
    if case .some(.none) = other { return nil }
    return ExchangedRuling(
      kind: ruling.kind, verb: ruling.verb, entity: entity, other: other ?? nil, text: ruling.text,
      time: ruling.time)
  }

  private func exchanged(_ bearer: StoredRuling.Bearer, _ snapshot: Snapshot) throws
    -> ExchangedRuling.Bearer?
  {
    guard let article = bearer.article else {
      return ExchangedRuling.Bearer(name: bearer.name, article: nil)
    }
    guard selection?.contains(article.value) != false,
      let identity = try snapshot.firstIdentity(of: article, newestOnly: options.newestOnly)
    else { return nil }
    return ExchangedRuling.Bearer(name: bearer.name, article: identity)
  }
}
