/// The sentences of an article and the part each plays on the page.
public struct Layout: Sendable {
  public let sentences: [Sentence]
  public let hasHeadline: Bool

  /// `headlineGiven`: the sender says that the first paragraph is the headline. Otherwise a short
  /// first line without a full stop is taken for one.
  public init(_ tokens: Tokens, headlineGiven: Bool, cues: LayoutCues = LayoutCues()) {
    let page = PageReader(tokens: tokens, cues: cues)
    let paragraphs = Self.paragraphs(of: tokens)
    let splitter = SentenceSplitter(tokens: tokens, cues: cues)
    let zones = page.zones(of: paragraphs, headlineGiven: headlineGiven)
    hasHeadline = zones.first == .headline
    let lastReport = zones.lastIndex { $0.isReport } ?? 0
    var sentences: [Sentence] = []
    for (number, paragraph) in paragraphs.enumerated() {
      let zone = zones[number]
      var start = paragraph.lowerBound
      if zone == .lead, case let end = page.endOfDateline(in: paragraph), end > start {
        sentences.append(Sentence(tokens: start..<end, zone: .dateline, paragraph: number))
        start = end
      }
      guard zone.isReport, zone != .headline else {
        sentences.append(
          Sentence(tokens: start..<paragraph.upperBound, zone: zone, paragraph: number))
        continue
      }
      let pieces = splitter.split(start..<paragraph.upperBound)
      for (place, piece) in pieces.enumerated() {
        let isLast = number == lastReport && place + 1 == pieces.count && place > 0
        sentences.append(
          Sentence(
            tokens: piece, zone: page.zone(of: piece, in: zone, isLast: isLast), paragraph: number))
      }
    }
    self.sentences = sentences
  }

  private static func paragraphs(of tokens: Tokens) -> [Range<Int>] {
    var paragraphs: [Range<Int>] = []
    var start = 0
    for index in tokens.indices where tokens[index].kind == .newline {
      if index > start { paragraphs.append(start..<index) }
      start = index + 1
    }
    if start < tokens.count { paragraphs.append(start..<tokens.count) }
    return paragraphs
  }
}
