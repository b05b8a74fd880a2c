/// Cuts normalised bytes into tokens, in one pass.
struct TokenScanner {
  private let bytes: [UInt8]
  private let letters = Alphabet.letters
  private var index = 0
  private var tokens: [Token] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func run() -> [Token] {
    tokens.reserveCapacity(bytes.count / 5 + 8)
    var spaceBefore = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x20 {
        spaceBefore = true
        index += 1
        continue
      }
      let start = index
      switch byte {
      case 0x41...0x5A, 0x61...0x7A:
        scanWord(spaceBefore)
      case 0x30...0x39:
        scanNumber(spaceBefore)
      case 0x0A:
        index += 1
        add(.newline, from: start, key: Hashing.key(scalar: 0x0A), spaceBefore)
      case 0...0x1F, 0x7F:
        // Other control characters are invisible: they part tokens as a space does.
        index += 1
        spaceBefore = true
        continue
      case 0x2E where index + 1 < bytes.count && bytes[index + 1] == 0x2E:
        while index < bytes.count && bytes[index] == 0x2E { index += 1 }
        add(.punctuation, from: start, key: PunctuationKey.ellipsis, spaceBefore)
      case 0x21...0x7E:
        index += 1
        let kind: Token.Kind = Marks.symbols.contains(byte) ? .symbol : .punctuation
        add(kind, from: start, key: Hashing.key(scalar: UInt32(byte)), spaceBefore)
      default:
        scanBeyondASCII(spaceBefore)
      }
      spaceBefore = false
    }
    return tokens
  }

  private mutating func scanBeyondASCII(_ spaceBefore: Bool) {
    let start = index
    let (value, count) = scalar(in: bytes, at: index)
    if isLetter(value) {
      scanWord(spaceBefore)
    } else {
      index += count
      let kind: Token.Kind = Marks.isPunctuation(value) ? .punctuation : .symbol
      add(kind, from: start, key: Hashing.key(scalar: Marks.unified(value)), spaceBefore)
    }
  }

  private mutating func scanNumber(_ spaceBefore: Bool) {
    let start = index
    var value: Int64 = 0
    var hash = Hashing.Bytes()
    while index < bytes.count, case let digit = bytes[index], digit >= 0x30 && digit <= 0x39 {
      value = min(value * 10 + Int64(digit - 0x30), Int64(Int32.max) + 1)
      hash.add(digit)
      index += 1
    }
    add(
      .number, from: start, key: hash.key, spaceBefore, number: Int32(exactly: value) ?? -1)
  }

  private mutating func scanWord(_ spaceBefore: Bool) {
    let start = index
    var reading = Syllable.Reading()
    var uppers = 0
    var count = 0
    var startsUpper = false
    var wasLower = false
    var seam: Seam?
    while index < bytes.count {
      let byte = bytes[index]
      let letter: Alphabet.Letter
      let length: Int
      if byte < 0x80 {
        letter = letters[Int(byte)]
        guard letter.isLetter else { break }
        length = 1
      } else {
        let (value, valueCount) = scalar(in: bytes, at: index)
        length = valueCount
        if let place = Alphabet.index(of: value) {
          guard letters[place].isLetter else { break }
          letter = letters[place]
        } else if count > 0 && Marks.isCombining(value) {
          reading.addForeign()
          index += length
          continue
        } else {
          guard isLetter(value) else { break }
          let isUpper = Unicode.Scalar(value)?.properties.isUppercase ?? false
          letter = Alphabet.Letter(code: 0, tone: 0, upper: isUpper)
        }
      }
      if letter.isUpper, wasLower, seam == nil {
        seam = Seam(index: index, left: reading, letters: count, startsUpper: startsUpper)
      }
      wasLower = !letter.isUpper
      seam?.right.add(letter)
      reading.add(letter)
      if letter.isUpper {
        uppers += 1
        if count == 0 { startsUpper = true }
      }
      count += 1
      index += length
    }
    if let seam, let left = seam.leftSyllable(in: bytes, start..<index) {
      // The second word is scanned next, as one without a space before it.
      index = seam.index
      add(
        .word, from: start, key: Hashing.mix(left.packed), spaceBefore,
        shape: seam.startsUpper ? .capitalized : .lower)
      return
    }
    let shape: Token.Shape =
      uppers == 0
      ? .lower
      : uppers == 1 && startsUpper ? .capitalized : uppers == count ? .upper : .mixed
    let key: UInt64
    if let syllable = Syllable(reading) {
      key = Hashing.mix(syllable.packed)
    } else {
      var hash = Hashing.Bytes()
      Lowercase.forEachByte(of: bytes, in: start..<index) { hash.add($0) }
      key = hash.key
    }
    add(.word, from: start, key: key, spaceBefore, shape: shape)
  }

  /// Where a capital follows a small letter inside a run of letters: the place at which a crawl that
  /// lost a space glued two words (`MinhĐối`).
  private struct Seam {
    let index: Int
    let left: Syllable.Reading
    let letters: Int
    let startsUpper: Bool
    var right = Syllable.Reading()

    init(index: Int, left: Syllable.Reading, letters: Int, startsUpper: Bool) {
      self.index = index
      self.left = left
      self.letters = letters
      self.startsUpper = startsUpper
    }

    /// The first word, where both are Vietnamese syllables of two letters or more and a mark shows
    /// the language; names such as VnExpress stay whole.
    func leftSyllable(in bytes: [UInt8], _ range: Range<Int>) -> Syllable? {
      guard letters >= 2, range.upperBound - index >= 2, Syllable(right) != nil,
        bytes[range].contains(where: { $0 >= 0x80 })
      else { return nil }
      return Syllable(left)
    }
  }

  private func isLetter(_ value: UInt32) -> Bool {
    if let place = Alphabet.index(of: value) { return letters[place].isLetter }
    return Unicode.Scalar(value)?.properties.isAlphabetic ?? false
  }

  private mutating func add(
    _ kind: Token.Kind, from start: Int, key: UInt64, _ spaceBefore: Bool,
    shape: Token.Shape = .none, number: Int32 = -1
  ) {
    tokens.append(
      Token(
        start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: index),
        number: number, kind: kind, shape: shape, spaceBefore: spaceBefore, key: key))
  }
}

