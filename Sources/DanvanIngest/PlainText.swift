import DanvanModel

/// The bytes as text: without a byte-order mark and without NUL, otherwise unchanged where they are
/// UTF-8, and converted where they are not.
func plainText(_ bytes: [UInt8], stated: String? = nil) throws -> DecodedText {
  let decoded = try DecodedText(bytes, stated: stated)
  try demandNoZero(in: decoded.text)
  return decoded
}

/// Throws `invalidArgument` where a text holds a NUL, which no text document does.
func demandNoZero(in text: String) throws {
  guard let zero = text.utf8.firstIndex(of: 0) else { return }
  let offset = text.utf8.distance(from: text.utf8.startIndex, to: zero)
  throw DanvanError.invalid(
    "a NUL byte at \(place(offset, in: Array(text.utf8))): not a text document")
}

func notUTF8(_ bytes: [UInt8]) -> String {
  let offset = validUTF8Prefix(bytes)
  return "not UTF-8: invalid at \(place(offset, in: bytes)), and no other encoding fits"
}

private func place(_ offset: Int, in bytes: [UInt8]) -> String {
  let line = 1 + bytes.prefix(offset).count { $0 == 0x0A }
  return "byte \(offset) (line \(line))"
}

/// The number of bytes before the first that cannot belong to well-formed UTF-8.
func validUTF8Prefix(_ bytes: [UInt8]) -> Int {
  var decoder = UTF8.ForwardParser()
  var iterator = bytes.makeIterator()
  var offset = 0
  while true {
    switch decoder.parseScalar(from: &iterator) {
    case .valid(let scalar): offset += scalar.count
    case .emptyInput, .error: return offset
    }
  }
}
