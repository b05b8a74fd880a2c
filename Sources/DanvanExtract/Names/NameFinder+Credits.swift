import DanvanModel
import DanvanText

/// Credits and outlets.
extension NameFinder {
  /// `Ảnh: Nguyễn Dân/TTXVN`, `Tin, ảnh: X.Linh`.
  mutating func readCredit(at index: Int) -> Int? {
    guard let credit = grammar.grid.longest(.credit, at: index, before: end),
      credit.word.category != .source, grammar.isMark(credit.end, PunctuationKey.colon)
    else { return nil }
    // A credit that was told from the text behind it ends there.
    let piece = grammar.scan.sentences[sentence]
    let end = piece.zone == .caption ? piece.tokens.upperBound : self.end
    var place = credit.end + 1
    while place < end {
      if let body = grammar.body(at: place, before: end) {
        note(.organization, body.tokens, body.rule)
        place = body.tokens.upperBound
      } else if let outlet = grammar.grid.longest(.outlet, at: place, before: end) {
        note(.organization, place..<outlet.end, .outlet)
        place = outlet.end
      } else if let found = grammar.grid.longest(.credit, at: place, before: end),
        found.word.category == .source
      {
        // "Ảnh: Internet"
        place = found.end
      } else if let name = grammar.creditName(at: place, before: end) {
        note(.person, name, .credit)
        place = name.upperBound
      } else {
        break
      }
      guard grammar.isCreditSeparator(place) else { break }
      place += 1
    }
    return place
  }

  /// An outlet whose name is also an ordinary word: only where outlets are named.
  mutating func readOutlet(at index: Int) -> Int? {
    guard let outlet = grammar.grid.longest(.outlet, at: index, before: end),
      grammar.isCapital(index)
    else { return nil }
    let piece = grammar.scan.sentences[sentence]
    let isAlone = piece.tokens == index..<outlet.end
    let isSigned =
      grammar.start(of: .credit, endingAt: index) != nil
      && grammar.grid.hits(at: index - 1).contains { grammar.grid.word($0).category == .source }
    let isBracketed =
      grammar.isMark(index - 1, PunctuationKey.openingParenthesis)
      && grammar.isMark(outlet.end, PunctuationKey.closingParenthesis)
    guard isAlone || isSigned || isBracketed || piece.zone == .attribution else { return nil }
    note(.organization, index..<outlet.end, .outlet)
    return outlet.end
  }
}
