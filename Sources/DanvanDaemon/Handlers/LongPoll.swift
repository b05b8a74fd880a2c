internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import SwiftProtobuf
internal import Synchronization

/// One fetch: answers with the first events after its cursor, or with none when its time is over.
///
/// Kept alive by what it waits for: the alarm and the subscription hold it, and both end with it.
final class LongPoll: Sendable {
  private struct State {
    var position: EventOrigin
    var isOver = false
    /// A look is due or running; further wake-ups only ask for one more.
    var isLooking = false
    var hasNews = false
    var timeout: Alarms.Alarm?
    var subscription: Subscription?
  }

  private let view: EventView
  private let call: Call
  private let thread: Alarms
  private let bounds: LogBounds
  private let answer: @Sendable (Result<[UInt8], any Error>) -> Void
  private let state: Mutex<State>

  init(
    _ view: EventView, call: Call, thread: Alarms, bounds: LogBounds,
    answer: @escaping @Sendable (Result<[UInt8], any Error>) -> Void
  ) {
    self.view = view
    self.call = call
    self.thread = thread
    self.bounds = bounds
    self.answer = answer
    state = Mutex(State(position: view.origin))
  }

  /// Looks on the calling thread first; only a fetch that finds nothing waits.
  func start(wait: Duration) {
    guard wait > .zero else { return look(isLast: true) }
    // Before the first look, so that no commit falls between the look and the wake-up.
    let subscription = view.desk.onCommit { [self] _ in wake() }
    state.withLock {
      $0.subscription = subscription
      $0.isLooking = true
    }
    look(isLast: false)
    let timeout = thread.after(wait) { [self] in look(isLast: true) }
    let isOver = state.withLock { state in
      if !state.isOver { state.timeout = timeout }
      return state.isOver
    }
    if isOver { timeout.cancel() }
    call.onCancel { [self] in finish(nil) }
  }

  private func wake() {
    let mustLook = state.withLock { state in
      if state.isOver { return false }
      if state.isLooking {
        state.hasNews = true
        return false
      }
      state.isLooking = true
      return true
    }
    if mustLook { thread.after(.zero) { [self] in look(isLast: false) } }
  }

  private func look(isLast: Bool) {
    while true {
      let (position, isOver) = state.withLock { state in
        state.hasNews = false
        return (state.position, state.isOver)
      }
      if isOver { return }
      do {
        let batch = try view.events(from: position, wholeCommits: true)
        if !batch.events.isEmpty || (isLast && batch.isSynced) {
          return finish(.success(try encoded(batch)))
        }
        let mustLook = state.withLock { state in
          state.position = .after(batch.next)
          state.isLooking = state.hasNews || !batch.isSynced
          return state.isLooking
        }
        if !mustLook { return }
      } catch {
        return finish(.failure(error))
      }
    }
  }

  /// The answer must fit one frame: what goes beyond 3 MiB is left for the next fetch.
  private func encoded(_ batch: EventBatch) throws -> [UInt8] {
    var events: [Danvan_V1_WatchEvent] = []
    var bytes = 0
    for event in batch.events {
      let message = view.message(event)
      let encoded: [UInt8] = try message.serializedBytes()
      bytes += encoded.count + 8
      if bytes > 3 << 20, !events.isEmpty { break }
      events.append(message)
    }
    let isCut = events.count < batch.events.count
    let next = isCut ? events.last?.cursor : batch.next.description
    return try Danvan_V1_FetchResponse.with {
      $0.events = events
      $0.next = next ?? batch.next.description
      $0.oldest = bounds.oldest.description
      $0.head = batch.head.description
    }.serializedBytes()
  }

  /// Ends the poll, the first time with an answer; nil when nobody waits for one any more.
  private func finish(_ result: Result<[UInt8], any Error>?) {
    let (isFirst, timeout, subscription) = state.withLock { state in
      defer {
        state.isOver = true
        state.timeout = nil
        state.subscription = nil
      }
      return (!state.isOver, state.timeout, state.subscription)
    }
    timeout?.cancel()
    subscription?.cancel()
    if isFirst, let result { answer(result) }
  }
}
