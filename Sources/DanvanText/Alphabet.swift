/// The letters of Vietnamese as small codes, by scalar.
///
/// Codes 1 to 12 are the vowels a ă â e ê i o ô ơ u ư y, 13 to 29 the consonants; the tone is kept
/// apart from the vowel, so that where a writer puts it cannot matter.
enum Alphabet {
  /// Rows: the twelve vowels; columns: the tones as in `Tone`.
  private static let vowelRows = [
    "aàáãảạ", "ăằắẵẳặ", "âầấẫẩậ", "eèéẽẻẹ", "êềếễểệ", "iìíĩỉị",
    "oòóõỏọ", "ôồốỗổộ", "ơờớỡởợ", "uùúũủụ", "ưừứữửự", "yỳýỹỷỵ",
  ].map { Array($0.unicodeScalars) }
  private static let consonants = Array("bcdđghklmnpqrstvx".unicodeScalars)

  static let a: UInt8 = 1
  static let i: UInt8 = 6
  static let u: UInt8 = 10
  static let y: UInt8 = 12
  static let vowelCount: UInt8 = 12
  static let b: UInt8 = 13
  static let g = code(of: "g")
  static let q = code(of: "q")

  /// What is known of the scalars below U+0250 and of U+1EA0 to U+1EFF.
  static let letters: [Letter] = {
    var table = [Letter](repeating: Letter(bits: 0), count: 0x250 + 0x60)
    for value in UInt32(0x41)..<0x250 {
      guard let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic else { continue }
      table[Int(value)] = Letter(code: 0, tone: 0, upper: scalar.properties.isUppercase)
    }
    func enter(_ scalar: Unicode.Scalar, _ letter: Letter) {
      if let index = index(of: scalar.value) { table[index] = letter }
    }
    func enterBothCases(_ scalar: Unicode.Scalar, code: UInt8, tone: UInt8) {
      enter(scalar, Letter(code: code, tone: tone, upper: false))
      if let upper = scalar.properties.uppercaseMapping.unicodeScalars.first {
        enter(upper, Letter(code: code, tone: tone, upper: true))
      }
    }
    for (row, scalars) in vowelRows.enumerated() {
      for (tone, scalar) in scalars.enumerated() {
        enterBothCases(scalar, code: UInt8(row + 1), tone: UInt8(tone))
      }
    }
    for (offset, scalar) in consonants.enumerated() {
      enterBothCases(scalar, code: b + UInt8(offset), tone: 0)
    }
    return table
  }()

  /// The UTF-8 of each lower-case letter, first byte lowest, at code * 8 + tone.
  static let spelling: [UInt32] = (0..<32 * 8).map { place in
    guard let scalar = scalar(code: UInt8(place / 8), tone: UInt8(place % 8)) else { return 0 }
    return String(Character(scalar)).utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The place of a scalar in `letters`; nil for scalars that no Vietnamese letter has.
  @inline(__always)
  static func index(of scalar: UInt32) -> Int? {
    if scalar < 0x250 { return Int(scalar) }
    if scalar >= 0x1EA0 && scalar < 0x1F00 { return Int(scalar) - 0x1EA0 + 0x250 }
    return nil
  }

  /// The letter of a code 1 to 29, with a tone where it is a vowel.
  static func scalar(code: UInt8, tone: UInt8 = 0, upper: Bool = false) -> Unicode.Scalar? {
    let lower: Unicode.Scalar
    if code >= 1 && code <= vowelCount {
      guard tone < 6 else { return nil }
      lower = vowelRows[Int(code) - 1][Int(tone)]
    } else {
      guard code >= b, Int(code - b) < consonants.count else { return nil }
      lower = consonants[Int(code - b)]
    }
    return upper ? lower.properties.uppercaseMapping.unicodeScalars.first : lower
  }

  static func code(of letter: Unicode.Scalar) -> UInt8 {
    guard let index = index(of: letter.value) else { return 0 }
    return letters[index].code
  }

  /// The vowel that a mark makes of a vowel (`a` with a breve: `ă`); nil where there is none.
  static func vowel(_ code: UInt8, with mark: Mark) -> UInt8? {
    switch (code, mark) {
    case (1, .breve): 2
    case (1, .circumflex): 3
    case (4, .circumflex): 5
    case (7, .circumflex): 8
    case (7, .horn): 9
    case (10, .horn): 11
    default: nil
    }
  }

  /// The unmarked vowel under a vowel: `a` of `ă`.
  static func bare(_ code: UInt8) -> UInt8 {
    switch code {
    case 2, 3: 1
    case 5: 4
    case 8, 9: 7
    case 11: 10
    default: code
    }
  }

  enum Mark { case circumflex, breve, horn }

  /// One entry of `letters`.
  struct Letter {
    let bits: UInt16
    init(bits: UInt16) { self.bits = bits }
    init(code: UInt8, tone: UInt8, upper: Bool) {
      bits = 0x8000 | (upper ? 0x100 : 0) | UInt16(tone) << 5 | UInt16(code)
    }
    @inline(__always) var isLetter: Bool { bits & 0x8000 != 0 }
    /// 0 for a letter that Vietnamese words do not have.
    @inline(__always) var code: UInt8 { UInt8(truncatingIfNeeded: bits & 0x1F) }
    @inline(__always) var tone: UInt8 { UInt8(truncatingIfNeeded: (bits >> 5) & 7) }
    @inline(__always) var isUpper: Bool { bits & 0x100 != 0 }
    @inline(__always) var isVowel: Bool { code >= 1 && code <= Alphabet.vowelCount }
  }
}
