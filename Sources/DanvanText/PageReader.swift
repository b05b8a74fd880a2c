/// Tells headline, lead, captions and footer lines of a news page from their shape and cues.
struct PageReader {
  let tokens: Tokens
  let cues: LayoutCues

  /// In tokens. Longer lines are prose, whatever they look like.
  private static let longestHeadline = 50
  private static let longestFooterLine = 14
  private static let longestCaption = 45

  func zones(of paragraphs: [Range<Int>], headlineGiven: Bool) -> [Zone] {
    var zones = [Zone](repeating: .body, count: paragraphs.count)
    var first = 0
    if let head = paragraphs.first, headlineGiven || (paragraphs.count > 1 && isHeadline(head)) {
      zones[0] = .headline
      first = 1
    }
    // From the end upwards, as long as lines belong to the footer.
    var last = paragraphs.count
    while last > first,
      let zone = footerZone(of: paragraphs[last - 1], hasFooterBelow: last < paragraphs.count)
    {
      zones[last - 1] = zone
      last -= 1
    }
    // Below the keywords an outlet is named, not a writer.
    if last + 1 < paragraphs.count {
      for number in (last + 1)..<paragraphs.count
      where zones[number] == .byline && zones[number - 1] == .keywords {
        zones[number] = .attribution
      }
    }
    var hasLead = false
    for number in first..<last {
      if isStamp(paragraphs[number]) {
        zones[number] = .dateline
      } else if isCaption(paragraphs[number]) {
        zones[number] = .caption
      } else if !hasLead && isByline(paragraphs[number]) {
        zones[number] = .byline
      } else if !hasLead {
        zones[number] = .lead
        hasLead = true
      }
    }
    return zones
  }

  /// The zone of one sentence of a paragraph of the report.
  func zone(of sentence: Range<Int>, in zone: Zone, isLast: Bool) -> Zone {
    let credit = cues.match(
      .photoCredit, in: tokens, at: sentence.lowerBound, before: sentence.upperBound)
    if isEnclosedCredit(sentence) { return .caption }
    if credit > 0, sentence.count <= Self.longestFooterLine,
      sentence.lowerBound + credit < sentence.upperBound,
      tokens[sentence.lowerBound + credit].key == PunctuationKey.colon
    {
      return .caption
    }
    guard isLast else { return zone }
    if isAttribution(sentence) { return .attribution }
    return isByline(sentence) ? .byline : zone
  }

  /// `(Ảnh: Nguyễn Dân/TTXVN)`, `(Ảnh tư liệu)`.
  private func isEnclosedCredit(_ sentence: Range<Int>) -> Bool {
    guard sentence.count <= 2 * Self.longestFooterLine, let last = sentence.last,
      tokens[sentence.lowerBound].key == PunctuationKey.openingParenthesis,
      tokens[last].key == PunctuationKey.closingParenthesis
    else { return false }
    let first = sentence.lowerBound + 1
    return cues.match(.photoCredit, in: tokens, at: first, before: last) > 0
      || cues.match(.captionOpener, in: tokens, at: first, before: last) > 0
  }

  /// The end of `Hà Nội (TTXVN) -` or `(NLĐO)-` at the start of a lead; its start where there is none.
  func endOfDateline(in paragraph: Range<Int>) -> Int {
    let first = paragraph.lowerBound
    let limit = min(paragraph.upperBound, first + Self.longestFooterLine)
    // "(TNO) Hôm nay …"
    if first + 3 < limit, tokens[first].key == PunctuationKey.openingParenthesis,
      tokens[first + 1].shape == .upper,
      tokens[first + 2].key == PunctuationKey.closingParenthesis,
      tokens[first + 3].isCapitalized
    {
      return first + 3
    }
    guard
      let dash = (paragraph.lowerBound..<limit).first(where: {
        tokens[$0].key == PunctuationKey.dash && isParting($0, in: paragraph)
      }),
      dash > paragraph.lowerBound
    else { return paragraph.lowerBound }
    let head = paragraph.lowerBound..<dash
    guard isDatelineText(head) else { return paragraph.lowerBound }
    return dash + 1
  }

  /// A dash between words, as against one inside `26-3` or `Covid-19`.
  private func isParting(_ dash: Int, in paragraph: Range<Int>) -> Bool {
    guard dash > paragraph.lowerBound, dash + 1 < paragraph.upperBound else { return false }
    let before = tokens[dash - 1]
    let after = tokens[dash + 1]
    // "Ngày 27 – 5": a date written with spaces.
    if before.kind == .number && after.kind == .number { return false }
    let spaced =
      tokens[dash].spaceBefore || after.spaceBefore
      || before.key == PunctuationKey.closingParenthesis
    return spaced
      && (after.isCapitalized || after.kind == .number || after.shape == .mixed
        || after.kind == .punctuation)
  }

  /// Capitalised words, dates and parentheses only.
  private func isDatelineText(_ range: Range<Int>, symbolsToo: Bool = false) -> Bool {
    range.allSatisfy { index in
      let token = tokens[index]
      switch token.kind {
      case .word: return token.shape != .lower || cues.contains(token.key, as: .dateWord)
      case .number: return true
      case .punctuation:
        return [
          PunctuationKey.comma, PunctuationKey.slash, PunctuationKey.dash, PunctuationKey.fullStop,
          PunctuationKey.openingParenthesis, PunctuationKey.closingParenthesis,
          PunctuationKey.colon,
        ].contains(token.key)
      case .symbol: return symbolsToo
      case .newline: return false
      }
    }
  }

