internal import DanvanModel
internal import DanvanStore

/// Reads the facts that rows of the register point at, with what people noted on them.
struct DeskReader {
  let snapshot: Snapshot
  let shelf: ArticleShelf
  private let titles: TitlesAlone

  init(_ snapshot: Snapshot, _ engine: Engine) {
    self.snapshot = snapshot
    shelf = ArticleShelf(snapshot)
    titles = TitlesAlone(snapshot, engine, shelf)
  }

  /// Nil where the article is damaged.
  func directive(_ part: KnownPart) throws -> DirectiveItem? {
    guard let article = try shelf.article(part.article), let facts = article.facts,
      facts.directives.indices.contains(part.number)
    else { return nil }
    return try directive(facts.directives[part.number], in: article)
  }

  func directive(_ fact: Directive, in article: StoredArticle) throws -> DirectiveItem {
    DirectiveItem(
      fact: fact, event: article.facts?.events.first { $0.status != .background }?.name,
      source: shelf.source(article, fact.range, fact.evidence),
      state: DirectiveState(try snapshot.marks(on: article.id), at: fact.range),
      incumbent: try titles.incumbent(fact.issuer, of: fact.range, in: article))
  }

  func statement(_ part: KnownPart) throws -> StatementItem? {
    guard let article = try shelf.article(part.article), let facts = article.facts,
      facts.statements.indices.contains(part.number)
    else { return nil }
    return try statement(facts.statements[part.number], in: article)
  }

  func statement(_ fact: Statement, in article: StoredArticle) throws -> StatementItem {
    StatementItem(
      fact: fact, source: shelf.source(article, fact.range, fact.evidence),
      incumbent: try titles.incumbent(fact.speaker, of: fact.range, in: article))
  }

  /// Who held the posts by which the reports of a meeting name its chairs and attendees; each post once.
  func incumbents(of meeting: Meeting) throws -> [Incumbent] {
    var seen: Set<String> = []
    return try meeting.sources.flatMap { source -> [Incumbent] in
      guard let article = try shelf.article(source.article) else { return [] }
      return try (article.facts?.events ?? []).filter { $0.range == source.range }
        .flatMap { try titles.incumbents(of: $0, in: article) }
    }.filter { seen.insert("\($0.post)\n\($0.person.reference)").inserted }
  }

  /// Who held the posts by which a report of a meeting names its chairs.
  func chairs(_ part: KnownPart) throws -> [Incumbent] {
    guard let article = try shelf.article(part.article), let facts = article.facts,
      facts.events.indices.contains(part.number)
    else { return [] }
    let event = facts.events[part.number]
    return try titles.incumbents(of: event, in: article).filter {
      event.chairs.contains($0.title.text)
    }
  }

  /// Of all titles alone that speak, order, preside or attend in an article.
  func incumbents(in id: ArticleID) throws -> [Incumbent] {
    try shelf.article(id).map(titles.incumbents) ?? []
  }

  func event(_ part: KnownPart) throws -> (fact: Event, source: FactSource)? {
    guard let article = try shelf.article(part.article), let facts = article.facts,
      facts.events.indices.contains(part.number)
    else { return nil }
    let fact = facts.events[part.number]
    return (fact, shelf.source(article, fact.range, fact.evidence))
  }
}

extension DirectiveState {
  /// What stands of an article's marks for the directive at that range. Rules may have moved its bounds
  /// since it was marked, so a mark counts for what it overlaps.
  init(_ marks: [StoredMark], at range: TextRange) {
    self.init(marks.filter { $0.place?.overlaps(range) ?? false })
  }

  /// What stands of marks on one directive, the oldest first.
  init(_ marks: [StoredMark]) {
    self.init()
    func after(_ noted: String?, _ before: String?) -> String? {
      // An empty text takes a value away.
      noted.map { $0.isEmpty ? nil : $0 } ?? before
    }
    for mark in marks {
      status = mark.status ?? status
      due = after(mark.due, due)
      owner = after(mark.owner, owner)
      note = after(mark.note, note)
      changed = mark.time
    }
  }
}