/// What is known of scalars that are not letters.
enum Marks {
  /// The ASCII marks that are no punctuation: $ + < = > ^ ` | ~
  static let symbols: Set<UInt8> = [0x24, 0x2B, 0x3C, 0x3D, 0x3E, 0x5E, 0x60, 0x7C, 0x7E]

  static func isPunctuation(_ value: UInt32) -> Bool {
    switch value {
    case 0x2010...0x2027, 0x2030...0x205E: return true
    case 0..<0x80: return true
    default:
      switch Unicode.Scalar(value)?.properties.generalCategory {
      case .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
        .finalPunctuation, .connectorPunctuation, .otherPunctuation:
        return true
      default: return false
      }
    }
  }

  static func isCombining(_ value: UInt32) -> Bool {
    if value >= 0x300 && value < 0x370 { return true }
    switch Unicode.Scalar(value)?.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return false
    }
  }

  /// One scalar for each class of marks that read the same.
  static func unified(_ value: UInt32) -> UInt32 {
    switch value {
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: 0x2D
    case 0x201C, 0x201E, 0x201F, 0xAB: 0x201C
    case 0x201D, 0xBB: 0x201D
    case 0x2018, 0x201A, 0x201B, 0x2039: 0x2018
    case 0x2019, 0x203A, 0x2032, 0xB4: 0x27
    case 0x2033: 0x22
    default: value
    }
  }
}

/// Lower case, scalar by scalar.
enum Lowercase {
  /// Calls `body` for each byte of the lower-case form of normalised bytes.
  static func forEachByte(of bytes: [UInt8], in range: Range<Int>, _ body: (UInt8) -> Void) {
    var index = range.lowerBound
    while index < range.upperBound {
      let (value, count) = scalar(in: bytes, at: index)
      if value < 0x80 {
        body(value >= 0x41 && value <= 0x5A ? UInt8(value) | 0x20 : bytes[index])
      } else if let scalar = Unicode.Scalar(value), scalar.properties.isUppercase {
        for byte in scalar.properties.lowercaseMapping.utf8 { body(byte) }
      } else {
        for offset in index..<min(index + count, range.upperBound) { body(bytes[offset]) }
      }
      index += count
    }
  }
}
