/// Finds the end of a picture credit that begins a sentence: credits often run into the text behind
/// them, as in `Ảnh: H.H. Tại buổi …`, `Ảnh: TTXVN Tổng …` or `(Ảnh tư liệu) Sau này …`.
struct CreditReader {
  private let tokens: Tokens
  private let cues: LayoutCues
  private let end: Int
  private let kind: Kind

  private enum Kind {
    case none
    /// Behind the colon at this token.
    case open(colon: Int)
    /// Up to this closing parenthesis.
    case enclosed(close: Int)
  }

  private static let longest = 24

  init(tokens: Tokens, cues: LayoutCues, start: Int, end: Int) {
    self.tokens = tokens
    self.cues = cues
    self.end = end
    guard start < end else {
      kind = .none
      return
    }
    let isEnclosed = tokens[start].key == PunctuationKey.openingParenthesis
    let first = isEnclosed ? start + 1 : start
    let credit = cues.match(.photoCredit, in: tokens, at: first, before: end)
    let caption = cues.match(.captionOpener, in: tokens, at: first, before: end)
    let limit = min(end, start + Self.longest)
    if isEnclosed, max(credit, caption) > 0,
      let close = (first..<limit).first(where: {
        tokens[$0].key == PunctuationKey.closingParenthesis
      })
    {
      kind = .enclosed(close: close)
    } else if !isEnclosed, credit > 0, first + credit < end,
      tokens[first + credit].key == PunctuationKey.colon
    {
      kind = .open(colon: first + credit)
    } else {
      kind = .none
    }
  }

  /// The end of the credit (a token number), if its last token is the one at `index`.
  func endOfCredit(at index: Int) -> Int? {
    let next = index + 1
    guard next < end else { return nil }
    switch kind {
    case .none: return nil
    case .enclosed(let close):
      return index == close && tokens[next].isCapitalized ? next : nil
    case .open(let colon):
      guard index > colon, tokens[next].spaceBefore, tokens[next].isCapitalized else { return nil }
      if tokens[index].key == PunctuationKey.fullStop { return next }
      if cues.contains(tokens[index].key, as: .pictureSource) { return next }
      // "Ảnh: Thu Giang Sáng 3/7, …"
      if next + 1 < end, cues.contains(tokens[next].key, as: .dayOpener),
        tokens[next + 1].kind == .number
      {
        return next
      }
      // An outlet's name in capitals is the last of a credit.
      let isOutlet = tokens[index].shape == .upper && tokens[next].shape == .capitalized
      // So is a name in capitals: "Ảnh: NGUYỄN TRÀ Báo cáo …".
      let follows = tokens[index - 1].key
      let isName = (colon + 1...index).allSatisfy { tokens[$0].shape == .upper }
      return isOutlet && (follows == PunctuationKey.slash || isName) ? next : nil
    }
  }
}
