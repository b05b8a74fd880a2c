extension [UInt8] {
  /// Two hexadecimal digits a byte, the small ones.
  public var hexadecimal: String {
    let digits: StaticString = "0123456789abcdef"
    return String(unsafeUninitializedCapacity: 2 * count) { output in
      for (index, byte) in enumerated() {
        output[2 * index] = digits.utf8Start[Int(byte >> 4)]
        output[2 * index + 1] = digits.utf8Start[Int(byte & 15)]
      }
      return 2 * count
    }
  }

  /// The bytes that two hexadecimal digits each stand for, small or capital; nil for anything else.
  public init?(hexadecimal text: some StringProtocol) {
    var bytes: [UInt8] = []
    var high: UInt8?
    for unit in text.utf8 {
      guard unit < 0x80, let value = Character(Unicode.Scalar(unit)).hexDigitValue else {
        return nil
      }
      if let first = high {
        bytes.append(first << 4 | UInt8(value))
        high = nil
      } else {
        high = UInt8(value)
      }
    }
    guard high == nil else { return nil }
    self = bytes
  }
}
