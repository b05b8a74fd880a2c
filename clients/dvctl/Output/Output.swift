import Glibc

/// The reader of standard output has gone away.
struct OutputClosed: Error {}

/// Standard output: data only.
enum Output {
  /// Writes all of it. Throws `OutputClosed` for a closed pipe, `Failure` for a full disk and the like.
  static func write(_ text: String) throws { try write(bytes: Array(text.utf8)) }

  /// As `write`.
  static func write(bytes: [UInt8]) throws {
    let failure = bytes.withUnsafeBufferPointer { writeAll($0, to: 1) }
    guard failure != 0 else { return }
    if failure == EPIPE { throw OutputClosed() }
    throw Failure(
      .failed, "OUTPUT", Localized("cannot write to standard output: \(Localized(system: failure))")
    )
  }
}

/// Standard error: talk for people.
enum Talk {
  static let isTerminal = isatty(2) == 1

  /// A line that says who speaks.
  static func say(_ message: Localized) { write("dvctl: \(message.text.withoutControls)\n") }

  /// A line that closes what was written.
  static func close(_ message: Localized) { write("\(message.text.withoutControls)\n") }

  static func write(_ text: String, to descriptor: Int32 = 2) {
    var text = text
    // Nobody is left to be told when this fails.
    _ = text.withUTF8 { writeAll($0, to: descriptor) }
  }
}

extension String {
  /// As `printable`, but line breaks stay.
  fileprivate var withoutControls: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
      .joined(separator: "\n")
  }
}

/// 0, or the error's number.
private func writeAll(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Int32 {
  var rest = UnsafeRawBufferPointer(bytes)
  while !rest.isEmpty {
    let count = write(descriptor, rest.baseAddress, rest.count)
    if count < 0 {
      if errno == EINTR { continue }
      return errno
    }
    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
  }
  return 0
}
