/// A frame as it lies on the wire, cut out without the code that is being tested.
public struct WireFrame: Sendable, CustomStringConvertible {
  public let stream: UInt32
  public let type: UInt8
  public let flags: UInt8
  /// As sent: perhaps compressed.
  public let data: [UInt8]
  /// Header and data.
  public let bytes: [UInt8]

  public init(stream: UInt32, type: UInt8, flags: UInt8, data: [UInt8], bytes: [UInt8]) {
    self.stream = stream
    self.type = type
    self.flags = flags
    self.data = data
    self.bytes = bytes
  }

  /// Takes all whole frames off the front of `bytes`.
  public static func take(from bytes: inout [UInt8]) -> [WireFrame] {
    var frames: [WireFrame] = []
    var start = 0
    func word(_ offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
    while bytes.count - start >= 10 {
      let end = start + 10 + word(start)
      guard end <= bytes.count else { break }
      frames.append(
        WireFrame(
          stream: UInt32(word(start + 4)), type: bytes[start + 8], flags: bytes[start + 9],
          data: Array(bytes[start + 10..<end]), bytes: Array(bytes[start..<end])))
      start = end
    }
    bytes.removeFirst(start)
    return frames
  }

  public var description: String {
    let start = data.prefix(24).map { String($0, radix: 16) }.joined(separator: " ")
    return "stream \(stream) type \(type) flags \(flags) \(data.count) bytes: \(start)"
  }

  /// What is wrong with the frame, or nil.
  public func complaint(
    against expected: Vector.Expectation, inflate: ([UInt8], Int) throws -> [UInt8]
  ) rethrows -> String? {
    if let hex = expected.hex {
      return bytes == Array(hexadecimal: hex) ? nil : "\(self) is not \(hex)"
    }
    guard stream == expected.stream, type == expected.type, flags == expected.flags ?? flags else {
      return "\(self) is not \(expected)"
    }
    let isCompressed = type <= 3 && flags & 0x80 != 0
    let data =
      isCompressed
      ? try inflate(
        Array(self.data.dropFirst(4)), self.data.prefix(4).reduce(0) { $0 << 8 | Int($1) })
      : self.data
    if let wanted = expected.data?.bytes, data != wanted { return "\(self): other data" }
    guard type == 2 else {
      return data.count == expected.length ?? data.count ? nil : "\(self): other length"
    }
    let answer = Answer(data)
    // Code 0 means any answer that is not an error.
    if let code = expected.code, answer.code != code { return "\(self): code \(answer.code)" }
    if expected.code == nil, answer.code != 0 { return "\(self): code \(answer.code)" }
    if let message = expected.message, answer.message != message { return "\(self): other message" }
    if let wanted = expected.payload?.bytes, answer.payload != wanted {
      return "\(self): other payload"
    }
    let length = expected.length ?? answer.payload.count
    return answer.payload.count == length ? nil : "\(self): \(answer.payload.count) bytes"
  }
}

/// The fields of a Response that vectors name.
private struct Answer {
  var code: Int32 = 0
  var message = ""
  var payload: [UInt8] = []

  init(_ data: [UInt8]) {
    for (number, value, bytes) in Self.fields(data) {
      if number == 2 { payload = bytes }
      guard number == 1, value == nil else { continue }
      for (number, value, bytes) in Self.fields(bytes) {
        if number == 1, let value { code = Int32(value) }
        if number == 2 { message = String(bytes.map { Character(UnicodeScalar($0)) }) }
      }
    }
  }

  private static func fields(_ data: [UInt8]) -> [(number: Int, value: Int?, bytes: [UInt8])] {
    var fields: [(Int, Int?, [UInt8])] = []
    var rest = data[...]
    func varint() -> Int {
      var value = 0
      var shift = 0
      while let byte = rest.popFirst(), shift < 56 {
        value |= Int(byte & 0x7f) << shift
        shift += 7
        if byte < 0x80 { break }
      }
      return value
    }
    while !rest.isEmpty {
      let tag = varint()
      let value = varint()
      guard tag & 7 == 2 else {
        fields.append((tag >> 3, value, []))
        continue
      }
      fields.append((tag >> 3, nil, Array(rest.prefix(value))))
      rest = rest.dropFirst(value)
    }
    return fields
  }
}
