/// The order of Vietnamese dictionaries: a ă â b c d đ e ê … o ô ơ … u ư … y z, and among words of
/// the same letters the tones ngang, huyền, hỏi, ngã, sắc, nặng (the CLDR collation `vi`).
public enum VietnameseOrder {
  public static func precedes(_ a: String, _ b: String) -> Bool {
    key(a).lexicographicallyPrecedes(key(b))
  }

  /// Bytes that sort as the text does. Letters come first, then tones, then capitals.
  public static func key(_ text: String) -> [UInt8] {
    var letters: [UInt8] = []
    var tones: [UInt8] = []
    var capitals: [UInt8] = []
    let bytes = NormalizedText(text).bytes
    var index = 0
    while index < bytes.count {
      let (value, count) = scalar(in: bytes, at: index)
      defer { index += count }
      if let place = Alphabet.index(of: value), case let letter = Alphabet.letters[place],
        letter.code != 0, let bare = Alphabet.scalar(code: letter.code), let rank = ranks[bare]
      {
        letters.append(rank)
        tones.append(toneRanks[Int(letter.tone) % toneRanks.count])
        capitals.append(letter.isUpper ? 2 : 1)
        continue
      }
      // Other letters by their plain form, digits and marks before all letters.
      var plain: [UInt8] = []
      PlainForm.append(Array(bytes[index..<index + count]), to: &plain)
      for byte in plain {
        if let rank = ranks[Unicode.Scalar(byte)] {
          letters.append(rank)
        } else {
          letters.append(byte < 0x80 ? min(byte, firstRank - 1) : 0xFF)
          if byte >= 0x80 { letters.append(byte) }
        }
        tones.append(1)
        capitals.append(1)
      }
    }
    return letters + [0] + tones + [0] + capitals
  }

  /// Above the digits and the marks before them, `~` and its like included.
  private static let firstRank: UInt8 = 0x60

  private static let ranks: [Unicode.Scalar: UInt8] = {
    let alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz".unicodeScalars
    return Dictionary(
      uniqueKeysWithValues: zip(alphabet, (0..<UInt8(alphabet.count)).map { firstRank + $0 }))
  }()

  /// By the tone's column in `Alphabet`: none, huyền, sắc, ngã, hỏi, nặng.
  private static let toneRanks: [UInt8] = [1, 2, 5, 4, 3, 6]
}
