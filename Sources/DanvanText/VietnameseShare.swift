/// How much of a text outside ASCII is spelled like Vietnamese: of its words with such letters and
/// its stray symbols, the share that are syllables, and how many they are in all.
///
/// Text that was decoded by the wrong table has a low share.
public func vietnameseShare(of text: String) -> (share: Double, count: Int) {
  var count = 0
  var syllables = 0
  let normalized = NormalizedText(text)
  for token in Tokens(normalized) where token.kind == .word || token.kind == .symbol {
    let piece = normalized.string(token.range)
    guard piece.utf8.contains(where: { $0 >= 0x80 }) else { continue }
    count += 1
    if token.kind == .word, isSyllable(piece) { syllables += 1 }
  }
  return (count == 0 ? 0 : Double(syllables) / Double(count), count)
}

private func isSyllable(_ word: String) -> Bool {
  var reading = Syllable.Reading()
  for scalar in word.unicodeScalars {
    if let place = Alphabet.index(of: scalar.value) {
      reading.add(Alphabet.letters[place])
    } else {
      reading.addForeign()
    }
  }
  return Syllable(reading) != nil
}
