/// The order of Vietnamese dictionaries: a ă â b c d đ e ê … o ô ơ … u ư … y z, and among words of
/// the same letters the tones ngang, huyền, hỏi, ngã, sắc, nặng (the CLDR collation `vi`).
public enum VietnameseOrder {
  public static func precedes(_ a: String, _ b: String) -> Bool {
    key(a).lexicographicallyPrecedes(key(b))
  }

  /// Changes whenever a text would get another key.
  public static let version = "order 1"

  /// Bytes that sort as the text does. Letters come first, then tones, then capitals.
  ///
  /// Of two texts with the same letters the tones stand at the same places, so that only vowels need one: two
  /// tones a byte, seven capitals a byte, without what is ngang or small at the end.
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
        if letter.code <= Alphabet.vowelCount {
          tones.append(toneRanks[Int(letter.tone) % toneRanks.count])
        }
        capitals.append(letter.isUpper ? 1 : 0)
        continue
      }
      // Signs that ASCII lacks, such as “ and –, stand with its own, before digits and letters.
      if value >= 0x80, let sign = Unicode.Scalar(value), !sign.properties.isAlphabetic {
        letters.append(UInt8(ascii: "\""))
        continue
      }
      // Other letters by their plain form; those of other scripts after all.
      var plain: [UInt8] = []
      PlainForm.append(Array(bytes[index..<index + count]), to: &plain)
      for byte in plain {
        guard byte < 0x80 else {
          letters += [0xFF, byte]
          continue
        }
        guard let rank = ranks[Unicode.Scalar(byte)] else {
          letters.append(min(byte, firstRank - 1))
          continue
        }
        letters.append(rank)
        if let place = Alphabet.index(of: UInt32(byte)),
          (1...Alphabet.vowelCount).contains(Alphabet.letters[place].code)
        {
          tones.append(0)
        }
        capitals.append(0)
      }
    }
    return letters + [0] + packed(tones, 2, base: 6) + [0] + packed(capitals, 7, base: 2)
  }

  /// So many digits a byte, from 1 upwards, in an order that is theirs; those of nothing but zeros at the end
  /// are left out.
  private static func packed(_ digits: [UInt8], _ count: Int, base: UInt8) -> [UInt8] {
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: count) {
      var byte: UInt8 = 0
      for index in start..<start + count {
        byte = byte * base + (index < digits.count ? digits[index] : 0)
      }
      bytes.append(byte + 1)
    }
    while bytes.last == 1 { bytes.removeLast() }
    return bytes
  }

  /// Above the digits and the marks before them, `~` and its like included.
  private static let firstRank: UInt8 = 0x60

  private static let ranks: [Unicode.Scalar: UInt8] = {
    let alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz".unicodeScalars
    return Dictionary(
      uniqueKeysWithValues: zip(alphabet, (0..<UInt8(alphabet.count)).map { firstRank + $0 }))
  }()

  /// By the tone's column in `Alphabet`: none, huyền, sắc, ngã, hỏi, nặng.
  private static let toneRanks: [UInt8] = [0, 1, 4, 3, 2, 5]
}
