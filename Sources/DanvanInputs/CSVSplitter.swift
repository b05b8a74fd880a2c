import DanvanModel

/// Cuts a CSV table (RFC 4180) into tables of one record each, every one below the head line.
///
/// Only quotes and line ends are followed; what the fields are is for the reader to say.
struct CSVSplitter {
  private var head: [UInt8]?
  private var count = 0
  /// A head line longer than this is none.
  private static let headLimit = 64 << 10

  mutating func next(in bytes: InputBytes) throws(DanvanError) -> Piece? {
    if head == nil {
      guard let line = try record(in: bytes, Gathering()) else { return nil }
      guard let content = line.content, content.count <= Self.headLimit else {
        throw DanvanError.invalid("not a CSV table: the head line is too long")
      }
      head = content
    }
    while let record = try record(in: bytes, Gathering(head ?? [])) {
      count += 1
      let own = record.content?.dropFirst(head?.count ?? 0)
      let isBlank = own?.allSatisfy { $0 == 0x0A || $0 == 0x0D || $0 == 0x20 } ?? false
      if !isBlank { return Piece(number: count, content: record.content) }
    }
    return nil
  }

  /// The bytes up to the line feed that no quotes enclose, added to those given; nil at the end.
  private func record(in bytes: InputBytes, _ before: Gathering) throws(DanvanError) -> Gathering? {
    var gathered = before
    var isQuoted = false
    var isEnded = false
    var isStarted = false
    while !isEnded {
      let piece = try bytes.withNext { buffer throws(DanvanError) in
        var end = 0
        while end < buffer.count, !isEnded {
          if buffer[end] == UInt8(ascii: "\"") { isQuoted.toggle() }
          isEnded = buffer[end] == 0x0A && !isQuoted
          end += 1
        }
        gathered.add(buffer[..<end])
        return (end, true)
      }
      if piece == nil { break }
      isStarted = true
    }
    guard isStarted else { return nil }
    if !isEnded { gathered.add([0x0A]) }
    return gathered
  }
}
