/// Why a client could not get an answer at all; an answer that is an error is an `RPCStatus`.
public enum ClientError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Nothing answers at the path; the system's error number and words.
  case cannotConnect(path: String, number: Int32, reason: String)
  /// The connection ended, and why, as far as is known.
  case connectionLost(String)
  /// `IncomingStream.next` waited as long as it was told; the stream goes on.
  case nothingYet

  public var description: String {
    switch self {
    case .cannotConnect(let path, _, let reason): "cannot connect to \(path): \(reason)"
    case .connectionLost(let reason): "the connection was lost: \(reason)"
    case .nothingYet: "no message within the time given"
    }
  }
}
