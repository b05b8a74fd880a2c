/// Finds where the sentences of one paragraph end.
struct SentenceSplitter {
  let tokens: Tokens
  let cues: LayoutCues

  /// Tokens. No sentence has as many; what is not parted is cut, so that nothing costs its square.
  private static let longest = 2_000

  /// The sentences of a paragraph (a range of tokens without newlines), in order, without gaps.
  func split(_ paragraph: Range<Int>) -> [Range<Int>] {
    let held = enclosed(in: paragraph)
    var sentences: [Range<Int>] = []
    var start = paragraph.lowerBound
    var index = start
    var credit = CreditReader(tokens: tokens, cues: cues, start: start, end: paragraph.upperBound)
    while index < paragraph.upperBound {
      let end =
        credit.endOfCredit(at: index) ?? endOfSentence(at: index, from: start, in: paragraph, held)
        ?? seam(behind: index, in: paragraph)
        ?? (index - start >= Self.longest ? index + 1 : nil)
      if let end {
        sentences.append(start..<end)
        start = end
        index = end
        credit = CreditReader(tokens: tokens, cues: cues, start: start, end: paragraph.upperBound)
      } else {
        index += 1
      }
    }
    if start < paragraph.upperBound { sentences.append(start..<paragraph.upperBound) }
    return sentences
  }

  /// If a sentence ends with the mark at `index`, the token after that mark and what closes it.
  private func endOfSentence(
    at index: Int, from start: Int, in paragraph: Range<Int>, _ held: Enclosures
  ) -> Int? {
    let mark = tokens[index]
    guard isTerminator(mark) else { return nil }
    var next = index + 1
    while next < paragraph.upperBound, held.closers.contains(next) || isTerminator(tokens[next]) {
      next += 1
    }
    guard next < paragraph.upperBound else { return nil }
    // Inside quotation marks or parentheses nothing ends, unless they close right here.
    if let close = held.close[index - paragraph.lowerBound] {
      guard close < next, endsAfterQuotation(closing: close, from: start),
        tokens[next].key != PunctuationKey.dash
      else { return nil }
    }
    guard begins(tokens[next], afterGap: tokens[next].spaceBefore) else { return nil }
    if mark.key == PunctuationKey.fullStop, next == index + 1,
      !stopEnds(at: index, from: start, next: tokens[next])
    {
      return nil
    }
    return next
  }

  /// The token behind `index`, where a crawl has glued it on: the end of a caption or a lead, and
  /// the beginning of
  /// what followed (`tại hội thảoThống nhất với quan điểm`). Two capitals may as well be one name.
  private func seam(behind index: Int, in paragraph: Range<Int>) -> Int? {
    guard index + 1 < paragraph.upperBound, tokens[index].kind == .word,
      tokens[index].shape == .lower, tokens[index + 1].shape == .capitalized,
      tokens[index].end == tokens[index + 1].start
    else { return nil }
    return index + 1
  }

  /// Whether a quotation that ends with its own mark can end the sentence around it: one that is
  /// more than a word or two.
  private func endsAfterQuotation(closing: Int, from start: Int) -> Bool {
    closing - start > 4
  }

  private func isTerminator(_ token: Token) -> Bool {
    switch token.key {
    case PunctuationKey.fullStop, PunctuationKey.questionMark, PunctuationKey.exclamationMark,
      PunctuationKey.ellipsis:
      true
    default: false
    }
  }

  /// Whether a sentence can begin with a token.
  private func begins(_ token: Token, afterGap: Bool) -> Bool {
    switch token.kind {
    case .word: token.shape != .lower
    case .number: afterGap
    case .punctuation:
      switch token.key {
      case PunctuationKey.openingQuote, PunctuationKey.straightQuote,
        PunctuationKey.openingParenthesis:
        true
      case PunctuationKey.dash: afterGap
      default: false
      }
    case .symbol: afterGap
    case .newline: false
    }
  }

  /// Whether a full stop ends a sentence, told by what stands before it.
  private func stopEnds(at index: Int, from start: Int, next: Token) -> Bool {
    guard index > start else { return false }
    let before = tokens[index - 1]
    guard !tokens[index].spaceBefore else { return true }
    // A list's number or letter: "1. Công tác …", "a. …".
    let isShort = before.kind == .number || tokens.text.bytes[before.range].count == 1
    if index - 1 == start && isShort { return false }
    guard before.kind == .word else {
      return before.kind != .number || next.spaceBefore || next.kind == .word
    }
    if cues.contains(before.key, as: .abbreviation) { return false }
    // Initials: "X.Linh", "C. L".
    if before.shape == .capitalized && isSingleLetter(before) { return false }
    // "BCHT.Ư Đảng": a letter alone behind capitals goes on with them.
    if before.shape == .upper, !next.spaceBefore, next.kind == .word, isSingleLetter(next) {
      return false
    }
    // Without a space after it, a full stop ends only what cannot be an abbreviation: "Thanh
    // Hóa.Cũng trong chiều …".
    return next.spaceBefore || next.kind != .word || before.shape == .lower
      || next.shape == .capitalized
        && before.end - before.start > (before.shape == .upper ? 2 : Self.longestShortForm)
  }

  /// In UTF-8 bytes: `Tp`, `Ths`, `Pgs`.
  private static let longestShortForm = 3

  private func isSingleLetter(_ token: Token) -> Bool {
    scalar(in: tokens.text.bytes, at: Int(token.start)).count == Int(token.end - token.start)
  }

  /// What stands inside quotation marks or parentheses. Marks that have no partner in the paragraph
  /// hold nothing.
  private struct Enclosures {
    /// For each token of the paragraph that is inside, the token that closes the outermost pair.
    var close: [Int?]
    /// The tokens that close a pair.
    var closers: Set<Int> = []
  }

  private func enclosed(in paragraph: Range<Int>) -> Enclosures {
    var held = Enclosures(close: [Int?](repeating: nil, count: paragraph.count))
    var quotes: [Int] = []
    var straight: Int?
    var parentheses: [Int] = []
    func close(_ open: Int, at index: Int) {
      held.closers.insert(index)
      for inner in (open + 1)..<max(index, open + 1) {
        held.close[inner - paragraph.lowerBound] = index
      }
    }
    for index in paragraph {
      let token = tokens[index]
      switch token.key {
      case PunctuationKey.openingQuote: quotes.append(index)
      case PunctuationKey.closingQuote: if let open = quotes.popLast() { close(open, at: index) }
      case PunctuationKey.straightQuote:
        if let open = straight, !opens(index, in: paragraph) {
          close(open, at: index)
          straight = nil
        } else {
          straight = index
        }
      case PunctuationKey.openingParenthesis: parentheses.append(index)
      case PunctuationKey.closingParenthesis:
        if let open = parentheses.popLast(), index - open <= Self.longestParenthesis {
          close(open, at: index)
        }
      default: break
      }
    }
    return held
  }

  /// A straight quotation mark that can only open: a gap before it and none behind.
  private func opens(_ index: Int, in paragraph: Range<Int>) -> Bool {
    let gapBehind = index + 1 >= paragraph.upperBound || tokens[index + 1].spaceBefore
    return tokens[index].spaceBefore && !gapBehind
  }

  /// In tokens; beyond it the mark is more likely a slip than a parenthesis.
  private static let longestParenthesis = 80
}
