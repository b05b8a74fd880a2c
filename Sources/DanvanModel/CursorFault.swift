/// Why a cursor cannot be gone on from; the closed list, for programs that must tell one from another.
public enum CursorFault: Sendable, Hashable, CaseIterable {
  /// It is not one.
  case malformed
  /// It is of another store.
  case anotherStore
  /// Events after it are no longer kept.
  case compacted
  /// It is beyond the newest event: the store was put back to an earlier state, or never gave it.
  case ahead

  /// Its status code; the two that lie outside the log share one.
  public var code: ErrorCode {
    switch self {
    case .malformed: .invalidArgument
    case .anotherStore: .failedPrecondition
    case .compacted, .ahead: .outOfRange
    }
  }
}
