import DanvanText

/// How a quotation and a verb of the same sentence belong together.
extension SpeechWriter {
  /// Fewer words after a quotation and its verb tell how or where it was said.
  private static let leastMore = 6

  /// A quotation whose speaker and verb follow it: `"…", ông A nói`, `"…" - ông A chỉ rõ`.
  func isSaid(_ quotation: Quotation, by act: SpeechAct) -> Bool {
    guard act.link == .adjacent,
      act.cue.statement != nil || act.cue.directive?.frame == .order, act.start >= quotation.end,
      act.start - quotation.end <= 3
    else { return false }
    // "….” Ông A cho biết thêm": a new sentence.
    if (quotation.end..<act.start).contains(where: { sentence.key($0) == PunctuationKey.fullStop })
    {
      return false
    }
    let between = (quotation.end..<act.start).drop { sentence.tokens[$0].kind == .punctuation }
    guard let first = between.first else { return true }
    // "…", báo cáo của Bộ A cho hay.
    return sentence.words.reportNouns.longest(in: sentence.tokens, at: first, before: act.start)?
      .end == act.start
  }

  /// `ông A chỉ đạo: “Đề nghị các sở …”`: a quotation with orders of its own after a verb of ordering.
  func orderedQuotation(_ act: SpeechAct, before end: Int) -> Quotation? {
    guard act.cue.directive != nil, act.cue.statement == nil else { return nil }
    let (start, hasColon) = sentence.content(from: act.contentStart, before: end)
    guard hasColon, let quotation = sentence.quotation(at: start), quotation.opening == start,
      quotation.isSpeech, !sentence.orders(in: quotation).isEmpty
    else { return nil }
    return quotation
  }

  /// `“…”, ông A khẳng định, nếu …`: the verb after a quotation reports more.
  func goesOn(_ act: SpeechAct, before end: Int) -> Bool {
    guard act.cue.statement?.form == .clause else { return false }
    let start = act.cue.tokens.upperBound
    let opening = sentence.words.particles.longest(in: sentence.tokens, at: start, before: end)
    let (content, hasColon) = sentence.content(from: start, before: end)
    return !hasColon && end - content >= Self.leastMore
      && (opening?.0 == .that || sentence.key(start) == PunctuationKey.comma)
      && sentence.quotation(at: content) == nil
  }
}
