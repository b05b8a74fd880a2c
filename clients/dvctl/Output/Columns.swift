import DanvanText

/// Text in terminal columns: what a scalar takes, where to cut, how to fill up.
extension String {
  /// Without what could drive a terminal: control characters become spaces.
  ///
  /// Article text comes from anywhere; an escape sequence in it must stay text.
  var printable: String {
    guard unicodeScalars.contains(where: \.isControl) else { return self }
    var out = UnicodeScalarView()
    for scalar in unicodeScalars { out.append(scalar.isControl ? " " : scalar) }
    return String(out)
  }

  /// At most `width` columns, with `…` for what is cut off; marks stay with their letter.
  func cut(to width: Int) -> String {
    var columns = 0
    var end = unicodeScalars.startIndex
    var scalars = unicodeScalars.indices.makeIterator()
    // `end` trails behind: it is where the text is cut should it turn out too long.
    while let index = scalars.next() {
      let own = displayWidth(unicodeScalars[index])
      if columns + own > width { return String(unicodeScalars[..<end]) + (width > 0 ? "…" : "") }
      columns += own
      if columns < width { end = unicodeScalars.index(after: index) }
    }
    return self
  }

  /// Filled with spaces on the right to `width` columns.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - displayWidth(self)))
  }

  func paddedLeft(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - displayWidth(self))) + self
  }
}

extension Unicode.Scalar {
  var isControl: Bool {
    value < 0x20 || (0x7F...0x9F).contains(value) || (0x202A...0x202E).contains(value)
      || (0x2066...0x2069).contains(value)
  }
}
