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
  case ruling(ExchangedRuling)
  /// Head and end.
  case frame
}

/// What became of an item.
public enum ImportOutcome: Sendable, Equatable {
  case savedSearch
  case savedSearchKnown
  /// Another search of that name is kept.
  case savedSearchKept
  case text(Receipt)
  case ruling
  case rulingKnown
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

  /// Takes items of an export in, in their order and in one transaction; returns when they are on disk, an
  /// outcome each.
  ///
  /// Texts are looked for first: one that is there already costs no extraction, and gets what comes with it
  /// besides. Facts of new ones are made by the rule set in use. Throws, with nothing stored and with the
  /// number of the item where one is at fault, `invalidArgument` for one that cannot be, `alreadyExists`
  /// for a number that is taken where it was to be kept. What `check` throws ends the work before anything
  /// is stored.
  public func take(
    _ items: [ImportItem], regroups: Bool, keepsNumbers: Bool,
    check: @Sendable () throws -> Void = {}
  ) throws -> [ImportOutcome] {
    let visit = foreground.enter()
    defer { visit.end() }
    let engine = self.engine
    for (index, item) in items.enumerated() {
      do { try demandSound(item) } catch { throw DanvanError(caught: error).of(item: index + 1) }
    }
    let incoming = Cores.map(items) {
      Incoming($0, regroups: regroups, keepsNumber: keepsNumbers)
    }
    let known = try store.read { snapshot in
      let texts = snapshot.knownTexts
      return try incoming.map { item in
        guard case .text(let arrival, let identity) = item else { return false }
        return try texts.has(identity, arrival)
      }
    }
    var intake = try prepare(incoming, known: known, engine, check)
    let outcomes: [IntakeOutcome]
    do {
      outcomes = try store.take(intake)
    } catch let error as DanvanError where error.code == .aborted && known.contains(true) {
      // One of the known texts was removed meanwhile, or items of this call revise it.
      intake = try prepare(incoming, known: known.map { _ in false }, engine, check)
      outcomes = try store.take(intake)
    }
    // Corrections that joined an article that was there have events, too.
    if store.committedHead > watchers.head { watchers.wake(upTo: store.committedHead) }
    let results = zip(items, outcomes).map { ImportOutcome($0, $1) }
    let made = zip(intake, results).compactMap { item, result in
      if case .text(let record) = item, let receipt = result.receipt {
        (receipt, record)
      } else {
        nil
      }
    }
    recentTerms.note(made.map(\.0)[...], made.map(\.1))
    if let head = made.lazy.map(\.0).filter({ $0.outcome != .duplicate }).map(\.sequence).max() {
      wakeWatchers(upTo: head)
      if engine.version != ruleSet { rebuilding.ask() }
    }
    return results
  }

  /// Makes everything of the texts that are not known.
  private func prepare(
    _ items: [Incoming], known: [Bool], _ engine: Engine, _ check: @Sendable () throws -> Void
  ) throws -> [IntakeItem] {
    try Cores.map(Array(zip(items, known))) { item, isKnown in
      Result {
        switch item {
        case .other(let item): return item
        case .text(let arrival, let identity) where isKnown:
          return .knownText(arrival, identity: identity)
        case .text(let arrival, let identity):
          let article = arrival.text.article
          return .text(
            try store.record(
              of: article, facts: engine.facts(in: article, check: check), identity: identity,
              provenance: arrival.text.original.map {
                try Provenance($0, of: article, signature: CopySignature(of: article.text)?.minima)
              }, arrival: arrival))
        }
      }.mapError(DanvanError.init(caught:))
    }.enumerated().map { index, item in
      do throws(DanvanError) { return try item.get() } catch { throw error.of(item: index + 1) }
    }
  }

  private func demandSound(_ item: ImportItem) throws {
    switch item {
    case .text(let text): try text.demandSound()
    case .savedSearch(let search):
      guard try TagName.checked(search.name, what: "saved search") == search.name else {
        throw DanvanError.invalid("the name of the saved search '\(search.name)' is not composed")
      }
      // One that is there is not written again, so it need not be of today's language.
      if store.savedSearch(search.name) == nil { _ = try QueryParser.parse(search.query) }
    case .ruling, .frame: break
    }
  }
}

/// An item, with the key by which a text is looked for.
private enum Incoming: Sendable {
  case text(Arrival, identity: [UInt8])
  case other(IntakeItem)

  init(_ item: ImportItem, regroups: Bool, keepsNumber: Bool) {
    switch item {
    case .text(var text):
      // They are made anew.
      text.facts = nil
      self = .text(
        Arrival(text, regroups: regroups, keepsNumber: keepsNumber), identity: text.article.identity
      )
    case .savedSearch(let search): self = .other(.savedSearch(search))
    case .ruling(let ruling): self = .other(.ruling(ruling))
    case .frame: self = .other(.nothing)
    }
  }
}

extension ImportOutcome {
  fileprivate init(_ item: ImportItem, _ outcome: IntakeOutcome) {
    switch (item, outcome) {
    case (_, .text(let receipt)): self = .text(receipt)
    case (.savedSearch, .added): self = .savedSearch
    case (.savedSearch, .known): self = .savedSearchKnown
    case (.savedSearch, .kept): self = .savedSearchKept
    case (.ruling, .added): self = .ruling
    case (.ruling, .known): self = .rulingKnown
    default: self = .passedOver
    }
  }
}

extension ExchangedText {
  fileprivate func demandSound() throws {
    guard id.value > 0, id.value < 1 << 53, revision > 0, time >= 0 else {
      throw DanvanError.invalid("article \(id): its number, revision or time cannot be")
    }
    guard article.text.utf8.contains(where: { $0 > 0x20 }), !article.text.utf8.contains(0)
    else { throw DanvanError.invalid("article \(id): it has no text") }
    for mark in standing?.marks ?? [] {
      try StoredMark.demandSound(
        status: mark.status, due: mark.due, owner: mark.owner, note: mark.note)
    }
    for tag in standing?.tags ?? [] {
      guard try TagName.checked(tag) == tag else {
        throw DanvanError.invalid("article \(id): the tag '\(tag)' is not composed")
      }
    }
  }
}
