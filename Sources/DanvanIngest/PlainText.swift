import DanvanModel

/// The bytes as text: UTF-8 without a byte-order mark and without NUL, otherwise unchanged.
func plainText(_ bytes: [UInt8]) throws -> String {
  let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
  guard let text = String(validating: body, as: UTF8.self) else {
    throw DanvanError.invalid(notUTF8(bytes))
  }
  if let zero = bytes.firstIndex(of: 0) {
    throw DanvanError.invalid("a NUL byte at \(place(zero, in: bytes)): not a text document")
  }
  return text
}

private func notUTF8(_ bytes: [UInt8]) -> String {
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
    return "not UTF-8 but UTF-16, by its byte-order mark: convert it first"
  }
  let offset = validUTF8Prefix(bytes)
  return "not UTF-8: invalid at \(place(offset, in: bytes))"
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
