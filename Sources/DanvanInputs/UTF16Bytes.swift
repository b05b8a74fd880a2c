import DanvanModel

/// The order of the bytes in UTF-16 text.
enum UTF16Order {
  case little, big

  /// By the byte-order mark, else by the zeros beside ASCII; nil for bytes that are no UTF-16.
  init?(sniffing head: ArraySlice<UInt8>) {
    if head.starts(with: [0xFF, 0xFE]) {
      self = .little
      return
    }
    if head.starts(with: [0xFE, 0xFF]) {
      self = .big
      return
    }
    // Marks and quotes that lists are made of are ASCII, and so are the most of their first letters.
    let pairs = head.count / 2
    guard pairs >= 2 else { return nil }
    var zeros = (even: 0, odd: 0)
    for (offset, byte) in head.enumerated() where byte == 0 {
      if offset.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
    }
    // A low byte of zero is rare: every 256th letter of a script has it.
    if zeros.odd * 3 >= pairs, zeros.even * 10 <= zeros.odd {
      self = .little
    } else if zeros.even * 3 >= pairs, zeros.odd * 10 <= zeros.even {
      self = .big
    } else {
      return nil
    }
  }

  func unit(_ first: UInt8, _ second: UInt8) -> UInt16 {
    self == .little
      ? UInt16(first) | UInt16(second) << 8 : UInt16(second) | UInt16(first) << 8
  }

  /// As UTF-8, to look at: what is broken is replaced.
  func text(of head: ArraySlice<UInt8>) -> [UInt8] {
    let units = stride(from: head.startIndex, to: head.endIndex - 1, by: 2).map {
      unit(head[$0], head[$0 + 1])
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}

/// UTF-16 text as UTF-8, piece by piece, without a byte-order mark.
final class UTF16Bytes: ByteSource {
  private let source: InputBytes
  private let order: UTF16Order
  /// Of the source, in bytes.
  private var offset = 0
  private var held: UInt8?
  private var lead: UInt16?

  init(_ source: InputBytes, _ order: UTF16Order) {
    self.source = source
    self.order = order
  }

  /// Throws `invalidArgument` for half of a surrogate pair or of a unit, with its place.
  func read() throws(DanvanError) -> [UInt8] {
    while true {
      let piece = try source.withNext { buffer throws(DanvanError) in
        (buffer.count, try text(of: buffer))
      }
      guard let piece else {
        if lead != nil { throw brokenPair }
        if held != nil { throw DanvanError.invalid("not UTF-16: it ends inside a unit") }
        return []
      }
      if !piece.isEmpty { return piece }
    }
  }

  private func text(of buffer: UnsafeBufferPointer<UInt8>) throws(DanvanError) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(buffer.count * 3 / 2)
    for byte in buffer {
      offset += 1
      guard let first = held else {
        held = byte
        continue
      }
      held = nil
      let unit = order.unit(first, byte)
      guard let scalar = try scalar(unit), !(scalar == "\u{FEFF}" && offset == 2) else { continue }
      if let encoded = UTF8.encode(scalar) { text.append(contentsOf: encoded) }
    }
    return text
  }

  /// The scalar that the unit is or completes; nil for the first half of a pair.
  private func scalar(_ unit: UInt16) throws(DanvanError) -> Unicode.Scalar? {
    if let first = lead {
      guard UTF16.isTrailSurrogate(unit) else { throw brokenPair }
      lead = nil
      return Unicode.Scalar(
        0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(unit) - 0xDC00))
    }
    if UTF16.isLeadSurrogate(unit) {
      lead = unit
      return nil
    }
    guard let scalar = Unicode.Scalar(unit) else { throw brokenPair }
    return scalar
  }

  private var brokenPair: DanvanError {
    .invalid("not UTF-16: half of a surrogate pair before byte \(offset)")
  }
}
