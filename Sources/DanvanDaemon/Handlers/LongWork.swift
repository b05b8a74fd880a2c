internal import DanvanRPC
internal import SwiftProtobuf
internal import Synchronization

/// Work of seconds or minutes on a thread of its own, whose messages are a stream.
///
/// The work is told to end, at its next report, when the client goes away.
final class LongWork: StreamSource {
  private struct State {
    var messages: [[UInt8]] = []
    var isClosed = false
    var outcome: Result<Void, RPCStatus>?
  }
  private let state = Mutex(State())
  private let handle: StreamHandle

  /// `work` sends messages by the function it is given, which throws when nobody wants them any more. Its
  /// errors end the stream as `refusal` says. Throws where there is no thread to be had.
  init(
    _ handle: StreamHandle, refusal: @escaping @Sendable (any Error) -> RPCStatus,
    work: @escaping @Sendable ((any Message) throws -> Void) throws -> Void
  ) throws {
    self.handle = handle
    try BackgroundThread.start { [self] in
      OwnProcess.giveWay()
      let outcome: Result<Void, RPCStatus>
      do {
        try work { try send($0) }
        outcome = .success(())
      } catch {
        // Nobody is left to be told of an end that the client's going away has caused.
        outcome = state.withLock { $0.isClosed } ? .success(()) : .failure(refusal(error))
      }
      state.withLock { $0.outcome = outcome }
      handle.wake()
    }
  }

  private func send(_ message: any Message) throws {
    let bytes: [UInt8] = try message.serializedBytes()
    try state.withLock { state in
      guard !state.isClosed else { throw RPCStatus(.cancelled, "the client has gone") }
      state.messages.append(bytes)
    }
    handle.wake()
  }

  func next() throws -> StreamStep {
    let (messages, outcome) = state.withLock { state in
      defer { state.messages = [] }
      return (state.messages, state.outcome)
    }
    if !messages.isEmpty { return .messages(messages) }
    switch outcome {
    case .success: return .end
    case .failure(let status): throw status
    case nil: return .idle
    }
  }

  func closed() { state.withLock { $0.isClosed = true } }
}
