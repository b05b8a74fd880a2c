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
  /// What a watch needs besides the log.
  struct Surroundings: Sendable {
    let marks: Alarms
    let progress: Duration
    let farewell: Farewell
    let keeper: RetentionKeeper
  }

  private struct State {
    var position: EventOrigin
    /// The last cursor the client has been sent, and when.
    var told: Cursor
    var toldAt: ContinuousClock.Instant
    var isSynced = false
    var hasSaidFarewell = false
    var isWarned = false
    var mark: Alarms.Alarm?
    var subscription: Subscription?
  }

  private let view: EventView
  private let skipsGaps: Bool
  private let handle: StreamHandle
  private let around: Surroundings
  private let refusal: @Sendable (any Error) -> RPCStatus
  /// `next` is never called twice at a time; the lock is for `closed`.
  private let state: Mutex<State>

  /// Checks query and cursor, so that a watch that cannot be is refused before it begins.
  ///
  /// A watch from `now` begins here: what is committed after this belongs to it.
  init(
    _ view: EventView, skipsGaps: Bool, handle: StreamHandle, surroundings: Surroundings,
    refusal: @escaping @Sendable (any Error) -> RPCStatus
  ) throws {
    self.view = view
    self.skipsGaps = skipsGaps
    self.handle = handle
    around = surroundings
    self.refusal = refusal
    // Before the first look, so that no commit falls between the look and the wake-up.
    let subscription = view.desk.onCommit { _ in handle.wake() }
    let (position, told) = try Self.begin(view, skipsGaps)
    state = Mutex(
      State(
        position: position, told: told, toldAt: .now, subscription: subscription))
    around.farewell.add(self, handle)
  }

  private static func begin(_ view: EventView, _ skipsGaps: Bool) throws -> (EventOrigin, Cursor) {
    do {
      let look = try view.events(from: view.origin, limit: 1)
      return switch view.origin {
      case .now: (.after(look.next), look.next)
      case .start, .since: (view.origin, look.oldest)
      case .after(let cursor): (view.origin, cursor)
      }
    } catch let error as DanvanError where error.cursorFault == .compacted && skipsGaps {
      // The first step meets the gap again, and tells of it.
      return (view.origin, try view.events(from: .start, limit: 1).oldest)
    }
  }

  func next() throws -> StreamStep {
    do {
      if around.farewell.isSaid { return try farewell() }
      return try step()
    } catch let error as DanvanError where error.cursorFault == .compacted && skipsGaps {
      return try overGap()
    } catch {
      throw refusal(error)
    }
  }

  private func step() throws -> StreamStep {
    var (position, isSynced) = state.withLock { ($0.position, $0.isSynced) }
    // With facts or text an event is large; a step is kept near 64 KiB.
    let isLarge = view.withFacts || view.withText
    let batch = try view.events(from: position, limit: isLarge ? min(8, view.limit) : nil)
    position = .after(batch.next)
    #if DEBUG
      let events = Fault.applied(to: batch.events) { $0.cursor.sequence }
      var messages = events.map(view.message)
    #else
      var messages = batch.events.map(view.message)
    #endif
    if batch.isSynced && !isSynced {
      isSynced = true
      messages.append(Danvan_V1_WatchEvent(.synced, at: batch.next))
    }
    let isDue = state.withLock { state in
      state.position = position
      state.isSynced = isSynced
      return messages.isEmpty && state.told != batch.next
        && ContinuousClock.now >= state.toldAt.advanced(by: around.progress)
    }
    if isDue { messages.append(Danvan_V1_WatchEvent(.progress, at: batch.next)) }
    // Not within a commit: no mark comes between its events.
    if messages.last?.continues != true, mustWarn() {
      messages.append(Danvan_V1_WatchEvent(.lagging, at: batch.next))
    }
    if messages.isEmpty && batch.isSynced {
      remindOfProgress(batch.next)
      return .idle
    }
    let encoded: [[UInt8]] = try messages.map { try $0.serializedBytes() }
    if !messages.isEmpty { noteTold(batch.next) }
    return .messages(encoded)
  }

  /// Tells of the gap and goes on behind it.
  private func overGap() throws -> StreamStep {
    do {
      let oldest = try view.events(from: .start, limit: 1).oldest
      state.withLock { $0.position = .after(oldest) }
      noteTold(oldest)
      return .messages([try Danvan_V1_WatchEvent(.gap, at: oldest).serializedBytes()])
    } catch {
      throw refusal(error)
    }
  }

  /// Says once how far it has come; asked again, it has been taken.
  private func farewell() throws -> StreamStep {
    let (isSaid, cursor) = state.withLock { state in
      defer { state.hasSaidFarewell = true }
      if case .after(let cursor) = state.position { return (state.hasSaidFarewell, cursor) }
      return (state.hasSaidFarewell, state.told)
    }
    guard !isSaid else {
      around.farewell.remove(self)
      return .idle
    }
    return .messages([try Danvan_V1_WatchEvent(.goaway, at: cursor).serializedBytes()])
  }

  private func noteTold(_ cursor: Cursor) {
    state.withLock { state in
      state.told = cursor
      state.toldAt = .now
      state.mark?.cancel()
      state.mark = nil
    }
  }

  /// Once for each time that its subscription comes close to losing events.
  private func mustWarn() -> Bool {
    guard let name = view.subscription else { return false }
    let isAtRisk = around.keeper.isAtRisk(name)
    return state.withLock { state in
      defer { state.isWarned = isAtRisk }
      return isAtRisk && !state.isWarned
    }
  }

  /// Wakes the stream when a mark will be due: the log has gone on, but nothing in it matched.
  private func remindOfProgress(_ reached: Cursor) {
    state.withLock { state in
      guard state.told != reached, state.mark == nil, state.subscription != nil else { return }
      let delay = ContinuousClock.now.duration(to: state.toldAt.advanced(by: around.progress))
      state.mark = around.marks.after(max(delay, .zero)) { [weak self] in
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
    around.farewell.remove(self)
    let subscription = state.withLock { state in
      state.mark?.cancel()
      state.mark = nil
      defer { state.subscription = nil }
      return state.subscription
    }
    subscription?.cancel()
  }
}
