internal import DanvanModel

/// How danvand ends; danvand(8) lists these. The larger ones are those of sysexits.h.
enum ExitStatus: Int32 {
  case stopped = 0
  /// The store cannot be read, or the server failed.
  case failure = 1
  case usage = 2
  /// A newer danvan has written the store, which is as it was.
  case newerStore = 65
  /// No room to open the store: for the copy before an upgrade, or for what opening it writes.
  case noRoom = 73
  /// The store is damaged so that it cannot be opened, or copied before an upgrade.
  case damagedStore = 74
  /// Another daemon has the state or the socket.
  case inUse = 75
  case noPermission = 77
  /// Configuration, rules, state or the environment are not as they must be; a restart will not
  /// help.
  case configuration = 78

  /// Whether another start would end the same way, until somebody has mended something.
  var isFinal: Bool {
    switch self {
    case .usage, .newerStore, .noRoom, .damagedStore, .noPermission, .configuration: true
    case .stopped, .failure, .inUse: false
    }
  }

  init(_ code: ErrorCode) {
    self =
      switch code {
      case .aborted, .alreadyExists: .inUse
      case .permissionDenied: .noPermission
      case .invalidArgument, .failedPrecondition: .configuration
      default: .failure
      }
  }
}

/// A failure to start: what to say and how to end.
struct StartFailure: Error {
  let status: ExitStatus
  let message: String
  let cause: String?

  /// Opens the store, which has statuses of its own.
  static func opening<Value>(_ step: () throws -> Value) throws(StartFailure) -> Value {
    let opened: Result<Value, any Error> = Result { try step() }
    let status: ExitStatus? =
      switch opened {
      case .failure(let error as DanvanError) where error.code == .unimplemented: .newerStore
      case .failure(let error as DanvanError) where error.code == .resourceExhausted: .noRoom
      case .failure(let error as DanvanError) where error.code == .dataLoss: .damagedStore
      default: nil
      }
    return try catching(status) { try opened.get() }
  }

  /// Runs one step of the start. `status` replaces the one that goes with the error's code.
  static func catching<Value>(_ status: ExitStatus? = nil, _ step: () throws -> Value)
    throws(StartFailure) -> Value
  {
    do {
      return try step()
    } catch let error as DanvanError {
      throw StartFailure(
        status: error.code == .permissionDenied ? .noPermission : status ?? ExitStatus(error.code),
        message: error.message, cause: error.cause)
    } catch {
      throw StartFailure(status: status ?? .failure, message: "\(error)", cause: nil)
    }
  }
}
