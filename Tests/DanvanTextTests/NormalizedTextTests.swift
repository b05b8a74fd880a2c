import DanvanText
import Testing

@Suite struct NormalizedTextTests {
  /// One letter written in every order of its marks, and text that must stay as it is.
  static let spellings: [(stored: String, normal: String)] = [
    ("e\u{302}\u{323}", "ệ"), ("e\u{323}\u{302}", "ệ"), ("ê\u{323}", "ệ"), ("ẹ\u{302}", "ệ"),
    ("ê\u{301}", "ế"), ("e\u{341}\u{302}", "ế"), ("A\u{306}\u{340}", "Ằ"), ("Á\u{306}", "Ắ"),
    ("u\u{31B}\u{301}", "ứ"), ("o\u{301}\u{31B}", "ớ"), ("y\u{309}", "ỷ"), ("U\u{31B}", "Ư"),
    ("\u{D0}ảng", "Đảng"), ("\u{189}ảng", "Đảng"), ("\u{F0}i", "đi"),
    ("a\r\nb\rc\nd", "a\nb\nc\nd"), ("quý\u{A0}I\u{2009}x\ty", "quý I x y"),
    ("\u{FEFF}dân\u{200B} vận\u{AD}", "dân vận"), ("a\u{2028}b\u{85}c", "a\nb\nc"),
    ("n\u{303}o", "n\u{303}o"), ("a\u{323}\u{301}", "ạ\u{301}"), ("x\u{341}", "x\u{301}"),
    ("\u{301}a", "\u{301}a"), ("hoà  Kỳ…", "hoà  Kỳ…"), ("", ""), ("a\u{200B}\u{301}", "á"),
    ("👩\u{200D}🚒 a\u{301}", "👩🚒 á"),
  ]

  @Test(arguments: spellings)
  func normalises(_ spelling: (stored: String, normal: String)) {
    let text = NormalizedText(spelling.stored)
    #expect(text.bytes == Array(spelling.normal.utf8))
    #expect(text.storedCount == spelling.stored.utf8.count)
    #expect(text.storedRange(0..<text.bytes.count).upperBound <= text.storedCount)
  }

  /// The stored range of a piece reads, by itself, as that piece.
  @Test(arguments: spellings.map(\.stored) + samples)
  func alignsEveryToken(_ stored: String) {
    let text = NormalizedText(stored)
    let bytes = Array(stored.utf8)
    var last = 0
    for token in Tokens(text) {
      let range = text.storedRange(token.range)
      #expect(range.lowerBound >= last && range.upperBound <= bytes.count)
      last = range.upperBound
      let piece = String(validating: bytes[range], as: UTF8.self)
      #expect(piece != nil)
      #expect(NormalizedText(piece ?? "").bytes == Array(text.bytes[token.range]))
    }
  }

  @Test func leavesOutWhatWasDroppedAroundARange() {
    let text = NormalizedText("\u{200B}da\u{302}n\u{200B} va\u{323}\u{302}n")
    #expect(text.bytes == Array("dân vận".utf8))
    #expect(text.storedRange(0..<4) == 3..<8)
    #expect(text.storedRange(1..<3) == 4..<7)
    #expect(text.storedRange(2..<3) == 4..<7)
    #expect(text.storedRange(5..<10) == 12..<19)
    #expect(text.storedRange(90..<95) == 19..<19)
  }

  static let samples = [
    "Chie\u{302}\u{300}u 26-3, U\u{309}y vie\u{302}n Ban Thu\u{31B}o\u{31B}\u{300}ng vu\u{323}",
    "Công tác dân vận là “Dân vận khéo”…\r\n\r\nTheo  Tuổi trẻ\u{A0}Thủ đô",
    "\u{D0}a\u{300} Na\u{306}\u{303}ng, TP.HCM (NLĐO)- 3.000 m2; ½ 漢字 👩\u{200D}🚒 ก็ د",
  ]
}
