public import DanvanModel

/// A run of the event log after some sequence number, read in one snapshot.
public struct EventPage: Sendable {
  /// The events that matched, in order of their sequence.
  public let events: [StoreEvent]
  /// Everything up to and with this sequence has been looked at.
  public let through: Int64
  /// The newest event of the log.
  public let head: Int64
  /// The oldest sequence that a cursor may hold.
  public let oldest: Int64

  public init(events: [StoreEvent], through: Int64, head: Int64, oldest: Int64) {
    self.events = events
    self.through = through
    self.head = head
    self.oldest = oldest
  }
}
