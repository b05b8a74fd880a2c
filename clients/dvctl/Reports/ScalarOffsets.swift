/// Turns UTF-8 byte offsets of one text into offsets in Unicode scalars.
struct ScalarOffsets {
  /// At each byte: how many scalars begin before it.
  private let before: [Int32]

  init(_ text: String) {
    var before: [Int32] = []
    before.reserveCapacity(text.utf8.count + 1)
    var count: Int32 = 0
    for byte in text.utf8 {
      before.append(count)
      if byte & 0xC0 != 0x80 { count += 1 }
    }
    before.append(count)
    self.before = before
  }

  /// The scalar offset of a byte offset; one beyond the text is taken as its end.
  subscript(byte: UInt32) -> Int64 { Int64(before[min(Int(byte), before.count - 1)]) }
}
