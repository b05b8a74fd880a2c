internal import DanvanModel
public import DanvanStore

/// Which directives are wanted; an empty text or nil asks for all.
public struct DirectiveSearch: Sendable {
  public var by = ""
  public var to = ""
  public var about = ""
  public var period = ""
  public var isOpenOnly = false
  /// Of a person in `by`: also what was given under the title alone, where he held the post by other articles.
  public var withIncumbents = false
  public var limit = 0

  public init() {}
}

extension Desk {
  /// The newest first, and how many there are; with `about`, how many there are in the articles that
  /// answer it. Throws `invalidArgument`; `notFound` for a person who is not there.
  public func directives(_ search: DirectiveSearch, deadline: ContinuousClock.Instant? = nil) throws
    -> (items: [DirectiveItem], total: Int)
  {
    let limit = search.limit == 0 ? Self.defaultPage : try Self.items(search.limit)
    let period = try DeskPeriod.reading(search.period)
    return try reading(deadline) { snapshot in
      let filter = DeskFilter(desk: self, snapshot: snapshot)
      let reader = DeskReader(snapshot, engine)
      var parts = try parts(of: search, in: period?.days, filter, reader)
      let subject = try filter.subject(search.about)
      if let subject { parts.removeAll { !subject.articles.contains($0.article) } }
      if search.isOpenOnly {
        let marked = try snapshot.markedArticles()
        parts = try parts.filter { part in
          guard marked.contains(part.article) else { return true }
          return try reader.directive(part).map { $0.state.isOpen } ?? false
        }
      }
      var items: [DirectiveItem] = []
      for part in parts.prefix(Self.mostRead) where items.count < limit {
        guard let item = try reader.directive(part),
          subject?.isNamed(in: item.fact.action) ?? true
        else { continue }
        items.append(item)
      }
      return (items, parts.count)
    }
  }

  static let defaultPage = 20
  /// Facts read for one answer at most: those that a query's words do not stand in are passed over.
  static let mostRead = 400

  private func parts(
    of search: DirectiveSearch, in days: ClosedRange<Int32>?, _ filter: DeskFilter,
    _ reader: DeskReader
  ) throws -> [KnownPart] {
    guard !search.by.isEmpty || !search.to.isEmpty else {
      return try filter.snapshot.parts(of: 0, as: .directive, in: days)
        .sorted(by: KnownPart.isNewer)
    }
    let given =
      try search.by.isEmpty
      ? nil
      : filter.parts(
        of: search.by, as: .issuer, in: days, withIncumbents: search.withIncumbents ? reader : nil)
    let received =
      try search.to.isEmpty ? nil : filter.parts(of: search.to, as: .addressee, in: days)
    guard let given, let received else { return given ?? received ?? [] }
    let wanted = Set(received)
    return given.filter(wanted.contains)
  }

  /// A directive by its id, with its history and later articles that seem to report on it.
  /// Throws `invalidArgument` for what is no id, `notFound`.
  public func directive(_ id: String, deadline: ContinuousClock.Instant? = nil) throws
    -> (item: DirectiveItem, history: [StoredMark], followUps: [FollowUp])
  {
    try reading(deadline) { snapshot in
      let reader = DeskReader(snapshot, engine)
      let (fact, article) = try DirectiveFinder(reader).directive(id)
      let item = try reader.directive(fact, in: article)
      let history = try snapshot.marks(on: article.id).filter {
        $0.place?.overlaps(fact.range) ?? false
      }
      return (item, history, try FollowUps(desk: self, reader: reader).of(item))
    }
  }

  /// Notes something on a directive; what is nil is left as it was, an empty text takes a value away. On
  /// disk on return. Throws `invalidArgument` for what cannot be noted, `notFound`.
  public func markDirective(
    _ id: String, status: String?, due: String?, owner: String?, note: String?
  ) throws {
    guard [status, due, owner, note].contains(where: { $0 != nil }) else {
      throw DanvanError.invalid("nothing to note: give a status, due date, owner or note")
    }
    try StoredMark.demandSound(status: status, due: due, owner: owner, note: note)
    let (fact, article) = try store.read {
      try DirectiveFinder(DeskReader($0, engine)).directive(id)
    }
    try store.mark(
      StoredMark(
        article: article.id, range: fact.range,
        anchor: TextAnchor(fact.range, in: article.text ?? ""), status: status, due: due,
        owner: owner, note: note, time: Store.now()))
  }

  /// What was noted on directives that are not found any more, as texts and rules are now: by article, each
  /// with what stands of the notes.
  public func orphanedMarks(deadline: ContinuousClock.Instant? = nil) throws -> [OrphanedMark] {
    try reading(deadline) { snapshot in
      let reader = DeskReader(snapshot, engine)
      var orphans: [OrphanedMark] = []
      for id in try snapshot.markedArticles().sorted() {
        let directives = try reader.shelf.article(id)?.facts?.directives ?? []
        let lost = try snapshot.marks(on: id).filter { mark in
          !directives.contains { mark.place?.overlaps($0.range) ?? false }
        }
        let byPlace = Dictionary(grouping: lost, by: \.range)
        for (range, marks) in byPlace.sorted(by: { $0.key < $1.key }) {
          orphans.append(
            OrphanedMark(
              article: id, range: range, words: marks.last?.anchor?.words,
              isInText: marks.last?.place != nil, state: DirectiveState(marks)))
        }
      }
      return orphans
    }
  }
}

extension DirectiveState {
  var isOpen: Bool { status != "done" && status != "dropped" }
}

extension StoredMark {
  /// Throws `invalidArgument` for what cannot be noted on a directive.
  static func demandSound(status: String?, due: String?, owner: String?, note: String?) throws {
    if let status, !(1...40).contains(status.utf8.count) {
      throw DanvanError.invalid(
        "a status has 1 to 40 bytes: open, done, dropped or a word of your own")
    }
    if let due, !due.isEmpty, PartialDate(due) == nil {
      throw DanvanError.invalid("'\(due.prefix(40))' is no date; write 2021-03-26, 2021-03 or 2021")
    }
    for text in [owner, note] {
      guard (text?.utf8.count ?? 0) <= 4_000 else {
        throw DanvanError.invalid("an owner or note has at most 4,000 bytes")
      }
    }
  }
}
