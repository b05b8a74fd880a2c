public import DanvanModel
public import DanvanStore

/// Where a watcher begins.
public enum EventOrigin: Sendable, Hashable {
  /// The oldest event still kept.
  case start
  /// Only what is committed from now on.
  case now
  case after(Cursor)

  /// Reads `start`, `now` or a cursor. Throws `invalidArgument` for anything else.
  public init(parsing text: String) throws {
    switch text {
    case "start", "": self = .start
    case "now": self = .now
    default: self = .after(try Cursor(parsing: text))
    }
  }
}

/// An event with its article as it is now.
public struct WatchedEvent: Sendable {
  public let event: StoreEvent
  /// The cursor of one who has seen this event.
  public let cursor: Cursor
  /// Nil when the article is gone.
  public let article: StoredArticle?
}

/// What one look at the event log brought.
public struct EventBatch: Sendable {
  /// In order of their sequence.
  public let events: [WatchedEvent]
  /// Where to go on from; moves on also when nothing matched.
  public let next: Cursor
  /// The newest event and the oldest place one can go on from.
  public let head: Cursor
  public let oldest: Cursor
  /// Whether `next` has reached `head`.
  public var isSynced: Bool { next.sequence >= head.sequence }
}
