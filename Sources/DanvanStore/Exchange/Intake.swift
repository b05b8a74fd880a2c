public import DanvanModel
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
    _ formerDays: inout [(id: Int64, day: Int32?)]
  ) throws -> [IntakeOutcome] {
    var outcomes: [IntakeOutcome] = []
    for (index, item) in items.enumerated() {
      do {
        switch item {
        case .text(let record): outcomes.append(.text(try add(record, with: &writer, &formerDays)))
        case .knownText(let arrival, let identity):
          outcomes.append(.text(try writer.join(arrival, having: identity)))
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
}
