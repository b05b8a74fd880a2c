import DanvanMessages

/// A text's words, in its lines.
struct WordsOfText {
  private let words: [Danvan_V1_Word]
  private let text: [UInt8]
  private let offsets: ScalarOffsets

  init(_ words: [Danvan_V1_Word], text: String) {
    self.words = words
    self.text = Array(text.utf8)
    offsets = ScalarOffsets(text)
  }

  /// Words parted by spaces, the syllables of each joined by `_`; one line for each line of the text
  /// that has any.
  var lines: [String] {
    var lines: [String] = []
    var end = 0
    for word in words {
      let joined = written(word).split(whereSeparator: \.isWhitespace).joined(separator: "_")
      let between = text[min(end, text.count)..<min(max(end, Int(word.start)), text.count)]
      if lines.isEmpty || between.contains(0x0A) || between.contains(0x0D) {
        lines.append(joined)
      } else {
        lines[lines.count - 1] += " " + joined
      }
      end = Int(word.end)
    }
    return lines
  }

  var json: JSON {
    .array(
      words.map { word in
        .object([
          "start": .integer(offsets[word.start]), "end": .integer(offsets[word.end]),
          "text": .string(written(word)),
        ])
      })
  }

  private func written(_ word: Danvan_V1_Word) -> String {
    let end = min(Int(word.end), text.count)
    return String(decoding: text[min(Int(word.start), end)..<end], as: UTF8.self)
  }
}
