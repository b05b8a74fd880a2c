import DanvanMessages

/// The changes of a text as sentences to read: each that changed, with one before and one behind it.
struct DiffHunks {
  struct Piece: Equatable {
    var change: Danvan_V1_TextChange.Change
    var text: String
  }
  /// A sentence or paragraph's end of both texts, without its line feed.
  struct Sentence: Equatable {
    var pieces: [Piece] = []
    /// Where it begins in the newer text, in Unicode scalars.
    var start: Int
    var isChanged: Bool { pieces.contains { $0.change != .kept } }
  }
  /// Neighbours without a gap are one hunk.
  private(set) var hunks: [[Sentence]] = []

  init(_ changes: [Danvan_V1_TextChange]) {
    let sentences = Self.sentences(changes)
    var last = -2
    for index in sentences.indices {
      let around = max(0, index - 1)...min(sentences.count - 1, index + 1)
      guard sentences[around].contains(where: \.isChanged) else { continue }
      if index == last + 1 {
        hunks[hunks.count - 1].append(sentences[index])
      } else {
        hunks.append([sentences[index]])
      }
      last = index
    }
  }

  private static func sentences(_ changes: [Danvan_V1_TextChange]) -> [Sentence] {
    var sentences: [Sentence] = []
    var sentence = Sentence(start: 0)
    var position = 0
    func close() {
      if !sentence.pieces.isEmpty { sentences.append(sentence) }
      sentence = Sentence(start: position)
    }
    for change in changes {
      var text = ""
      func flush() {
        if !text.isEmpty { sentence.pieces.append(Piece(change: change.change, text: text)) }
        text = ""
      }
      var last: Unicode.Scalar?
      for scalar in change.text.unicodeScalars {
        if change.change != .removed { position += 1 }
        if scalar == "\n" {
          // A line end that came or went is a change, too.
          if change.change != .kept { text += "¶" }
          flush()
          close()
        } else {
          text.unicodeScalars.append(scalar)
          // Only where both texts have it: a sentence that was replaced stays beside its successor.
          let ends =
            change.change == .kept && scalar == " "
            && last.map { ".!?".unicodeScalars.contains($0) } == true
          if ends {
            flush()
            close()
          }
        }
        last = scalar
      }
      flush()
    }
    close()
    return sentences
  }

  /// Lines of a terminal's width; where there is no colour, what is gone is [-so-] and what is new {+so+}.
  func lines(_ style: Style) -> [String] {
    hunks.flatMap { hunk -> [String] in
      [style.paint("@@ \(hunk[0].start) @@", .dim)]
        + hunk.flatMap { Self.lines(of: $0, style) }
    }
  }

  static func lines(of sentence: Sentence, _ style: Style) -> [String] {
    var text = ""
    var paints: [Paint] = []
    for piece in sentence.pieces {
      let (paint, open, close): (Paint, String, String) =
        switch piece.change {
        case .removed: (.bad, "[-", "-]")
        case .added: (.good, "{+", "+}")
        default: (.none, "", "")
        }
      let marked = style.hasColor ? piece.text.printable : open + piece.text.printable + close
      text += marked
      paints += Array(repeating: paint, count: marked.utf8.count)
    }
    let inner = Style(hasColor: style.hasColor, width: style.width.map { $0 - 2 })
    return PaintedText.lines(of: text, inner) { paints[$0] }
      .enumerated().map { ($0.offset == 0 && sentence.isChanged ? "| " : "  ") + $0.element }
  }
}
