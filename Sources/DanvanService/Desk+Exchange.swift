public import DanvanModel
public import DanvanStore
internal import DanvanText

/// What an export goes by, besides its texts.
public struct Export: Sendable {
  public let texts: StoreExport
  public let ruleSet: String
  /// By name, in the order of Vietnamese dictionaries.
  public let savedSearches: [SavedSearch]
  private let engine: Engine

  init(_ texts: StoreExport, savedSearches: [SavedSearch], _ engine: Engine) {
    self.texts = texts
    self.savedSearches = savedSearches
    self.engine = engine
    ruleSet = engine.version
  }

  /// Where the sentences of an article begin and end, in order.
  public func sentences(of article: Article) -> [TextRange] { engine.sentences(in: article) }
}

/// One item that comes from another store.
public enum ImportItem: Sendable {
  case savedSearch(SavedSearch)
  case text(ExchangedText)
  /// Head and end.
  case frame
}

/// What became of an item.
public enum ImportOutcome: Sendable, Equatable {
  case savedSearch
  /// Another search of that name is kept.
  case savedSearchKept
  case text(Receipt)
  case passedOver

  public var receipt: Receipt? { if case .text(let receipt) = self { receipt } else { nil } }
}

extension Desk {
  /// Begins an export of the articles that match, as of now. Throws as a search does.
  public func export(_ query: String, _ options: ExportOptions) throws -> Export {
    let parsed = try QueryParser.parse(query)
    let filter = parsed == .everything ? .everything : try plan(parsed, marks: .automatic).query
    return Export(
      try store.export(matching: filter, options), savedSearches: savedSearches(), engine)
  }

  /// Takes items of an export in, in their order; returns when they are on disk, an outcome each.
  ///
  /// All texts are in one transaction. Facts are made anew by the rule set in use. A text that is there
  /// already gets the sightings and tags that come with it. Throws, with nothing of the texts stored,
  /// `invalidArgument` for one that cannot be, `alreadyExists` for a number that is taken where it was
  /// to be kept. What `check` throws ends the work before anything is stored.
  public func take(
    _ items: [ImportItem], regroups: Bool, keepsNumbers: Bool,
    check: @Sendable () throws -> Void = {}
  ) throws -> [ImportOutcome] {
    let visit = foreground.enter()
    defer { visit.end() }
    let engine = self.engine
    let texts = items.compactMap { if case .text(let text) = $0 { text } else { nil } }
    for text in texts { try Self.demandSound(text) }
    let records = try Cores.map(texts) { text in
      Result {
        var text = text
        text.facts = nil
        let article = text.article
        return try store.record(
          of: article, facts: engine.facts(in: article, check: check), identity: article.identity,
          provenance: text.original.map {
            try Provenance(
              $0, of: article, signature: CopySignature(of: article.text)?.minima)
          }, arrival: Arrival(text, regroups: regroups, keepsNumber: keepsNumbers))
      }.mapError(DanvanError.init(caught:))
    }.map { try $0.get() }
    let saved = try items.map { item in
      if case .savedSearch(let search) = item { try take(search) } else { ImportOutcome.passedOver }
    }
    var receipts = try store.add(records)[...]
    recentTerms.note(receipts, records)
    if let head = receipts.lazy.filter({ $0.outcome != .duplicate }).map(\.sequence).max() {
      wakeWatchers(upTo: head)
      if engine.version != ruleSet { rebuilding.ask() }
    }
    return try zip(items, saved).map { item, saved in
      guard case .text = item else { return saved }
      guard let receipt = receipts.popFirst() else {
        throw DanvanError(.internalError, "the store gave no receipt")
      }
      return .text(receipt)
    }
  }

  private func take(_ search: SavedSearch) throws -> ImportOutcome {
    let name = try TagName.checked(search.name, what: "saved search")
    if let known = store.savedSearch(name) {
      return known.query == search.query ? .savedSearch : .savedSearchKept
    }
    _ = try QueryParser.parse(search.query)
    try store.save(SavedSearch(name: name, query: search.query, saved: search.saved))
    return .savedSearch
  }

  private static func demandSound(_ text: ExchangedText) throws {
    guard text.id.value > 0, text.id.value < 1 << 53, text.revision > 0, text.time >= 0 else {
      throw DanvanError.invalid("article \(text.id): its number, revision or time cannot be")
    }
    guard text.article.text.utf8.contains(where: { $0 > 0x20 }), !text.article.text.utf8.contains(0)
    else { throw DanvanError.invalid("article \(text.id): it has no text") }
    for tag in text.standing?.tags ?? [] {
      guard try TagName.checked(tag) == tag else {
        throw DanvanError.invalid("article \(text.id): the tag '\(tag)' is not composed")
      }
    }
  }
}
