/// Tells, for a small part of what it costs to cut a text into its terms, that it holds none of some terms.
///
/// Words are held against terms by their bare letters, which all spellings of a syllable share. What is let
/// through need not hold a term; what is not holds none, but for one that capitals joined by marks spell
/// (`TP.HCM`).
public struct TermSieve: Sendable {
  private var marks = [UInt64](repeating: 0, count: 64)

  /// `terms` are index terms, UTF-8.
  public init(_ terms: some Sequence<[UInt8]>) {
    for term in terms {
      term.withUnsafeBufferPointer { bytes in
        Self.forEachWord(in: bytes) { place, _ in
          marks[place >> 6] |= 1 << UInt64(place & 63)
          return true
        }
      }
    }
  }

  /// False where none of the terms is in a piece of text that ends between two words. `text` is UTF-8.
  public func lets(through text: UnsafeBufferPointer<UInt8>) -> Bool {
    var isLet = false
    marks.withUnsafeBufferPointer { marks in
      Self.forEachWord(in: text) { place, isKnown in
        isLet = !isKnown || marks[place >> 6] & 1 << UInt64(place & 63) != 0
        return !isLet
      }
    }
    return isLet
  }

  /// Calls `body` with one of 4,096 places for each word, and whether all of its letters are known, until it
  /// returns false.
  private static func forEachWord(
    in text: UnsafeBufferPointer<UInt8>, _ body: (Int, Bool) -> Bool
  ) {
    letters.withUnsafeBufferPointer { letters in
      // FNV-1a, 32 bits.
      let start: UInt32 = 0x811c_9dc5
      var hash = start
      var isInside = false
      var isKnown = true
      var index = 0
      while index <= text.count {
        var letter = parting
        if index < text.count {
          let byte = text[index]
          var value = UInt32(byte)
          var count = 1
          if byte >= 0x80 {
            count = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            value = byte < 0xE0 ? UInt32(byte & 0x1F) : byte < 0xF0 ? UInt32(byte & 0x0F) : 0x10
            for offset in 1..<count where index + offset < text.count {
              value = value << 6 | UInt32(text[index + offset] & 0x3F)
            }
          }
          letter = Self.letter(value, letters)
          index += count
        } else {
          index += 1
        }
        switch letter {
        case parting:
          if isInside, !body(Int(hash >> 20), isKnown) { return }
          hash = start
          isInside = false
          isKnown = true
        case unknown:
          isInside = true
          isKnown = false
        case mark: break
        default:
          isInside = true
          hash = (hash ^ UInt32(letter)) &* 0x0100_0193
        }
      }
    }
  }

  private static let parting: UInt8 = 0
  /// Belongs to the letter before it.
  private static let mark: UInt8 = 1
  private static let unknown: UInt8 = 2

  @inline(__always)
  private static func letter(_ value: UInt32, _ letters: UnsafeBufferPointer<UInt8>) -> UInt8 {
    if let place = Alphabet.index(of: value) { return letters[place] }
    switch value {
    case 0x300..<0x370: return mark
    // Quotation marks, dashes, the ellipsis; what has no width may stand within a word.
    case 0x2010..<0x2028, 0x2030..<0x205F: return parting
    default: return unknown
    }
  }

  /// The bare letter or digit of each scalar that `Alphabet.letters` has a place for; i for y, which one term
  /// spells for both.
  private static let letters: [UInt8] = Alphabet.letters.indices.map { place in
    let value = UInt32(place < 0x250 ? place : place - 0x250 + 0x1EA0)
    guard let scalar = Unicode.Scalar(value) else { return unknown }
    let code = Alphabet.letters[place].code
    let bare = code == 0 ? scalar : Alphabet.scalar(code: Alphabet.bare(code)) ?? scalar
    switch bare {
    case "y", "Y": return UInt8(ascii: "i")
    case "đ", "ð", "Ð", "Ɖ": return UInt8(ascii: "d")
    case "a"..."z", "0"..."9": return UInt8(bare.value)
    case "A"..."Z": return UInt8(bare.value) | 0x20
    default:
      // A soft hyphen may stand within a word.
      return value > 0x7F && (scalar.properties.isAlphabetic || value == 0xAD) ? unknown : parting
    }
  }
}
