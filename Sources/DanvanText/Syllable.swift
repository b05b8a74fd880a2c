/// A word that is spelled like one Vietnamese syllable: onset, nucleus, coda and one tone.
///
/// Two spellings of the same syllable (`hoà` and `hòa`, `kỳ` and `kì`, `vịêt` and `việt`) give equal
/// syllables, and a syllable packs into an integer without loss.
struct Syllable: Equatable {
  /// Letter codes, five bits each, the last letter lowest.
  private(set) var onset: UInt32
  /// Vowel codes, four bits each.
  private(set) var nucleus: UInt32
  private(set) var coda: UInt32
  let tone: UInt8

  /// Nil where the letters read are not a Vietnamese syllable.
  @inline(__always)
  init?(_ reading: Reading) {
    guard reading.isPlausible else { return nil }
    onset = reading.onset
    nucleus = reading.nucleus
    coda = reading.coda
    tone = reading.tone
    // "qu" is an onset of its own, and "gi" is one before another vowel.
    let head = reading.vowels > 1 ? nucleus >> ((UInt32(reading.vowels) - 1) * 4) : 0
    if onset == UInt32(Alphabet.q) {
      guard head == UInt32(Alphabet.u) else { return nil }
      moveHead(head, reading.vowels)
    } else if onset == UInt32(Alphabet.g), head == UInt32(Alphabet.i) {
      moveHead(head, reading.vowels)
    }
    guard nucleus <= 0xFFF, Orthography.onsets[Int(onset & 0x7FFF)],
      Orthography.nuclei[Int(nucleus)],
      Orthography.codas[Int(coda & 0x3FF)]
    else { return nil }
    if nucleus == UInt32(Alphabet.y) && coda == 0 && Orthography.freeOnsets.contains(onset) {
      nucleus = UInt32(Alphabet.i)
    }
  }

  private mutating func moveHead(_ head: UInt32, _ vowels: UInt8) {
    onset = onset << 5 | head
    nucleus &= (1 << ((UInt32(vowels) - 1) * 4)) - 1
  }

  /// Different for different syllables.
  @inline(__always)
  var packed: UInt64 {
    UInt64(onset) | UInt64(nucleus) << 15 | UInt64(coda) << 27 | UInt64(tone) << 37 | 1 << 40
  }

  /// Appends the canonical spelling: lower case, the tone placed by rule (`hòa`, `thúy`, `ngoài`).
  func spell(into output: inout [UInt8]) {
    let spelling = Alphabet.spelling
    Self.forEachCode(in: onset, bits: 5) { code, _ in
      Self.append(spelling[Int(code) * 8], &output)
    }
    let toned = tonedVowel
    Self.forEachCode(in: nucleus, bits: 4) { code, place in
      Self.append(spelling[Int(code) * 8 + (place == toned ? Int(tone) : 0)], &output)
    }
    Self.forEachCode(in: coda, bits: 5) { code, _ in
      Self.append(spelling[Int(code) * 8], &output)
    }
  }

  /// The place of the vowel that takes the tone, from 0: the last one that has a mark of its own,
  /// else the middle one of three, the second of two before a consonant, the first of two at the end.
  private var tonedVowel: Int {
    var marked = -1
    var count = 0
    Self.forEachCode(in: nucleus, bits: 4) { code, place in
      if Alphabet.bare(code) != code { marked = place }
      count += 1
    }
    if marked >= 0 { return marked }
    return count > 2 || (count == 2 && coda != 0) ? 1 : 0
  }

  @inline(__always)
  private static func forEachCode(in packed: UInt32, bits: Int, _ body: (UInt8, Int) -> Void) {
    var left = (32 - packed.leadingZeroBitCount + bits - 1) / bits
    var place = 0
    while left > 0 {
      left -= 1
      body(
        UInt8(truncatingIfNeeded: (packed >> UInt32(left * bits)) & ((1 << UInt32(bits)) - 1)),
        place)
      place += 1
    }
  }

  @inline(__always)
  private static func append(_ letter: UInt32, _ output: inout [UInt8]) {
    output.append(UInt8(truncatingIfNeeded: letter))
    if letter > 0xFF { output.append(UInt8(truncatingIfNeeded: letter >> 8)) }
    if letter > 0xFFFF { output.append(UInt8(truncatingIfNeeded: letter >> 16)) }
  }

  /// The letters of a word as they are read, one after another.
  struct Reading {
    fileprivate(set) var onset: UInt32 = 0
    fileprivate(set) var nucleus: UInt32 = 0
    fileprivate(set) var coda: UInt32 = 0
    fileprivate(set) var tone: UInt8 = 0
    fileprivate(set) var vowels: UInt8 = 0
    private var consonants: UInt8 = 0
    private var finals: UInt8 = 0
    private var isForeign = false

    init() {}

    var isPlausible: Bool { !isForeign && vowels > 0 }

    @inline(__always)
    mutating func add(_ letter: Alphabet.Letter) {
      let code = letter.code
      if code == 0 {
        isForeign = true
      } else if code <= Alphabet.vowelCount {
        if finals > 0 || vowels == 4 || (letter.tone != 0 && tone != 0) { isForeign = true }
        nucleus = nucleus << 4 | UInt32(code)
        tone |= letter.tone
        vowels &+= 1
      } else if vowels == 0 {
        if consonants == 3 { isForeign = true }
        onset = (onset << 5 | UInt32(code)) & 0x7FFF
        consonants = min(consonants &+ 1, 3)
      } else {
        if finals == 2 { isForeign = true }
        coda = (coda << 5 | UInt32(code)) & 0x3FF
        finals = min(finals &+ 1, 2)
      }
      if isForeign { vowels = min(vowels, 4) }
    }

    @inline(__always)
    mutating func addForeign() { isForeign = true }
  }
}

/// Which onsets, nuclei and codas Vietnamese spelling has.
enum Orthography {
  static let onsets = table(
    bits: 5, size: 0x8000,
    ["", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh"]
      + ["nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x"])
  static let nuclei = table(
    bits: 4, size: 0x1000,
    ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"]
      + ["ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia", "iê", "iu", "oa", "oă", "oe", "oi"]
      + ["oo", "ôi", "ôô", "ơi", "ua", "uâ", "uê", "ui", "uô", "uơ", "uy", "ưa", "ưi", "ươ", "ưu"]
      + ["yê", "iêu", "yêu", "oai", "oao", "oay", "oeo", "uây", "uôi", "uya", "uyê", "uyu"]
      + ["ươi", "ươu"])
  static let codas = table(bits: 5, size: 0x400, ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"])
  /// Onsets after which an open `y` and an open `i` are the same vowel.
  static let freeOnsets: Set<UInt32> = Set(
    ["h", "k", "l", "m", "s", "t", "v", "qu"].map { pack($0, bits: 5) })

  private static func table(bits: UInt32, size: Int, _ spellings: [String]) -> [Bool] {
    var table = [Bool](repeating: false, count: size)
    for spelling in spellings { table[Int(pack(spelling, bits: bits))] = true }
    return table
  }

  private static func pack(_ spelling: String, bits: UInt32) -> UInt32 {
    spelling.unicodeScalars.reduce(0) { $0 << bits | UInt32(Alphabet.code(of: $1)) }
  }
}
