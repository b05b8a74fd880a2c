extension FactBlob {
  /// Calls `body` with kind and rule number of each row, without reading what it says. False for bytes
  /// that `encode` did not write.
  static func forEachRow(
    in bytes: UnsafeBufferPointer<UInt8>, _ body: (_ kind: Int64, _ rule: Int64) -> Void
  ) -> Bool {
    var skipper = Skipper(bytes: bytes)
    guard let count = skipper.number() else { return false }
    for _ in 0..<count {
      guard let kind = skipper.number(), let rule = skipper.number(), skipper.number() != nil,
        skipper.number() != nil, skipper.string(), skipper.string(), skipper.string(),
        let pieces = skipper.number()
      else { return false }
      for _ in 0..<pieces where !skipper.string() { return false }
      body(Int64(kind), Int64(rule))
    }
    return skipper.position == bytes.count
  }

  private struct Skipper {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    mutating func number() -> Int? { FactBlob.number(in: bytes, at: &position) }

    mutating func string() -> Bool {
      guard let code = number() else { return false }
      switch code & 3 {
      case 1:
        guard code >> 2 <= bytes.count - position else { return false }
        position += code >> 2
        return true
      case 2: return number() != nil
      case 3: return true
      default: return code == 0
      }
    }
  }
}