  private func isHeadline(_ paragraph: Range<Int>) -> Bool {
    guard paragraph.count <= Self.longestHeadline, !isStamp(paragraph), !isCaption(paragraph),
      let last = paragraph.last
    else { return false }
    return tokens[last].key != PunctuationKey.fullStop && tokens[last].key != PunctuationKey.colon
      && tokens[last].key != PunctuationKey.semicolon
  }

  private func endsLikeProse(_ range: Range<Int>) -> Bool {
    guard let last = range.last else { return false }
    switch tokens[last].key {
    case PunctuationKey.fullStop, PunctuationKey.ellipsis, PunctuationKey.questionMark,
      PunctuationKey.exclamationMark, PunctuationKey.colon, PunctuationKey.semicolon,
      PunctuationKey.closingQuote:
      return true
    default: return false
    }
  }

  private func footerZone(of paragraph: Range<Int>, hasFooterBelow: Bool) -> Zone? {
    if isStamp(paragraph) { return .dateline }
    if isKeywords(paragraph) { return .keywords }
    if isAttribution(paragraph) { return .attribution }
    if isByline(paragraph) { return .byline }
    // A section's name above the keywords.
    if hasFooterBelow, paragraph.count <= 4, !endsLikeProse(paragraph) { return .keywords }
    return nil
  }

  /// A line that is only a date, a time or both.
  private func isStamp(_ paragraph: Range<Int>) -> Bool {
    guard paragraph.count <= 20 else { return false }
    let numbers = paragraph.count { tokens[$0].kind == .number }
    guard numbers >= 2 else { return false }
    return isDatelineText(paragraph, symbolsToo: true)
  }

  private func isKeywords(_ paragraph: Range<Int>) -> Bool {
    if cues.match(
      .keywordOpener, in: tokens, at: paragraph.lowerBound, before: paragraph.upperBound) > 0,
      !endsLikeProse(paragraph)
    {
      return true
    }
    guard !endsLikeProse(paragraph) else { return false }
    let items = paragraph.split {
      tokens[$0].key == PunctuationKey.comma || tokens[$0].key == PunctuationKey.semicolon
    }
    guard items.count >= 3, items.allSatisfy({ $0.count <= 8 }) else { return false }
    let capitalized = items.count { $0.first.map { tokens[$0].shape != .lower } ?? false }
    return capitalized * 3 >= items.count * 2
  }

  private func isAttribution(_ range: Range<Int>) -> Bool {
    guard range.count <= Self.longestFooterLine, var first = range.first else { return false }
    var end = range.upperBound
    if tokens[end - 1].key == PunctuationKey.fullStop { end -= 1 }
    if tokens[first].key == PunctuationKey.openingParenthesis {
      first += 1
      guard end > first, tokens[end - 1].key == PunctuationKey.closingParenthesis else {
        return false
      }
      end -= 1
    }
    let opener = cues.match(.attributionOpener, in: tokens, at: first, before: end)
    guard opener > 0, first + opener < end else { return false }
    let name = (first + opener)..<end
    guard !name.contains(where: { tokens[$0].key == PunctuationKey.comma }) else { return false }
    let start =
      tokens[name.lowerBound].key == PunctuationKey.colon ? name.lowerBound + 1 : name.lowerBound
    return start < end && tokens[start].shape != .lower && end == range.upperBound
  }

  /// Names only: `Phúc Hằng (TTXVN)`, `LÊ PHONG - HỒNG ĐÀO`, `X.Linh`.
  private func isByline(_ range: Range<Int>) -> Bool {
    guard range.count <= Self.longestFooterLine, let last = range.last else { return false }
    // A full stop belongs to initials, else it ends a sentence.
    if tokens[last].key == PunctuationKey.fullStop,
      range.count < 2 || tokens[last - 1].end - tokens[last - 1].start > 2
    {
      return false
    }
    var names = 0
    for index in range {
      let token = tokens[index]
      switch token.kind {
      case .word:
        guard token.shape != .lower else { return false }
        names += 1
      case .punctuation:
        guard
          [
            PunctuationKey.comma, PunctuationKey.dash, PunctuationKey.slash,
            PunctuationKey.fullStop,
            PunctuationKey.openingParenthesis, PunctuationKey.closingParenthesis,
          ].contains(token.key)
        else { return false }
      default: return false
      }
    }
    return names > 0
  }

  private func isCaption(_ paragraph: Range<Int>) -> Bool {
    guard paragraph.count <= Self.longestCaption else { return false }
    if cues.match(
      .captionOpener, in: tokens, at: paragraph.lowerBound, before: paragraph.upperBound) > 0
    {
      return true
    }
    return paragraph.contains { index in
      let credit = cues.match(.photoCredit, in: tokens, at: index, before: paragraph.upperBound)
      guard credit > 0, tokens[index].shape != .lower, index + credit < paragraph.upperBound else {
        return false
      }
      guard tokens[index + credit].key == PunctuationKey.colon else { return false }
      // Only a name follows, to the end of the line.
      let name = (index + credit + 1)..<paragraph.upperBound
      return name.count <= Self.longestFooterLine
        && name.allSatisfy { tokens[$0].shape != .lower }
    }
  }
}
