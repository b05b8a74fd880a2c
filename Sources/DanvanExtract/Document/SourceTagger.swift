import DanvanModel
import DanvanText

/// Finds the outlet that an article names as its own: at its foot, in an attribution line, in a
/// signature, or where it speaks of itself.
struct SourceTagger: Sendable {
  private let outlets: Lexicon
  private let openers: Lexicon
  private let selfReferences: Lexicon

  /// Throws `DanvanError` where a lexicon or one of the rules' entries is missing.
  init(_ rules: RuleSet) throws {
    outlets = try rules.lexicon("outlets")
    openers = try rules.lexicon("source-openers")
    selfReferences = try rules.lexicon("source-self")
    for id in [
      "source.foot", "source.attribution", "source.signature", "source.self", "source.opening",
    ] {
      _ = try rules.evidence("document." + id)
    }
  }

  /// The outlet as written, or nil.
  func source(in scan: Scan, times: [TimeMention]) -> String? {
    let lines = Self.lines(of: scan)
    let found =
      foot(scan, times, lines) ?? attribution(scan, lines) ?? signature(scan, lines)
      ?? selfReference(scan) ?? opening(scan, lines)
    return found.map(scan.string)
  }

  /// A short last line below the page's stamp.
  private func foot(_ scan: Scan, _ times: [TimeMention], _ lines: [Range<Int>]) -> Range<Int>? {
    guard let stamp = times.last(where: { $0.evidence.rule == "time.stamp" }),
      let line = lines.last,
      line.lowerBound > stamp.tokens.upperBound, line.count <= 8,
      scan.tokens[line.lowerBound].isCapitalized,
      !line.contains(where: { scan.tokens[$0].key == PunctuationKey.comma })
    else { return nil }
    return line
  }

  /// `Theo X` or `(Nguồn: X)` at the end of one of the last lines.
  private func attribution(_ scan: Scan, _ lines: [Range<Int>]) -> Range<Int>? {
    for line in lines.suffix(4).reversed() {
      for place in line.suffix(12).reversed() where opensPhrase(place, line, scan) {
        guard let opener = openers.longestMatch(in: scan, at: place, before: line.upperBound) else {
          continue
        }
        let name = trimmed(opener.tokens.upperBound..<line.upperBound, scan)
        if !name.isEmpty, name.count <= 8, scan.tokens[name.lowerBound].shape != .lower,
          isName(name, scan)
        {
          return name
        }
      }
    }
    return nil
  }

  /// `Xuân Dần/VOV`, `(TTXVN)` at the very end of the text.
  private func signature(_ scan: Scan, _ lines: [Range<Int>]) -> Range<Int>? {
    guard let line = lines.last else { return nil }
    let end = trimmed(line, scan).upperBound
    guard var start = outletStart(endingAt: end, line, scan), start > line.lowerBound else {
      return nil
    }
    let sign = scan.tokens[start - 1].key
    if sign == PunctuationKey.slash, let earlier = outletStart(endingAt: start - 1, line, scan) {
      start = earlier
    }
    let marks = [
      PunctuationKey.slash, PunctuationKey.openingParenthesis, PunctuationKey.dash,
      PunctuationKey.fullStop,
    ]
    return start > line.lowerBound && marks.contains(scan.tokens[start - 1].key)
      ? start..<end : nil
  }

  /// `Như X đã đưa tin`, `X trân trọng giới thiệu`.
  private func selfReference(_ scan: Scan) -> Range<Int>? {
    for sentence in scan.sentences where sentence.zone.isReport {
      for place in sentence.tokens.prefix(3) {
        if let outlet = outlets.longestMatch(
          in: scan, at: place, before: sentence.tokens.upperBound),
          selfReferences.longestMatch(
            in: scan, at: outlet.tokens.upperBound, before: sentence.tokens.upperBound) != nil
        {
          return outlet.tokens
        }
      }
    }
    return nil
  }

  /// `KTĐT - Sau hai năm`, `(NLĐO) - Chiều 26-3`: the outlet opens one of the first lines.
  private func opening(_ scan: Scan, _ lines: [Range<Int>]) -> Range<Int>? {
    for line in lines.prefix(3) {
      let inBrackets = scan.tokens[line.lowerBound].key == PunctuationKey.openingParenthesis
      let start = line.lowerBound + (inBrackets ? 1 : 0)
      guard let outlet = outlets.longestMatch(in: scan, at: start, before: line.upperBound),
        let next = scan.token(outlet.tokens.upperBound), outlet.tokens.upperBound < line.upperBound,
        next.key == (inBrackets ? PunctuationKey.closingParenthesis : PunctuationKey.dash)
      else { continue }
      return outlet.tokens
    }
    return nil
  }

  /// Whether a phrase may begin here: at a line's start, or after a stop, a bracket or a dash.
  private func opensPhrase(_ place: Int, _ line: Range<Int>, _ scan: Scan) -> Bool {
    guard place > line.lowerBound else { return true }
    return scan.tokens[place - 1].kind != .word && scan.tokens[place - 1].kind != .number
      && scan.tokens[place - 1].key != PunctuationKey.comma
  }

  /// A name has no sign that parts clauses, and begins every word in capitals or is a known outlet.
  private func isName(_ range: Range<Int>, _ scan: Scan) -> Bool {
    if outlets.longestMatch(in: scan, at: range.lowerBound, before: range.upperBound)?.tokens
      == range
    {
      return true
    }
    let parting = [PunctuationKey.comma, PunctuationKey.colon, PunctuationKey.semicolon]
    return range.allSatisfy { place in
      let token = scan.tokens[place]
      return token.kind != .number && !parting.contains(token.key)
    } && range.count { scan.tokens[$0].shape == .lower } * 2 <= range.count
  }

  private func outletStart(endingAt end: Int, _ line: Range<Int>, _ scan: Scan) -> Int? {
    (max(line.lowerBound, end - 7)..<max(line.lowerBound, end)).first {
      outlets.matches(in: scan, at: $0, before: end).contains { $0.tokens.upperBound == end }
    }
  }

  /// Without closing brackets, quotation marks and stops at the end.
  private func trimmed(_ range: Range<Int>, _ scan: Scan) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, scan.tokens[end - 1].kind == .punctuation { end -= 1 }
    return range.lowerBound..<end
  }

  /// The token ranges of lines that are not empty.
  private static func lines(of scan: Scan) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for place in 0...scan.tokens.count
    where place == scan.tokens.count || scan.tokens[place].kind == .newline {
      if start < place { lines.append(start..<place) }
      start = place + 1
    }
    return lines
  }
}
