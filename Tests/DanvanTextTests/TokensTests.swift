import DanvanText
import Testing

@Suite struct TokensTests {
  /// Text that tokenizers trip over: the tokens and the white space between them are the whole text.
  static let naughty = [
    "", " ", "\n\n", "...", "….…", "a", "TP.HCM", "TP. HCM,Q.1", "26-3", "3.000,5%", "05-CT/TW",
    "“Dân vận khéo”", "\"x\"", "m2 B52 3D", "n\u{303}o\u{300}", "\u{301}a", "\u{0}a\u{1}b",
    "Ô-xtrây-li-a A.Hiu-xtơn", "http://a.vn/?q=đ&x=1#y", "漢字かな한글", "👩🚒🇻🇳", "ก็ दे ا ב",
    "99999999999999999999", "١٢٣", "ﬁ ﬀ ǅ", "a\u{10FFFF}b\u{FFFD}", "khăn.Tuy", "(NLĐO)-", "½ m²",
  ]

  @Test(arguments: naughty)
  func losesNothing(_ string: String) {
    let text = NormalizedText(string)
    let tokens = Tokens(text)
    var rejoined: [UInt8] = []
    var last = 0
    for token in tokens {
      #expect(token.range.lowerBound >= last && !token.range.isEmpty)
      let gap = text.bytes[last..<token.range.lowerBound]
      #expect(gap.allSatisfy { $0 <= 0x20 })
      #expect(token.spaceBefore == !gap.isEmpty)
      rejoined += gap + text.bytes[token.range]
      last = token.range.upperBound
    }
    rejoined += text.bytes[last...]
    #expect(rejoined == text.bytes)
  }

  @Test(arguments: [
    ("Chiều 26-3, hệ...", "Chiều|26|-|3|,|hệ|..."), ("TP.HCM", "TP|.|HCM"), ("15m2", "15|m|2"),
    ("“a” b\nc", "“|a|”|b|\n|c"), ("n\u{303}o", "n\u{303}o"), ("v.v…", "v|.|v|…"),
    ("100%+1", "100|%|+|1"), ("🇻🇳", "🇻|🇳"), ("MinhĐối VnExpress", "Minh|Đối|VnExpress"),
  ])
  func cuts(_ string: String, _ pieces: String) {
    let tokens = Tokens(NormalizedText(string))
    #expect(tokens.indices.map { tokens.string($0..<($0 + 1)) } == pieces.split("|"))
  }

  /// Spellings of one thing.
  @Test(arguments: [
    ["hòa", "hoà", "Hòa", "HOÀ", "ho\u{300}a", "hoa\u{300}"],
    ["ủy", "uỷ", "ỦY", "u\u{309}y"], ["thúy", "thuý"], ["khỏe", "khoẻ"],
    ["việt", "vịêt"],
    ["thuyến", "thuýên"], ["quý", "qúy", "quí", "QUÍ"], ["kỳ", "kì", "Kỳ"], ["lý", "lí"],
    ["sĩ", "sỹ"],
    ["tỷ", "tỉ"], ["mĩ", "Mỹ"], ["đảng", "\u{F0}ảng", "ĐẢNG", "\u{D0}a\u{309}ng"],
    ["giếng", "gíêng"],
    ["quốc", "qúôc"], ["-", "–", "—", "‐"], ["…", "...", "...."], ["“", "«"], ["Élysée", "élysée"],
    ["05", "05"],
  ])
  func sameKey(_ spellings: [String]) {
    #expect(Set(spellings.map { canonicalKey(of: $0.utf8) }).count == 1)
  }

  @Test(arguments: [
    ["dân", "dan", "dần", "đan", "dăn"], ["hoa", "hòa", "hóa"], ["“", "”", "\""], ["y", "i"],
    ["tai", "tay"], ["huy", "hui"], ["05", "5"], ["quy", "quỷ"], ["ca fé", "ca", "fé"],
    ["résumé", "resumé", "résume"], ["thuyền", "thuyên"], ["gia", "giá", "da"], ["", "."],
  ])
  func differentKeys(_ spellings: [String]) {
    #expect(Set(spellings.map { canonicalKey(of: $0.utf8) }).count == spellings.count)
  }

  @Test(arguments: [
    ("dân", Token.Shape.lower), ("Dân", .capitalized), ("Đ", .capitalized), ("HĐND", .upper),
    ("TTh", .mixed), ("kWh", .mixed), ("E\u{301}lys", .capitalized), ("12", .none), ("“", .none),
  ])
  func shapes(_ string: String, _ shape: Token.Shape) {
    #expect(Tokens(NormalizedText(string)).map(\.shape) == [shape])
  }

  @Test(arguments: [("05", 5), ("2147483647", 2_147_483_647), ("2147483648", -1), ("0", 0)])
  func numbers(_ string: String, _ value: Int32) {
    #expect(Tokens(NormalizedText(string)).map(\.number) == [value])
  }

  @Test func namedMarksAreTheKeysOfTheirTokens() {
    let marks: [(String, UInt64)] = [
      ("“", PunctuationKey.openingQuote), ("”", PunctuationKey.closingQuote),
      ("\"", PunctuationKey.straightQuote), ("–", PunctuationKey.dash),
      (".", PunctuationKey.fullStop),
      ("...", PunctuationKey.ellipsis), (",", PunctuationKey.comma), (":", PunctuationKey.colon),
      ("(", PunctuationKey.openingParenthesis), ("’", PunctuationKey.apostrophe),
    ]
    for (mark, key) in marks { #expect(canonicalKey(of: mark.utf8) == key) }
  }

  @Test func rangesOutsideTheTextAreClamped() {
    let tokens = Tokens(NormalizedText("dân vận"))
    #expect(tokens.string(0..<9) == "dân vận")
    #expect(tokens.string(5..<9) == "")
    #expect(tokens.storedRange(1..<2) == 5..<10)
  }
}

extension String {
  /// The pieces between separators, empty ones kept.
  func split(_ separator: Character) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
