import DanvanModel
import DanvanText

/// The stretches of text that speech is read in: sentences, with two repairs.
///
/// A quotation that runs over the end of a sentence is read with its speaker, who stands after it;
/// and a full stop after an abbreviation (`… của TP. UBND TP chuẩn bị …`) ends a sentence where what
/// follows is no name that the abbreviation could belong to.
struct SpeechStretches {
  struct Stretch {
    let tokens: Range<Int>
    let zone: Zone
  }

  let scan: Scan
  /// Words before the colon of a picture's credit, among others.
  let layout: Vocabulary<Bool>
  /// Outermost names, in order.
  let names: [NameMention]

  private static let mostJoined = 12
  /// `Ảnh: VGP/Lê Văn A`: an outlet may stand before the photographer.
  private static let mostCredited = 3
  /// A longer sentence is read in pieces, so that work stays linear in the article's length.
  private static let mostTokens = 500

  func all() -> [Stretch] {
    var found: [Stretch] = []
    var index = 0
    var name = 0
    while index < scan.sentences.count {
      let sentence = scan.sentences[index]
      index += 1
      guard sentence.zone.isReport else { continue }
      var range = sentence.tokens
      var joined = 0
      while joined < Self.mostJoined, isOpen(range), index < scan.sentences.count,
        closesFirst(scan.sentences[index]), scan.sentences[index].paragraph == sentence.paragraph
      {
        range = range.lowerBound..<scan.sentences[index].tokens.upperBound
        index += 1
        joined += 1
      }
      for piece in pieces(of: range, from: &name) {
        found.append(Stretch(tokens: piece, zone: sentence.zone))
      }
    }
    return found
  }

  /// Whether a quotation is opened and not closed.
  private func isOpen(_ range: Range<Int>) -> Bool {
    var isOpen = false
    for place in range {
      switch scan.tokens[place].key {
      case PunctuationKey.openingQuote: isOpen = true
      case PunctuationKey.closingQuote: isOpen = false
      case PunctuationKey.straightQuote: isOpen.toggle()
      default: break
      }
    }
    return isOpen
  }

  /// Whether a sentence closes a quotation that was open before it.
  private func closesFirst(_ sentence: Sentence) -> Bool {
    for place in sentence.tokens {
      let key = scan.tokens[place].key
      if key == PunctuationKey.closingQuote || key == PunctuationKey.straightQuote { return true }
      if key == PunctuationKey.openingQuote { return false }
    }
    return false
  }

  /// `… - Ảnh: Lê Văn A` in the middle of a sentence: what stands before it is a whole one.
  private func isCredit(_ place: Int, before end: Int) -> Bool {
    guard scan.tokens[place].isCapitalized, scan.tokens[place - 1].kind == .punctuation,
      let (isCredit, next) = layout.longest(in: scan.tokens, at: place, before: end), isCredit
    else { return false }
    return next < end && scan.tokens[next].key == PunctuationKey.colon
  }

  /// `Ảnh: Lê Văn A | Tại buổi làm việc, …`: where the photographer's name at the end of a credit ends.
  private func endOfCredit(at place: Int, before end: Int, from name: Int) -> Int? {
    guard scan.tokens[place].key == PunctuationKey.colon, place > 0,
      layout.longest(in: scan.tokens, at: place - 1, before: place)?.0 == true,
      let person = names[min(name, names.count)...].first(where: {
        $0.tokens.lowerBound > place
      }), person.kind == .person, person.tokens.lowerBound - place <= Self.mostCredited
    else { return nil }
    let next = person.tokens.upperBound
    guard next < end,
      scan.tokens[next].isCapitalized || scan.tokens[next].key == PunctuationKey.openingQuote
    else { return nil }
    return next
  }

  private func pieces(of range: Range<Int>, from name: inout Int) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = range.lowerBound
    var isQuoted = false
    for place in range.dropLast() {
      while name < names.count, names[name].tokens.upperBound <= place { name += 1 }
      let token = scan.tokens[place]
      if token.kind == .word, place > start, isCredit(place, before: range.upperBound) {
        pieces.append(start..<place)
        start = place
      }
      if let end = endOfCredit(at: place, before: range.upperBound, from: name), place >= start {
        pieces.append(start..<end)
        start = end
      }
      if token.kind != .punctuation { continue }
      if token.key == PunctuationKey.openingQuote { isQuoted = true }
      if token.key == PunctuationKey.closingQuote { isQuoted = false }
      guard token.key == PunctuationKey.fullStop, !isQuoted, place > start,
        place + 1 < range.upperBound
      else { continue }
      if scan.tokens[place + 1].key == PunctuationKey.asterisk {
        // "… . * Cùng ngày, …": the next item of a round-up.
        pieces.append(start..<place + 1)
        start = place + 1
        continue
      }
      guard scan.tokens[place - 1].shape == .upper, scan.tokens[place + 1].isCapitalized,
        scan.tokens[place + 1].spaceBefore
      else {
        continue
      }
      if name < names.count, names[name].tokens.lowerBound <= place + 1,
        names[name].tokens.lowerBound <= place
          || names[name].kind != .organization && names[name].kind != .title
      {
        continue
      }
      pieces.append(start..<place + 1)
      start = place + 1
    }
    while range.upperBound - start > Self.mostTokens {
      pieces.append(start..<start + Self.mostTokens)
      start += Self.mostTokens
    }
    pieces.append(start..<range.upperBound)
    return pieces
  }
}
