import DanvanMessages

/// Which bytes of a text belong to which facts, for colours.
struct FactPaint {
  /// Kinds of mention, innermost winning, one for each byte; 0 for none.
  private var mentions: [UInt8]
  /// Bits of the larger facts, for each byte.
  private var spans: [UInt8]

  static let kinds: [(type: String, paint: Paint)] = [
    ("PERSON", Paint(codes: "1;32")), ("TITLE", Paint(codes: "33")), ("ORG", Paint(codes: "36")),
    ("LOC", Paint(codes: "35")), ("TIME", Paint(codes: "34")),
  ]
  static let larger: [(name: String, paint: Paint)] = [
    ("event", Paint(codes: "4")), ("statement", Paint(codes: "3")),
    ("directive", Paint(codes: "1")),
  ]

  init(_ facts: Danvan_V1_ArticleFacts, length: Int) {
    mentions = Array(repeating: 0, count: length)
    spans = Array(repeating: 0, count: length)
    // Long ones first, so that a name within a title shows.
    for fact in facts.mentions.sorted(by: {
      $0.end - min($0.start, $0.end) > $1.end - min($1.start, $1.end)
    }) {
      let kind = Self.kinds.firstIndex { $0.type == fact.type }
      for byte in clamped(fact.start, fact.end) { mentions[byte] = UInt8((kind ?? -1) + 1) }
    }
    for fact in facts.events { mark(0, fact.start, fact.end) }
    for fact in facts.statements { mark(1, fact.start, fact.end) }
    for fact in facts.directives { mark(2, fact.start, fact.end) }
  }

  subscript(byte: Int) -> Paint {
    var paint = Paint.none
    if mentions[byte] > 0 { paint = Self.kinds[Int(mentions[byte]) - 1].paint }
    for (bit, larger) in Self.larger.enumerated() where spans[byte] & 1 << bit != 0 {
      paint = paint + larger.paint
    }
    return paint
  }

  static func legend(_ style: Style) -> String {
    (kinds.map { style.paint($0.type, $0.paint) } + larger.map { style.paint($0.name, $0.paint) })
      .joined(separator: "  ")
  }

  private mutating func mark(_ bit: Int, _ start: UInt32, _ end: UInt32) {
    for byte in clamped(start, end) { spans[byte] |= 1 << bit }
  }

  private func clamped(_ start: UInt32, _ end: UInt32) -> Range<Int> {
    let end = min(Int(end), mentions.count)
    return min(Int(start), end)..<end
  }
}
