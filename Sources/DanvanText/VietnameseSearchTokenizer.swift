/// Cuts text into the terms of a full-text index: one term a syllable, in canonical spelling.
///
/// `hoà`, `HÒA` and a decomposed `hòa` give the term `hòa`; `kỳ` gives `kì`; marks bind. Letters and
/// digits written together are one term (`m2`); every other mark parts terms. A run of capitals
/// joined by `.`, `-` or `/` (`TP.HCM`, `TP. HCM`) also gives its joined form, at the place of the
/// last of them, in documents only.
public struct VietnameseSearchTokenizer: Sendable {
  public init() {}

  /// Changes whenever the same text would give other terms.
  public var version: String { "vi-syllable-1" }

  /// Calls `emit` for each term in order of position, until it returns false.
  ///
  /// `text` is UTF-8; ranges are byte offsets into it. A colocated term stands at the position of
  /// the one before it.
  public func forEachTerm(
    in text: UnsafeBufferPointer<UInt8>, joiningCapitals: Bool,
    _ emit: (_ term: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ colocated: Bool) -> Bool
  ) {
    let normalized = NormalizedText(bytes: Array(text))
    let tokens = Tokens(normalized)
    var term: [UInt8] = []
    func send(_ bytes: Range<Int>, colocated: Bool) -> Bool {
      let range = normalized.storedRange(bytes)
      return term.withUnsafeBufferPointer { emit($0, range, colocated) }
    }
    var joined = JoinedCapitals()
    var index = 0
    while index < tokens.count {
      guard tokens[index].kind == .word || tokens[index].kind == .number else {
        joined.see(tokens[index])
        index += 1
        continue
      }
      var end = index + 1
      while end < tokens.count, !tokens[end].spaceBefore,
        tokens[end].kind == .word || tokens[end].kind == .number
      {
        end += 1
      }
      term.removeAll(keepingCapacity: true)
      CanonicalSpelling.append(tokens.text.bytes, tokens.byteRange(index..<end), to: &term)
      guard send(tokens.byteRange(index..<end), colocated: false) else { return }
      if joiningCapitals {
        joined.add(tokens[index], isAlone: end == index + 1, term: term)
        if joined.count > 1 {
          term = joined.term
          guard send(joined.start..<Int(tokens[end - 1].end), colocated: true) else { return }
        }
      }
      index = end
    }
  }

  /// The plain form of an index term (no marks, đ as d), for looking up its toned forms.
  public func plainForm(of term: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    PlainForm.append(NormalizedText(bytes: Array(term)).bytes, to: &output)
    return output
  }
}

/// Capitals that follow one another with only a joining mark between them.
private struct JoinedCapitals {
  private(set) var term: [UInt8] = []
  private(set) var start = 0
  private(set) var count = 0
  private var awaitsMark = false

  /// Longer runs are headlines in capitals, not abbreviations.
  private static let longest = 5

  mutating func see(_ mark: Token) {
    guard count > 0 else { return }
    let isJoint =
      mark.key == PunctuationKey.fullStop || mark.key == PunctuationKey.dash
      || mark.key == PunctuationKey.slash
    if isJoint && awaitsMark && !mark.spaceBefore {
      awaitsMark = false
    } else {
      self = JoinedCapitals()
    }
  }

  mutating func add(_ token: Token, isAlone: Bool, term spelled: [UInt8]) {
    let isCapitals =
      isAlone && token.kind == .word
      && (token.shape == .upper || token.end - token.start <= 3 && token.shape == .capitalized)
    guard isCapitals else {
      if count > 0 { self = JoinedCapitals() }
      return
    }
    if count == 0 || awaitsMark || count == Self.longest {
      term = []
      start = Int(token.start)
      count = 0
    }
    term += spelled
    count += 1
    awaitsMark = true
  }
}

/// The spelling that stands for all spellings of a syllable or word.
enum CanonicalSpelling {
  /// Appends the canonical spelling of normalised bytes that hold letters and digits only.
  static func append(_ bytes: [UInt8], _ range: Range<Int>, to output: inout [UInt8]) {
    var reading = Syllable.Reading()
    var index = range.lowerBound
    while index < range.upperBound {
      let (value, count) = scalar(in: bytes, at: index)
      if let place = Alphabet.index(of: value), Alphabet.letters[place].isLetter {
        reading.add(Alphabet.letters[place])
      } else {
        reading.addForeign()
      }
      index += count
    }
    if let syllable = Syllable(reading) {
      syllable.spell(into: &output)
    } else {
      Lowercase.forEachByte(of: bytes, in: range) { output.append($0) }
    }
  }
}
