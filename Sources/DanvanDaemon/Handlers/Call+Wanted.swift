internal import DanvanRPC

extension Call {
  /// Throws CANCELLED where nobody waits for the answer any more, so that long work ends early.
  func demandWanted() throws(RPCStatus) {
    if isCancelled { throw RPCStatus(.cancelled, "the answer is no longer waited for") }
  }
}
