/// What keys of the Telex and VNI typing methods would have written, had the method been on:
/// `daan vaanj` and `da6n va65n` for `dân vận`.
///
/// Telex and VNI are the two methods of TCVN-era keyboards: doubled vowels and `w` (Telex) or 6, 7, 8
/// (VNI) mark a vowel, `dd` or `d9` is đ, and s f r x j or 1 to 5 give the tone.
public enum TypingResidue {
  /// The readings of one word that differ from it and spell a Vietnamese syllable, canonical, NFC.
  public static func readings(of word: String) -> [String] {
    let letters = Array(word.lowercased().unicodeScalars)
    guard letters.allSatisfy({ $0.isASCII }), letters.count <= 12 else { return [] }
    return [telex(letters), vni(letters)].compactMap { $0.flatMap(syllable) }
  }

  private struct Typed {
    var letters: [Unicode.Scalar] = []
    var tone: Unicode.Scalar?
    var isChanged = false

    /// Marks the last letter that is one of `from`; false when there is none.
    mutating func mark(_ from: [(Unicode.Scalar, Unicode.Scalar)]) -> Bool {
      let place = letters.lastIndex { letter in from.contains { $0.0 == letter } }
      guard let place, let to = from.first(where: { $0.0 == letters[place] })?.1 else {
        return false
      }
      letters[place] = to
      isChanged = true
      return true
    }

    var hasVowel: Bool { letters.contains { vowels.contains($0) } }

    /// The letters, the tone behind the first vowel: where it belongs, the spelling rules know.
    var text: String? {
      guard isChanged else { return nil }
      var text = String.UnicodeScalarView()
      var tone = tone
      for letter in letters {
        text.append(letter)
        if let mark = tone, vowels.contains(letter) {
          text.append(mark)
          tone = nil
        }
      }
      return String(text)
    }
  }

  private static let vowels: Set<Unicode.Scalar> = Set("aăâeêioôơuưy".unicodeScalars)
  private static let horned: [(Unicode.Scalar, Unicode.Scalar)] = [("o", "ơ"), ("u", "ư")]

  private static func telex(_ keys: [Unicode.Scalar]) -> String? {
    let tones: [Unicode.Scalar: Unicode.Scalar] = [
      "s": "\u{301}", "f": "\u{300}", "r": "\u{309}", "x": "\u{303}", "j": "\u{323}",
    ]
    let doubled: [Unicode.Scalar: Unicode.Scalar] = ["a": "â", "e": "ê", "o": "ô", "d": "đ"]
    var typed = Typed()
    for key in keys {
      if let tone = tones[key], typed.hasVowel {
        typed.tone = tone
        typed.isChanged = true
      } else if key == "w" {
        if typed.letters.suffix(2) == ["u", "o"] { _ = typed.mark([("u", "ư")]) }
        if !typed.mark([("a", "ă")] + horned) {
          typed.letters.append("ư")
          typed.isChanged = true
        }
      } else if let to = doubled[key], typed.letters.contains(key) {
        _ = typed.mark([(key, to)])
      } else {
        typed.letters.append(key)
      }
    }
    return typed.text
  }

  private static func vni(_ keys: [Unicode.Scalar]) -> String? {
    let tones: [Unicode.Scalar: Unicode.Scalar] = [
      "1": "\u{301}", "2": "\u{300}", "3": "\u{309}", "4": "\u{303}", "5": "\u{323}",
    ]
    var typed = Typed()
    for key in keys {
      if let tone = tones[key] {
        guard typed.hasVowel else { return nil }
        typed.tone = tone
        typed.isChanged = true
        continue
      }
      let isDone: Bool
      switch key {
      case "6": isDone = typed.mark([("a", "â"), ("e", "ê"), ("o", "ô")])
      case "7":
        if typed.letters.suffix(2) == ["u", "o"] { _ = typed.mark([("u", "ư")]) }
        isDone = typed.mark(horned)
      case "8": isDone = typed.mark([("a", "ă")])
      case "9": isDone = typed.mark([("d", "đ")])
      default:
        typed.letters.append(key)
        isDone = true
      }
      guard isDone else { return nil }
    }
    return typed.text
  }

  private static func syllable(_ text: String) -> String? {
    let bytes = NormalizedText(text).bytes
    var reading = Syllable.Reading()
    var index = 0
    while index < bytes.count {
      let (value, count) = scalar(in: bytes, at: index)
      guard let place = Alphabet.index(of: value), Alphabet.letters[place].isLetter else {
        return nil
      }
      reading.add(Alphabet.letters[place])
      index += count
    }
    guard let syllable = Syllable(reading) else { return nil }
    var output: [UInt8] = []
    syllable.spell(into: &output)
    return String(validating: output, as: UTF8.self)
  }
}
