public import DanvanModel
public import DanvanStore

/// A decision about an entity, in the words in which it can be made again.
public struct EntityRuling: Sendable {
  public let id: Int64
  public let kind: StoredRuling.Kind
  public let verb: StoredRuling.Verb
  public let entity: String
  /// Of a merge the other entity, of a split the name with the article in which it is another's, of a
  /// rename the name shown.
  public let other: String
  /// Nanoseconds since 1970-01-01.
  public let time: Int64
}

extension Desk {
  /// Rules that two entities are one; on disk on return. Throws `notFound` where one of them is not
  /// there, `alreadyExists` where they are one already.
  public func merge(_ kind: StoredRuling.Kind, _ entity: String, with other: String) throws {
    let pair = try store.read { snapshot in
      let pair = try [entity, other].map { try bearer(kind, $0, snapshot) }
      if kind == .person {
        var finder = PersonFinder(snapshot, engine)
        let one = try finder.person(EntityReference(entity))
        let second = try finder.person(EntityReference(other))
        if !one.articles.isDisjoint(with: second.articles),
          one.parts.contains(where: { part in
            second.parts.contains {
              $0.name.id == part.name.id && $0.bearer.anchor == part.bearer.anchor
            }
          })
        {
          throw DanvanError(.alreadyExists, "'\(entity)' and '\(other)' are one person already")
        }
      }
      return pair
    }
    try store.keep([
      StoredRuling(
        kind: kind, verb: .merge, entity: pair[0], other: pair[1], time: Store.now())
    ])
  }

  /// Rules that in some articles a person's name is another person's. Throws `invalidArgument` without
  /// articles, `notFound` for one that does not name the person.
  public func split(_ entity: String, articles: [ArticleID]) throws {
    guard !articles.isEmpty else {
      throw DanvanError.invalid("a split wants the articles in which the name is another's")
    }
    let rulings = try store.read { snapshot in
      var finder = PersonFinder(snapshot, engine)
      let reference = try EntityReference(entity)
      let person = try finder.person(reference)
      return try articles.map { article in
        guard
          let part = person.parts.first(where: { $0.bearer.articles.contains(article) })
        else {
          throw DanvanError(.notFound, "article \(article) does not speak of '\(entity)'")
        }
        return StoredRuling(
          kind: .person, verb: .split,
          entity: StoredRuling.Bearer(name: part.name.canonical, article: articles.min()),
          other: StoredRuling.Bearer(name: part.name.canonical, article: article),
          time: Store.now())
      }
    }
    try store.keep(rulings)
  }

  /// Rules that two names are two bodies though they read the same with abbreviations written out.
  public func splitBodies(_ entity: String, from other: String) throws {
    let pair = try store.read { snapshot in
      try [entity, other].map { try bearer(.body, $0, snapshot) }
    }
    try store.keep([
      StoredRuling(kind: .body, verb: .split, entity: pair[0], other: pair[1], time: Store.now())
    ])
  }

  /// Rules by which name an entity is shown. Throws `notFound`; `invalidArgument` for an empty name and
  /// one over 200 bytes.
  public func rename(_ kind: StoredRuling.Kind, _ entity: String, to name: String) throws {
    guard (1...200).contains(name.utf8.count), !name.utf8.contains(where: { $0 < 0x20 }) else {
      throw DanvanError.invalid("a name has 1 to 200 bytes and no line breaks")
    }
    let bearer = try store.read { snapshot -> StoredRuling.Bearer in
      try self.bearer(kind, entity, snapshot)
    }
    try store.keep([
      StoredRuling(
        kind: kind, verb: .rename, entity: bearer, other: nil, text: name, time: Store.now())
    ])
  }

  /// All rulings, in the order in which they were made.
  public func rulings() throws -> [EntityRuling] {
    try store.read { snapshot in
      try snapshot.rulings().map { ruling in
        EntityRuling(
          id: ruling.id, kind: ruling.kind, verb: ruling.verb,
          entity: try text(ruling.entity, snapshot),
          other: try ruling.other.map { try text($0, snapshot) } ?? ruling.text,
          time: ruling.time)
      }
    }
  }

  /// Takes a ruling back. Throws `notFound`.
  public func forgetRuling(_ id: Int64) throws {
    guard try store.forgetRuling(id) else {
      throw DanvanError(.notFound, "there is no ruling \(id)")
    }
  }

  private func text(_ bearer: StoredRuling.Bearer, _ snapshot: Snapshot) throws -> String {
    let name = try snapshot.name(canonical: bearer.name)?.text ?? bearer.name
    return EntityReference.text(name, bearer.article)
  }

  /// The entity as a ruling names it: a person by an article that speaks of him, which stays true
  /// whatever else comes; a body by its name.
  private func bearer(
    _ kind: StoredRuling.Kind, _ text: String, _ snapshot: Snapshot
  ) throws -> StoredRuling.Bearer {
    let reference = try EntityReference(text)
    switch kind {
    case .person:
      var finder = PersonFinder(snapshot, engine)
      let person = try finder.person(reference)
      let part = person.parts[0]
      return StoredRuling.Bearer(
        name: part.name.canonical, article: reference.article ?? part.bearer.anchor)
    case .body:
      let body = try BodyFinder(snapshot: snapshot, abbreviations: engine.postAbbreviations)
        .body(reference)
      let name = body.names.first { $0.canonical == reference.name.canonical } ?? body.names[0]
      return StoredRuling.Bearer(name: name.canonical, article: nil)
    }
  }
}
