/// A text without marks: Vietnamese and other Latin letters bare, đ as d, all lower case.
///
/// Combining marks are dropped; other scripts are only lower-cased.
public func plainForm(_ text: String) -> String {
  let bytes = NormalizedText(text).bytes
  var output: [UInt8] = []
  output.reserveCapacity(bytes.count)
  PlainForm.append(bytes, to: &output)
  return String(decoding: output, as: UTF8.self)
}

enum PlainForm {
  static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      let (value, count) = scalar(in: bytes, at: index)
      if value < 0x80 {
        output.append(value >= 0x41 && value <= 0x5A ? UInt8(value) | 0x20 : bytes[index])
      } else if value >= 0x300 && value < 0x370 {
        // Part of the letter before it.
      } else if let plain = plain(value) {
        output.append(contentsOf: plain.utf8)
      } else {
        Lowercase.forEachByte(of: bytes, in: index..<(index + count)) { output.append($0) }
      }
      index += count
    }
  }

  private static func plain(_ value: UInt32) -> String? {
    if let place = Alphabet.index(of: value), case let letter = Alphabet.letters[place],
      letter.code != 0
    {
      let bare = Alphabet.bare(letter.code)
      return bare == barredD ? "d" : Alphabet.scalar(code: bare).map { String(Character($0)) }
    }
    return otherLatin[value]
  }

  private static let barredD = Alphabet.code(of: "đ")

  /// Marked letters of other languages that news writes: names of people and places.
  private static let otherLatin: [UInt32: String] = {
    let rows = [
      "a": "äåāąǎ", "ae": "æ", "c": "çćčċĉ", "d": "ďð", "e": "ëēęěė", "g": "ğģġĝ", "h": "ĥħ",
      "i": "îïīįıǐ", "j": "ĵ", "k": "ķ", "l": "łľĺļ", "n": "ñńňņ", "o": "öøōőǒ", "oe": "œ",
      "r": "řŕŗ", "s": "śšşșŝ", "ss": "ß", "t": "ťţțŧ", "th": "þ", "u": "ûüūůűųǔ", "w": "ŵ",
      "y": "ÿŷ", "z": "źžż",
    ]
    var table: [UInt32: String] = [:]
    for (plain, letters) in rows {
      for letter in letters.unicodeScalars {
        table[letter.value] = plain
        if let upper = letter.properties.uppercaseMapping.unicodeScalars.first, upper.value > 0x7F {
          table[upper.value] = plain
        }
      }
    }
    return table
  }()
}
