public import DanvanModel
public import DanvanStore

/// Where a watcher begins.
public enum EventOrigin: Sendable, Hashable {
  /// The oldest event still kept.
  case start
  /// Only what is committed from now on.
  case now
  case after(Cursor)
  /// What was committed at that time or later, in nanoseconds since 1970.
  case since(Int64)

  /// Reads `start`, `now`, `@` with seconds since 1970, or a cursor. Throws `CursorFault.malformed`
  /// for anything else.
  public init(parsing text: String) throws {
    switch text {
    case "start", "": self = .start
    case "now": self = .now
    case _ where text.hasPrefix("@"): self = .since(try Self.time(text.dropFirst()))
    default: self = .after(try Cursor(parsing: text))
    }
  }

  /// Seconds with at most nine places after the point.
  private static func time(_ text: Substring) throws -> Int64 {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? String(parts[1]) : "0"
    guard (1...9).contains(fraction.utf8.count),
      (text + fraction).utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }),
      let seconds = parts.first.flatMap({ Int64($0) }), seconds < 9_000_000_000,
      let nanoseconds = Int64(fraction + String(repeating: "0", count: 9 - fraction.utf8.count))
    else {
      throw DanvanError(
        .malformed, "malformed time '@\(text.prefix(64))': expected @SECONDS since 1970")
    }
    return seconds * 1_000_000_000 + nanoseconds
  }
}

/// An event with its article as it is now.
public struct WatchedEvent: Sendable {
  public let event: StoreEvent
  /// The cursor of one who has seen this event.
  public let cursor: Cursor
  /// Nil when the article is gone.
  public let article: StoredArticle?
  /// Whether another event of the same commit follows in this view of the log.
  public let continues: Bool
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
