/// What dvctl ends with; the one list of it.
enum ExitStatus: Int32, CaseIterable {
  /// Also for an empty result, and for a watch that ended as it was asked to.
  case success = 0
  /// The daemon answered with an error, or a local file could not be written.
  case failed = 1
  case usage = 2
  /// `--exit-empty` and nothing was found; a watch that saw no event in the time given.
  case empty = 3
  /// No daemon answers, or the connection was lost.
  case unreachable = 4
  case deadline = 5
  /// The events after the cursor are gone, or it is another store's, or ahead of the log.
  case gap = 6
  case denied = 7
  /// Some inputs were rejected; the rest is stored.
  case rejected = 8

  /// For an answer with one of gRPC's status codes.
  init(code: Int32) {
    switch code {
    case 3: self = .usage
    case 4: self = .deadline
    case 7, 16: self = .denied
    case 14: self = .unreachable
    default: self = .failed
    }
  }
}
