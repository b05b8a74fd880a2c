internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import SwiftProtobuf
internal import Synchronization

/// One watch: a cursor over the event log, read when the client has room and something is new.
///
/// Holds no events between two steps, so a slow watcher costs nothing and misses nothing.
final class WatchSource: StreamSource {
  private struct State {
    var position: EventOrigin
    /// The last cursor the client has been sent, and when.
    var told: Cursor
    var toldAt: ContinuousClock.Instant
    var isSynced = false
    var mark: Alarms.Alarm?
    var subscription: Subscription?
  }

  private let view: EventView
  private let handle: StreamHandle
  private let marks: Alarms
  private let progress: Duration
  private let refusal: @Sendable (any Error) -> RPCStatus
  /// `next` is never called twice at a time; the lock is for `closed`.
  private let state: Mutex<State>

  /// Checks query and cursor, so that a watch that cannot be is refused before it begins.
  ///
  /// A watch from `now` begins here: what is committed after this belongs to it.
  init(
    _ view: EventView, from origin: EventOrigin, handle: StreamHandle, marks: Alarms,
    progress: Duration, refusal: @escaping @Sendable (any Error) -> RPCStatus
  ) throws {
    self.view = view
    self.handle = handle
    self.marks = marks
    self.progress = progress
    self.refusal = refusal
    // Before the first look, so that no commit falls between the look and the wake-up.
    let subscription = view.desk.onCommit { _ in handle.wake() }
    let look = try view.events(from: origin, limit: 1)
    let (position, told) =
      switch origin {
      case .now: (EventOrigin.after(look.next), look.next)
      case .start: (origin, look.oldest)
      case .after(let cursor): (origin, cursor)
      }
    state = Mutex(
      State(
        position: position, told: told, toldAt: .now, subscription: subscription))
  }

  func next() throws -> StreamStep {
    do {
      return try step()
    } catch {
      throw refusal(error)
    }
  }

  private func step() throws -> StreamStep {
    var (position, isSynced) = state.withLock { ($0.position, $0.isSynced) }
    // With facts an event is large; a step is kept near 64 KiB.
    let batch = try view.events(from: position, limit: view.withFacts ? min(8, view.limit) : nil)
    position = .after(batch.next)
    var messages = batch.events.map(Danvan_V1_WatchEvent.init)
    if batch.isSynced && !isSynced {
      isSynced = true
      messages.append(Danvan_V1_WatchEvent(.synced, at: batch.next))
    }
    let isDue = state.withLock { state in
      state.position = position
      state.isSynced = isSynced
      return messages.isEmpty && state.told != batch.next
        && ContinuousClock.now >= state.toldAt.advanced(by: progress)
    }
    if isDue { messages.append(Danvan_V1_WatchEvent(.progress, at: batch.next)) }
    if messages.isEmpty && batch.isSynced {
      remindOfProgress(batch.next)
      return .idle
    }
    let encoded: [[UInt8]] = try messages.map { try $0.serializedBytes() }
    if !messages.isEmpty {
      state.withLock { state in
        state.told = batch.next
        state.toldAt = .now
        state.mark?.cancel()
        state.mark = nil
      }
    }
    return .messages(encoded)
  }

  /// Wakes the stream when a mark will be due: the log has gone on, but nothing in it matched.
  private func remindOfProgress(_ reached: Cursor) {
    state.withLock { state in
      guard state.told != reached, state.mark == nil, state.subscription != nil else { return }
      let delay = ContinuousClock.now.duration(to: state.toldAt.advanced(by: progress))
      state.mark = marks.after(max(delay, .zero)) { [weak self] in
        guard let self else { return }
        self.state.withLock { $0.mark = nil }
        self.handle.wake()
      }
    }
  }

  /// The sequence number up to which the log has been read.
  var position: Int64? {
    state.withLock { state in
      if case .after(let cursor) = state.position { cursor.sequence } else { 0 }
    }
  }

  func closed() {
    let subscription = state.withLock { state in
      state.mark?.cancel()
      state.mark = nil
      defer { state.subscription = nil }
      return state.subscription
    }
    subscription?.cancel()
  }
}
