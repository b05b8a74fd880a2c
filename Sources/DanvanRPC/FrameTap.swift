internal import Synchronization

/// Follows the frames of one connection, or of all but one, without holding them up.
///
/// What is not taken in time is counted and dropped: a trace is for people, and the connections that
/// it follows come first.
public final class FrameTap: Sendable {
  public struct Entry: Sendable {
    public let connection: UInt64
    public let time: ContinuousClock.Instant
    public let frame: TracedFrame
  }

  public enum End: Sendable {
    /// There is no connection of that number.
    case unknown
    case closed
  }

  private struct State {
    var entries: [Entry] = []
    var missed = 0
    var end: End?
  }

  /// Frames kept until they are taken.
  private static let bound = 8_192

  /// The connection that is followed; nil for all.
  public let connection: UInt64?
  /// The connection that is not followed: that of whoever reads the trace.
  public let reader: UInt64
  private let wake: @Sendable () -> Void
  private let state = Mutex(State())

  /// `wake` is called from the server's thread when there is something to take.
  public init(connection: UInt64?, reader: UInt64, wake: @escaping @Sendable () -> Void) {
    self.connection = connection
    self.reader = reader
    self.wake = wake
  }

  /// The oldest `most` frames not taken yet, how many were dropped after the last of them, and, when
  /// there are none left, whether that is for good.
  public func take(most: Int) -> (entries: ArraySlice<Entry>, missed: Int, end: End?) {
    state.withLock { state in
      let taken = state.entries.prefix(most)
      state.entries.removeFirst(taken.count)
      let isAll = state.entries.isEmpty
      defer { if isAll { state.missed = 0 } }
      return (taken, isAll ? state.missed : 0, isAll ? state.end : nil)
    }
  }

  func follows(_ number: UInt64) -> Bool {
    number != reader && (connection == nil || connection == number)
  }

  func add(_ frames: [TracedFrame], of number: UInt64, at time: ContinuousClock.Instant) {
    state.withLock { state in
      let room = Self.bound - state.entries.count
      for frame in frames.prefix(room) {
        state.entries.append(Entry(connection: number, time: time, frame: frame))
      }
      state.missed += max(frames.count - room, 0)
    }
    wake()
  }

  func end(_ end: End) {
    state.withLock { $0.end = $0.end ?? end }
    wake()
  }
}
