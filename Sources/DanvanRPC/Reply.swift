internal import Synchronization

/// The right to answer one call, later and from any thread.
///
/// The first answer counts, and only while the call is wanted. A reply that is let go without an
/// answer ends the call with INTERNAL.
public final class Reply: Sendable {
  private let answer: Mutex<(@Sendable (Result<[UInt8], RPCStatus>) -> Void)?>

  init(_ answer: @escaping @Sendable (Result<[UInt8], RPCStatus>) -> Void) {
    self.answer = Mutex(answer)
  }

  deinit {
    let unanswered = answer.withLock { $0 }
    unanswered?(.failure(RPCStatus(.internalError, "the call was not answered")))
  }

  /// Answers with an encoded message or a status other than OK.
  public func send(_ result: Result<[UInt8], RPCStatus>) {
    let first = answer.withLock { answer in
      defer { answer = nil }
      return answer
    }
    first?(result)
  }
}
