import DanvanText

/// The grammar of Vietnamese official names over one article: reads a body, place, title or person
/// that begins at a given token, and says where it ends.
///
/// The parts are in extensions, one file each. Nothing here remembers what was found: that is the
/// finder's work. `end` is always the token after the last that may be used. A class only because the
/// passes hand it around for every token, and copying its arrays' references costs more than reading.
final class NameGrammar: Sendable {
  let scan: Scan
  let grid: NameGrid
  let words: GrammarWords
  let titleSpelling: TitleSpelling
  /// For each token, whether it stands in a line written all in capitals, where a capital proves
  /// nothing.
  let shouted: [Bool]
  let anchors: NameAnchors

  init(_ scan: Scan, _ vocabulary: NameVocabulary) {
    self.scan = scan
    grid = NameGrid(vocabulary, scan.tokens)
    words = vocabulary.grammarWords
    titleSpelling = vocabulary.titleSpelling
    shouted = Self.shouted(scan)
    anchors = NameAnchors(scan, grid)
  }

  func isWord(_ index: Int) -> Bool {
    index >= 0 && index < scan.tokens.count && scan.tokens[index].kind == .word
  }

  func isNumber(_ index: Int) -> Bool {
    index >= 0 && index < scan.tokens.count && scan.tokens[index].kind == .number
  }

  /// A word that begins with a capital.
  func isCapital(_ index: Int) -> Bool {
    guard isWord(index) else { return false }
    switch scan.tokens[index].shape {
    case .capitalized, .upper: return true
    case .mixed:
      let start = Int(scan.tokens[index].start)
      return scan.text.bytes[start] < 0x61 || scan.text.bytes[start] > 0x7A
    case .lower, .none: return false
    }
  }

  /// A capital that means something: not in a line of capitals only.
  func isProper(_ index: Int) -> Bool { isCapital(index) && !shouted[index] }

  func isUpper(_ index: Int) -> Bool { isWord(index) && scan.tokens[index].shape == .upper }

  func key(_ index: Int) -> UInt64? {
    index >= 0 && index < scan.tokens.count ? scan.tokens[index].key : nil
  }

  func isMark(_ index: Int, _ key: UInt64) -> Bool { self.key(index) == key }

  /// Joined to the token before it without a space.
  func isJoined(_ index: Int) -> Bool {
    index > 0 && index < scan.tokens.count && !scan.tokens[index].spaceBefore
  }

  /// The first word of a sentence whose space before was lost.
  func isGlued(_ index: Int) -> Bool { isJoined(index) && isWord(index) && isWord(index - 1) }

  /// A word and a mark and a word with no space between: `Hiu-xtơn`, `A.Hiu`.
  func joinsNext(_ index: Int, with mark: UInt64, before end: Int) -> Bool {
    index + 2 < end && isMark(index + 1, mark) && isJoined(index + 1) && isJoined(index + 2)
      && isWord(index + 2)
  }

  /// A Roman number in capitals: `I`, `XV`.
  func isRoman(_ index: Int) -> Bool {
    guard isWord(index) else { return false }
    let token = scan.tokens[index]
    guard token.shape == .upper || token.end - token.start == 1 else { return false }
    return scan.text.bytes[token.range].allSatisfy { $0 == 0x49 || $0 == 0x56 || $0 == 0x58 }
  }

  /// Whether a word of the kind ends right before `index`; the longest one's beginning.
  func start(of kind: NameWord.Kind, endingAt index: Int, within reach: Int = 4) -> Int? {
    for start in max(0, index - reach)..<max(0, index) where isWord(start) {
      for hit in grid.hits(at: start) where Int(hit.end) == index && grid.word(hit).kind == kind {
        return start
      }
    }
    return nil
  }

  /// `số 5 Phan Chu Trinh`, `ngõ 84 Võ Thị Sáu`: the name after a house number is a street's.
  func isAfterHouseNumber(_ index: Int) -> Bool {
    var place = index - 1
    if isWord(place), isJoined(place), isNumber(place - 1) { place -= 1 }
    guard isNumber(place) else { return false }
    while isMark(place - 1, PunctuationKey.slash), isNumber(place - 2) { place -= 2 }
    return key(place - 1) == words.numbered || grid.has(.placeHead, at: place - 1)
  }

  private static func shouted(_ scan: Scan) -> [Bool] {
    var result = [Bool](repeating: false, count: scan.tokens.count)
    for sentence in scan.sentences {
      var words = 0
      var upper = 0
      for index in sentence.tokens where scan.tokens[index].kind == .word {
        words += 1
        if scan.tokens[index].shape == .upper { upper += 1 }
      }
      guard words >= 6, upper * 10 >= words * 8 else { continue }
      for index in sentence.tokens { result[index] = true }
    }
    return result
  }
}
