/// The closed list of ways in which a call can fail: gRPC's seventeen status codes, by their numbers.
public enum ErrorCode: Int32, Sendable, CaseIterable {
  case ok = 0
  case cancelled = 1
  case unknown = 2
  case invalidArgument = 3
  case deadlineExceeded = 4
  case notFound = 5
  case alreadyExists = 6
  case permissionDenied = 7
  case resourceExhausted = 8
  case failedPrecondition = 9
  case aborted = 10
  case outOfRange = 11
  case unimplemented = 12
  case internalError = 13
  case unavailable = 14
  case dataLoss = 15
  case unauthenticated = 16
}

/// One failure: a code for programs, a sentence for people, and a cause that goes to the log only.
public struct DanvanError: Error, Sendable, CustomStringConvertible {
  public let code: ErrorCode
  /// Says what was wrong and what to do; holds no article text beyond a short quotation.
  public let message: String
  /// What lay beneath; logged by the daemon, never sent to a peer.
  public let cause: String?
  /// Set when a cursor was the trouble.
  public let cursorFault: CursorFault?
  /// Set when one of several items that came together was the trouble; counts from 1.
  public private(set) var item: Int?

  public init(_ code: ErrorCode, _ message: String, cause: String? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
    cursorFault = nil
  }

  public init(_ fault: CursorFault, _ message: String) {
    code = fault.code
    self.message = message
    cause = nil
    cursorFault = fault
  }

  /// The same, of the item of that number.
  public func of(item: Int) -> DanvanError {
    var error = self
    error.item = item
    return error
  }

  public var description: String { cause.map { "\(message) (\($0))" } ?? message }

  public static func invalid(_ message: String) -> DanvanError {
    DanvanError(.invalidArgument, message)
  }
}
