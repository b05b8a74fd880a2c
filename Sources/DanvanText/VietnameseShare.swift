/// How much of a text outside ASCII is spelled like Vietnamese: of its words with such letters and
/// its stray symbols, the share that are syllables, and how many they are in all.
///
/// Text that was decoded by the wrong table has a low share.
public func vietnameseShare(of text: String) -> (share: Double, count: Int) {
  let tokens = Tokens(NormalizedText(text))
  var count = 0
  var syllables = 0
  for token in tokens where token.kind == .word || token.kind == .symbol {
    guard !isASCII(token, in: tokens.text) else { continue }
    count += 1
    if isMarkedSyllable(token, in: tokens.text) { syllables += 1 }
  }
  return (count == 0 ? 0 : Double(syllables) / Double(count), count)
}

/// Whether the token is a word with a letter outside ASCII that is spelled like a Vietnamese syllable.
public func isMarkedSyllable(_ token: Token, in text: NormalizedText) -> Bool {
  guard token.kind == .word, !isASCII(token, in: text) else { return false }
  var reading = Syllable.Reading()
  var index = token.range.lowerBound
  while index < token.range.upperBound {
    let (value, count) = scalar(in: text.bytes, at: index)
    index += count
    if let place = Alphabet.index(of: value) {
      reading.add(Alphabet.letters[place])
    } else {
      reading.addForeign()
    }
  }
  return Syllable(reading) != nil
}

private func isASCII(_ token: Token, in text: NormalizedText) -> Bool {
  text.bytes[token.range].allSatisfy { $0 < 0x80 }
}
