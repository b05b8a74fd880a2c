internal import Synchronization

/// What one pull brought, packed for the wire.
struct PulledStep: Sendable {
  enum Then: Sendable {
    case ask
    case waitForRing
    case end
    case fail(RPCStatus)
  }

  let bodies: [FrameBody]
  let then: Then
}

/// A stream's source with its promises kept: one `next` at a time, `closed` once and after the last.
final class PulledSource: Sendable {
  private enum State { case resting, running, closing, closed }

  private let source: any StreamSource
  private let state = Mutex(State.resting)

  init(_ source: any StreamSource) { self.source = source }

  var position: Int64? { source.position }

  /// Asks the source and packs its messages for `peer`; nil when the stream is over.
  func pull(for peer: Extension, failure: (any Error) -> RPCStatus) -> PulledStep? {
    let mayRun = state.withLock { state in
      guard case .resting = state else { return false }
      state = .running
      return true
    }
    guard mayRun else { return nil }
    let step = Self.step(source, for: peer, failure: failure)
    let isOver = state.withLock { state in
      guard case .closing = state else {
        state = .resting
        return false
      }
      state = .closed
      return true
    }
    guard isOver else { return step }
    source.closed()
    return nil
  }

  /// Ends it, now or when the pull in progress returns.
  func close() {
    let isResting = state.withLock { state in
      switch state {
      case .resting:
        state = .closed
        return true
      case .running:
        state = .closing
        return false
      case .closing, .closed: return false
      }
    }
    if isResting { source.closed() }
  }

  private static func step(
    _ source: any StreamSource, for peer: Extension, failure: (any Error) -> RPCStatus
  ) -> PulledStep {
    var bodies: [FrameBody] = []
    do {
      switch try source.next() {
      case .messages(let messages):
        bodies.reserveCapacity(messages.count)
        for message in messages { bodies.append(try FrameBody.message(message, for: peer)) }
        return PulledStep(bodies: bodies, then: .ask)
      case .idle: return PulledStep(bodies: [], then: .waitForRing)
      case .end: return PulledStep(bodies: [], then: .end)
      }
    } catch {
      return PulledStep(bodies: bodies, then: .fail(failure(error)))
    }
  }
}
