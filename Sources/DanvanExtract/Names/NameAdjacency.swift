import DanvanText

extension NameGrammar {
  /// The personal name that follows a title at once.
  func nameAfterTitle(_ title: TitleReading, before end: Int) -> Range<Int>? {
    let index = title.tokens.upperBound
    guard let run = nameRun(at: index, before: end) else { return nil }
    if knownPerson(at: index) != nil { return run }
    guard !isElse(run, before: end) else { return nil }
    // One syllable must look like a name: a given name, a surname, or foreign letters.
    if run.count == 1, !isGiven(index), !isSurname(index), !isForeign(index) { return nil }
    return run
  }

  /// Four or more letters without any mark: `Obama`, `Kerry`.
  func isForeign(_ index: Int) -> Bool {
    guard isWord(index) else { return false }
    let bytes = scan.text.bytes[scan.tokens[index].range]
    return bytes.count >= 4 && bytes.allSatisfy { $0 < 0x80 }
  }

  /// The personal name that follows a form of address.
  func nameAfterHonorific(_ word: NameWord, at index: Int, before end: Int) -> Range<Int>? {
    guard let run = nameRun(at: index, before: end) else { return nil }
    if knownPerson(at: index) != nil { return run }
    if word.use == .any, isSurname(index, .strong), run.count >= 3, isGiven(run.upperBound - 1) {
      return run
    }
    if word.use == .voter || word.use == .capital && run.count == 1 && !isGiven(index) {
      guard run.count >= 2 else { return nil }
    }
    guard !isElse(run, before: end) else { return nil }
    return run
  }

  /// Whether a run of capitals after a title or form of address is something else than a name.
  private func isElse(_ run: Range<Int>, before end: Int) -> Bool {
    let index = run.lowerBound
    if let body = body(at: index, before: end), body.tokens.count >= min(2, run.count) {
      return true
    }
    if headedPlace(at: index, before: end) != nil { return true }
    if let place = knownPlace(at: index, before: end, headed: true),
      place.tokens.count >= run.count, !isSurname(index) || run.count > 1,
      place.category != .commune
    {
      return true
    }
    for hit in grid.hits(at: index) {
      let word = grid.word(hit)
      switch word.kind {
      case .level, .trap, .plural: return true
      case .stop where !isGiven(index) && !isSurname(index): return true
      case .head where run.count == 1: return true
      default: continue
      }
    }
    if run.count == 1, isUpper(index), !isGiven(index) { return true }
    return false
  }

  /// Whether a mark and a name stand right before the tokens (`ông A, luật sư`), or a mark after.
  func isBesideName(_ tokens: Range<Int>) -> Bool {
    let before = tokens.lowerBound - 1
    guard
      isMark(before, PunctuationKey.comma) || isMark(before, PunctuationKey.dash)
        || isMark(before, PunctuationKey.openingParenthesis)
    else { return false }
    return isCapital(before - 1)
  }

  /// A name in a credit: two to four syllables, or initials.
  func creditName(at index: Int, before end: Int) -> Range<Int>? {
    guard isCapital(index), !grid.has(.honorific, at: index) || isGiven(index),
      let run = nameRun(at: index, before: end)
    else { return nil }
    // Initials stand as one piece: `X.Linh`, `H.Q`.
    if isMark(index + 1, PunctuationKey.fullStop), run.contains(index + 2) {
      var stop = index + 3
      while joinsNext(stop - 1, with: PunctuationKey.fullStop, before: run.upperBound) { stop += 2 }
      return index..<stop
    }
    guard run.count >= 2 else { return nil }
    if let place = knownPlace(at: index, before: end, headed: true), place.tokens == run,
      place.category != .commune
    {
      return nil
    }
    // A capital followed by lower case begins the sentence that was glued on; so does a form of
    // address, and small letters after a name in capitals.
    var stop = run.upperBound
    for place in run.dropFirst(2) where isWord(place) {
      let isAddress = grid.has(.honorific, at: place) && isCapital(place + 1)
      if isAddress || isUpper(index) && isUpper(index + 1) && !isUpper(place) {
        return index..<place
      }
    }
    while stop - index > 2,
      isWord(stop) && !isCapital(stop) || isSentenceWord(stop - 1) && !isGiven(stop - 1)
    {
      stop -= 1
      if isCapital(stop), !isSentenceWord(stop - 1) { break }
    }
    if stop - index > 4 { stop = index + 4 }
    return index..<stop
  }

  func isCreditSeparator(_ index: Int) -> Bool {
    isMark(index, PunctuationKey.slash) || isMark(index, PunctuationKey.dash)
      || isMark(index, PunctuationKey.comma) || isJoiningWord(index)
  }

  /// The names of a line that is only names: the authors' signature at the end of a report.
  func byline(_ sentence: Sentence, isLast: Bool) -> [Range<Int>]? {
    guard sentence.zone != .keywords, sentence.zone != .headline, sentence.tokens.count <= 16,
      sentence.paragraph > 0
    else { return nil }
    let end = sentence.tokens.upperBound
    guard end == scan.tokens.count || scan.tokens[end].kind == .newline else { return nil }
    var names: [Range<Int>] = []
    var index = sentence.tokens.lowerBound
    while index < end {
      if isMark(index, PunctuationKey.openingParenthesis) {
        break
      }
      if isCreditSeparator(index) || isMark(index, PunctuationKey.fullStop)
        || isMark(index, PunctuationKey.slash)
      {
        index += 1
        continue
      }
      if let outlet = grid.longest(.outlet, at: index, before: end), !names.isEmpty {
        index = outlet.end
        continue
      }
      if !names.isEmpty, let place = place(at: index, before: end) {
        index = place.tokens.upperBound
        continue
      }
      guard isCapital(index), let run = nameRun(at: index, before: end),
        isSignature(run, before: end)
      else { return nil }
      names.append(run)
      index = run.upperBound
    }
    return names.isEmpty ? nil : names
  }

  private func isSignature(_ run: Range<Int>, before end: Int) -> Bool {
    let index = run.lowerBound
    let words = run.reduce(0) { $0 + (isWord($1) ? 1 : 0) }
    guard (2...4).contains(words) else { return false }
    if grid.has(.credit, at: index) || grid.has(.honorific, at: index) && !isGiven(index) {
      return false
    }
    if run.contains(where: { isMark($0, PunctuationKey.fullStop) }) { return true }
    if let place = knownPlace(at: index, before: end, headed: true), place.tokens == run,
      place.category != .commune
    {
      return false
    }
    if let body = body(at: index, before: end), body.tokens.count >= run.count { return false }
    if grid.longest(.outlet, at: index, before: end) != nil { return false }
    return !grid.hits(at: index).contains {
      let kind = grid.word($0).kind
      return kind == .role || kind == .trap || kind == .placeHead || kind == .credit
        || kind == .stop && $0.end > index + 1
    }
  }
}
