extension String {
  /// Whether there is nothing but white space, also of the kinds outside ASCII.
  var isBlank: Bool { unicodeScalars.allSatisfy(\.isSpaceOrIgnorable) }

  /// Without white space at both ends.
  var trimmed: String {
    var scalars = unicodeScalars[...]
    while let first = scalars.first, first.isSpaceOrIgnorable { scalars.removeFirst() }
    while let last = scalars.last, last.isSpaceOrIgnorable { scalars.removeLast() }
    return String(scalars)
  }

  /// Every run of white space that holds a line break as one space.
  var onOneLine: String {
    guard unicodeScalars.contains(where: \.isLineBreak) else { return self }
    var line = UnicodeScalarView()
    for part in unicodeScalars.split(whereSeparator: \.isLineBreak) {
      let part = String(part).trimmed
      guard !part.isEmpty else { continue }
      if !line.isEmpty { line.append(" ") }
      line.append(contentsOf: part.unicodeScalars)
    }
    return String(line)
  }

  /// What stands before the first line break, after any blank lines.
  var firstLine: String {
    let scalars = unicodeScalars.drop(while: \.isSpaceOrIgnorable)
    return String(scalars.prefix { !$0.isLineBreak })
  }

  /// The first `count` lines that are not blank with all before them, cut after `limit` bytes.
  func openingLines(_ count: Int, atMost limit: Int) -> String {
    var found = 0
    var isBlankLine = true
    var end = unicodeScalars.startIndex
    var length = 0
    for index in unicodeScalars.indices {
      let scalar = unicodeScalars[index]
      if scalar.isLineBreak {
        if !isBlankLine { found += 1 }
        isBlankLine = true
      } else if !scalar.isSpaceOrIgnorable {
        isBlankLine = false
      }
      if found == count || length >= limit { break }
      length += UTF8.width(scalar)
      end = unicodeScalars.index(after: index)
    }
    return String(unicodeScalars[..<end])
  }

  /// Whether the first line is `title`, whatever the white space and the form of composition.
  func opens(with title: String) -> Bool {
    // Marks and spaces more than treble no title.
    let line = firstLine
    guard line.utf8.count <= 64 + 3 * title.utf8.count else {
      return false
    }
    // Swift compares by canonical equivalence, so NFC and NFD are the same here.
    return line.squeezed == title.squeezed
  }

  /// Trimmed, with every run of white space as one space.
  var squeezed: String {
    var out = UnicodeScalarView()
    var pending = false
    for scalar in unicodeScalars {
      if scalar.isSpaceOrIgnorable {
        pending = !out.isEmpty
      } else {
        if pending { out.append(" ") }
        pending = false
        out.append(scalar)
      }
    }
    return String(out)
  }
}

extension Unicode.Scalar {
  var isLineBreak: Bool {
    switch value {
    case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// White space, or a mark without width or meaning: zero-width space, joiners, byte-order mark.
  var isSpaceOrIgnorable: Bool {
    if value < 0x80 { return value == 0x20 || (0x09...0x0D).contains(value) }
    // The property White_Space, written out because looking it up costs far more.
    switch value {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return true
    case 0x200B...0x200D, 0x2060, 0xFEFF, 0xAD: return true
    default: return false
    }
  }
}
