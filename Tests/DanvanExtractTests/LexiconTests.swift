import DanvanModel
import DanvanText
import Testing

@testable import DanvanExtract

@Suite struct LexiconTests {
  private static let head = "# source: a test\n# licence: none\n# columns: phrase, kind\n"

  private static func lexicon(_ entries: String...) throws -> Lexicon {
    let text = head + entries.map { "\($0)\tx\n" }.joined()
    return try Lexicon(name: "t", file: "t.tsv", contents: Array(text.utf8))
  }

  private static func found(_ lexicon: Lexicon, in text: String) -> [String] {
    let scan = Scan(Article(text: text, title: nil, url: nil, publisher: nil, published: nil))
    return scan.tokens.indices.compactMap {
      lexicon.longestMatch(in: scan, at: $0, before: scan.tokens.count).map {
        scan.string($0.tokens)
      }
    }
  }

  @Test(arguments: [
    // Lower case meets any case, tone placement and i/y spelling.
    ("thành ủy", "THÀNH UỶ và Thành uỷ, thành ủy", ["THÀNH UỶ", "Thành uỷ", "thành ủy"]),
    ("quý", "Quí I", ["Quí"]),
    // A capital demands a capital; capitals demand capitals.
    ("Đảng", "đảng Đảng ĐẢNG", ["Đảng", "ĐẢNG"]),
    ("TTXVN", "Ttxvn TTXVN ttxvn", ["TTXVN"]),
    // Decomposed text and signs.
    ("hòa bình", "ho\u{300}a bi\u{300}nh", ["hòa bình"]),
    ("TP.HCM", "về TP. HCM, TP.HCM", ["TP. HCM", "TP.HCM"]),
    // Not across lines.
    ("thành ủy", "thành\nủy", []),
  ])
  func entryIsFound(_ entry: String, _ text: String, _ expected: [String]) throws {
    #expect(Self.found(try Self.lexicon(entry), in: text) == expected)
  }

  @Test func longestWinsAndAllAreListed() throws {
    let lexicon = try Self.lexicon("ban", "ban dân vận", "ban dân vận thành ủy")
    let scan = Scan(
      Article(text: "Ban Dân vận Thành ủy", title: nil, url: nil, publisher: nil, published: nil))
    let all = lexicon.matches(in: scan, at: 0, before: scan.tokens.count).map(\.tokens)
    #expect(all == [0..<1, 0..<3, 0..<5])
    #expect(lexicon.longestMatch(in: scan, at: 0, before: 4)?.tokens == 0..<3)
    #expect(lexicon.longestMatch(in: scan, at: 0, before: 99)?.tokens == 0..<5)
    #expect(lexicon.longestMatch(in: scan, at: 99, before: 99) == nil)
  }

  @Test(arguments: [
    ("a\n", "t.tsv:4: 1 cells where `# columns:` names 2"),
    ("a\tb\r\n", "t.tsv:4: carriage return: lines must end in LF"),
    ("a\tb\n\nc\td\n", "t.tsv:5: empty line"),
    ("\tb\n", "t.tsv:4: the entry is empty"),
    ("a\tb\n# note: late\n", "t.tsv:5: a `#` line after the first entry"),
  ])
  func faultNamesFileAndLine(_ entries: String, _ message: String) {
    #expect {
      try Lexicon(name: "t", file: "t.tsv", contents: Array((Self.head + entries).utf8))
    } throws: { ($0 as? DanvanError)?.message == message }
  }

  @Test func textMustBeUTF8() {
    #expect(throws: DanvanError.self) {
      try Lexicon(name: "t", file: "t.tsv", contents: Array(Self.head.utf8) + [0xC3, 0x28, 0x0A])
    }
  }
}
