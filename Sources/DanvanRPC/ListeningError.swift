/// Why a listening socket could not be had.
public enum ListeningError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A socket's path holds at most 107 bytes.
  case pathTooLong(String, bytes: Int)
  /// Another server answers there.
  case inUse(String)
  /// Something that is not a socket of a dead server is in the way: what it is.
  case occupied(String, by: String)
  /// systemd's variables do not make sense: how.
  case badActivation(String)
  /// A system call failed: what cannot be done, and the error number.
  case system(String, Int32)

  public var description: String {
    switch self {
    case .pathTooLong(let path, let bytes):
      "the socket path is \(bytes) bytes long and at most 107 are possible: \(path)"
    case .inUse(let path): "another server is listening at \(path)"
    case .occupied(let path, let what): "\(path) is \(what), not a socket; it is left as it is"
    case .badActivation(let how): "socket activation: \(how)"
    case .system(let what, let number): "\(what): \(describeError(number))"
    }
  }
}
