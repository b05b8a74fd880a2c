import DanvanText

/// A text in lines of a terminal's width, broken at spaces, each byte in its paint.
struct PaintedText {
  private let style: Style
  private let width: Int
  private var lines: [String] = []
  private var line = Line()
  /// What has come since the last space, and may have to go to the next line.
  private var word = Line()

  private struct Line {
    var pieces: [(text: String, paint: Paint)] = []
    var columns = 0

    mutating func append(_ scalar: Unicode.Scalar, _ paint: Paint) {
      columns += displayWidth(scalar)
      if let last = pieces.indices.last, pieces[last].paint == paint {
        pieces[last].text.unicodeScalars.append(scalar)
      } else {
        pieces.append((String(scalar), paint))
      }
    }

    /// Without spaces at the end.
    mutating func dropSpaces() {
      while let last = pieces.indices.last {
        while pieces[last].text.last == " " { pieces[last].text.removeLast() }
        guard pieces[last].text.isEmpty else { return }
        pieces.removeLast()
      }
    }

    mutating func append(_ other: Line) {
      for piece in other.pieces {
        if let last = pieces.indices.last, pieces[last].paint == piece.paint {
          pieces[last].text += piece.text
        } else {
          pieces.append(piece)
        }
      }
      columns += other.columns
    }
  }

  /// The lines of `text`. Without a width in `style`, lines are as long as the text's own.
  static func lines(of text: String, _ style: Style, paint: (Int) -> Paint) -> [String] {
    var painted = PaintedText(style: style, width: style.width.map { min($0, 100) } ?? .max)
    var byte = 0
    for scalar in text.unicodeScalars {
      painted.add(scalar, paint(byte))
      byte += UTF8.width(scalar)
    }
    painted.breakLine()
    return painted.lines
  }

  private init(style: Style, width: Int) {
    self.style = style
    self.width = width
  }

  private mutating func add(_ scalar: Unicode.Scalar, _ paint: Paint) {
    if scalar == "\n" { return breakLine() }
    let isSpace = scalar == " " || scalar.isControl
    if isSpace {
      takeWord()
      word.append(" ", paint)
      takeWord()
    } else {
      word.append(scalar, paint)
    }
  }

  private mutating func takeWord() {
    if line.columns + word.columns > width, line.columns > 0 {
      flushLine()
      if word.pieces.allSatisfy({ $0.text == " " }) { word = Line() }
    }
    line.append(word)
    word = Line()
  }

  private mutating func breakLine() {
    takeWord()
    flushLine()
  }

  private mutating func flushLine() {
    line.dropSpaces()
    lines.append(line.pieces.map { style.paint($0.text, $0.paint) }.joined())
    line = Line()
  }
}
