/// The ways in which compressed bytes can be wrong.
public enum ZlibError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The input ended before the stream did.
  case truncated
  /// The stream ended before the input did; the number of bytes left over.
  case trailingBytes(Int)
  /// The stream holds more, or fewer, bytes than were declared.
  case lengthMismatch(declared: Int)
  /// The stream needs a preset dictionary (RFC 1950, FDICT), which is never agreed on here.
  case needsDictionary
  /// Not a stream of the expected format, or damaged: wrong header, block or checksum.
  case corrupt(String)
  /// zlib could not get memory.
  case outOfMemory
  /// The bytes beneath could not be read; the system's error number.
  case unreadable(Int32)

  public var description: String {
    switch self {
    case .truncated: "the compressed data is truncated"
    case .trailingBytes(let count): "\(count) bytes follow the end of the compressed data"
    case .lengthMismatch(let declared): "the compressed data does not hold \(declared) bytes"
    case .needsDictionary: "the compressed data needs a preset dictionary"
    case .corrupt(let what): "the compressed data is damaged: \(what)"
    case .outOfMemory: "no memory to handle compressed data"
    case .unreadable(let number): "the compressed data could not be read (error \(number))"
    }
  }
}
