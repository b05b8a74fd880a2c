/// Makes the normalised bytes of a stored text in one pass.
struct Composer {
  private let stored: [UInt8]
  private(set) var output: [UInt8] = []
  private(set) var changes: [NormalizedText.Change] = []
  /// Where the stored bytes not yet copied begin.
  private var pending = 0

  init(_ stored: [UInt8]) { self.stored = stored }

  var isChanged: Bool { !changes.isEmpty }

  mutating func run() {
    let suspects = Self.suspects
    var index = 0
    while index < stored.count {
      if !suspects[Int(stored[index])] {
        index += 1
        continue
      }
      let (value, count) = scalar(in: stored, at: index)
      switch Self.treatment(of: value) {
      case .keep: break
      case .mark(let mark): compose(mark, value, at: index, count)
      case .drop: replace(index..<(index + count), with: nil)
      case .become(let byte): replace(index..<(index + count), with: Unicode.Scalar(byte))
      case .letter(let scalar): replace(index..<(index + count), with: scalar)
      case .carriageReturn:
        let pair = index + 1 < stored.count && stored[index + 1] == 0x0A
        replace(index..<(index + (pair ? 2 : 1)), with: "\n")
        index += pair ? 2 : 1
        continue
      }
      index += count
    }
    if isChanged { output.append(contentsOf: stored[pending...]) }
  }

  private mutating func flush(to end: Int) {
    if changes.isEmpty { output.reserveCapacity(stored.count) }
    output.append(contentsOf: stored[pending..<end])
    pending = end
  }

  private mutating func replace(_ range: Range<Int>, with scalar: Unicode.Scalar?) {
    flush(to: range.lowerBound)
    let start = output.count
    if let scalar { output.append(scalar: scalar) }
    changes.append(
      .init(
        start: start, end: output.count, storedStart: range.lowerBound, storedEnd: range.upperBound)
    )
    pending = range.upperBound
  }

  /// Puts a mark on the letter before it, where the two make a Vietnamese letter.
  private mutating func compose(_ mark: CombiningMark, _ value: UInt32, at index: Int, _ count: Int)
  {
    // Nothing is copied before it is known that something changes.
    let base =
      pending < index
      ? scalar(in: stored, before: index)
      : output.isEmpty ? (0, 0) : scalar(in: output, before: output.count)
    guard let place = Alphabet.index(of: base.0) else {
      return keepDeprecated(value, at: index, count)
    }
    let letter = Alphabet.letters[place]
    guard letter.isVowel else { return keepDeprecated(value, at: index, count) }
    let composed: Unicode.Scalar?
    switch mark {
    case .tone(let tone):
      guard letter.tone == 0 else { return keepDeprecated(value, at: index, count) }
      composed = Alphabet.scalar(code: letter.code, tone: tone, upper: letter.isUpper)
    case .shape(let shape):
      guard let vowel = Alphabet.vowel(letter.code, with: shape) else { return }
      composed = Alphabet.scalar(code: vowel, tone: letter.tone, upper: letter.isUpper)
    }
    guard let composed else { return }
    flush(to: index)
    let start = output.count - base.1
    output.removeLast(base.1)
    while let last = changes.last, last.end > start || last.start > start { changes.removeLast() }
    let storedStart = changes.last.map { $0.storedEnd + (start - $0.end) } ?? start
    output.append(scalar: composed)
    changes.append(
      .init(
        start: start, end: output.count, storedStart: storedStart, storedEnd: index + count))
    pending = index + count
  }

  /// A mark that composes with nothing stays, U+0340 and U+0341 in their present form.
  private mutating func keepDeprecated(_ value: UInt32, at index: Int, _ count: Int) {
    if value == 0x340 { replace(index..<(index + count), with: "\u{300}") }
    if value == 0x341 { replace(index..<(index + count), with: "\u{301}") }
  }

  enum CombiningMark {
    case tone(UInt8)
    case shape(Alphabet.Mark)
  }

  private enum Treatment {
    case keep, drop, carriageReturn
    case become(UInt8)
    case letter(Unicode.Scalar)
    case mark(CombiningMark)
  }

  /// Bytes that may begin a scalar which `treatment` changes.
  private static let suspects: [Bool] = {
    var table = [Bool](repeating: false, count: 256)
    for byte in [0x09, 0x0B, 0x0C, 0x0D, 0xC2, 0xC3, 0xC6, 0xC9, 0xCC, 0xCD, 0xE2, 0xE3, 0xEF] {
      table[byte] = true
    }
    return table
  }()

  private static func treatment(of scalar: UInt32) -> Treatment {
    switch scalar {
    case 0x0D: .carriageReturn
    case 0x09, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: .become(0x20)
    case 0x0B, 0x0C, 0x85, 0x2028, 0x2029: .become(0x0A)
    case 0xAD, 0x34F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF: .drop
    // Eth, African D and their small forms: three code points drawn like Đ.
    case 0xD0, 0x189: .letter("Đ")
    case 0xF0, 0x256: .letter("đ")
    case 0x300, 0x340: .mark(.tone(1))
    case 0x301, 0x341: .mark(.tone(2))
    case 0x303: .mark(.tone(3))
    case 0x309: .mark(.tone(4))
    case 0x323: .mark(.tone(5))
    case 0x302: .mark(.shape(.circumflex))
    case 0x306: .mark(.shape(.breve))
    case 0x31B: .mark(.shape(.horn))
    default: .keep
    }
  }
}
