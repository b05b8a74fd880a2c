public import DanvanModel
internal import DanvanSQLite
internal import Synchronization

/// One item from another store, ready to be taken in.
public enum IntakeItem: Sendable {
  case text(ArticleRecord)
  /// A text that was there when it was looked for, by its identity: nothing was made of it.
  case knownText(Arrival, identity: [UInt8])
  case savedSearch(SavedSearch)
  case ruling(ExchangedRuling)
  case nothing
}

/// What became of it.
public enum IntakeOutcome: Sendable {
  case text(Receipt)
  case added
  /// The very same was there.
  case known
  /// Another of that name is kept.
  case kept
  case nothing
}

extension Store {
  /// Takes items in, in one transaction; on disk on return, an outcome each.
  ///
  /// Throws as `add` does, with the number of the item at fault; `aborted` where a text that was known is
  /// no longer, so that everything has to be made of it.
  public func take(_ items: [IntakeItem]) throws -> [IntakeOutcome] {
    guard case .taken(let outcomes) = try run(.take(items)) else { return [] }
    saved.withLock { table in
      for case (.savedSearch(let search), .added) in zip(items, outcomes) {
        table[search.name] = search
      }
    }
    trainDictionaryIfDue()
    return outcomes
  }

  func take(
    _ items: [IntakeItem], with writer: inout ArticleWriter,
    _ former: inout [(id: Int64, traits: ArticleTraits)]
  ) throws -> [IntakeOutcome] {
    var outcomes: [IntakeOutcome] = []
    for (index, item) in items.enumerated() {
      do {
        switch item {
        case .text(let record):
          let receipt = try add(record, with: &writer, &former)
          try joinCorrections(record.arrival, to: receipt.id, with: &writer, &former)
          outcomes.append(.text(receipt))
        case .knownText(let arrival, let identity):
          let receipt = try writer.join(arrival, having: identity)
          try joinCorrections(arrival, to: receipt.id, with: &writer, &former)
          outcomes.append(.text(receipt))
        case .savedSearch(let search): outcomes.append(try writer.arrivals.join(search))
        case .ruling(let ruling): outcomes.append(try writer.arrivals.join(ruling))
        case .nothing: outcomes.append(.nothing)
        }
      } catch let error as DanvanError {
        throw error.of(item: index + 1)
      }
    }
    return outcomes
  }

  /// Keeps what people have said elsewhere of an article's facts, unless it is kept here, and lays it over
  /// them. Notes the article's day, which stays as it is.
  private func joinCorrections(
    _ arrival: Arrival?, to id: ArticleID, with writer: inout ArticleWriter,
    _ former: inout [(id: Int64, traits: ArticleTraits)]
  ) throws {
    let said = arrival?.text.standing?.corrections ?? []
    guard !said.isEmpty else { return }
    let rows = CorrectionRows(writer.db)
    var known = try rows.all("correction.article = ?1") { $0.bind(1, id.value) }
    let before = known.count
    for correction in said where !known.contains(where: { $0.isSame(as: correction) }) {
      known.append(try rows.insert(correction, on: id))
    }
    guard known.count > before,
      let stored = try Snapshot(db: writer.db, store: self).article(id, parts: [.text, .facts])
    else { return }
    if let was = days.withLock({ $0.traits(id.value) }) { former.append((id.value, was)) }
    _ = try replaceFacts(of: stored, with: stored.facts ?? Facts(), by: &writer)
  }
}
