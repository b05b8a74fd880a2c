import DanvanModel
import Foundation
import Testing

@testable import DanvanExtract

@Suite struct LanguageTests {
  private static func language(_ text: String) throws -> Language? {
    let article = Article(text: text, title: nil, url: nil, publisher: nil, published: nil)
    return try VietnameseRules.extractor.get().facts(in: article).language
  }

  private static let vietnamese =
    "Chiều 26-3, Ban Dân vận Thành ủy tổ chức hội nghị giao ban công tác dân vận quý I năm 2021."
  private static let english =
    "The Secretary of the Party Committee on Friday chaired a conference that reviewed the work of the board."

  @Test(arguments: [
    (vietnamese, Language.vietnamese),
    (vietnamese.decomposedStringWithCanonicalMapping, .vietnamese),
    (vietnamese.uppercased(), .vietnamese),
    // As it is typed without marks.
    (
      "Chieu 26-3, Ban Dan van to chuc hoi nghi giao ban cong tac dan van cua cac quan trong quy I, va da duoc khen.",
      .vietnamese
    ),
    (english, .english),
    (english.uppercased(), .english),
    // A few words of the other language change nothing.
    (vietnamese + " “The work of the board was reviewed.”", .vietnamese),
    (english + " (Ban Dân vận Thành ủy Hà Nội)", .english),
    // Marks alone are not Vietnamese.
    (
      "Le président du comité a déclaré vendredi que les travaux seraient terminés avant la fin de l'année.",
      .undetermined
    ),
    ("Der Vorsitzende erklärte am Freitag, dass die Arbeiten bald beendet würden.", .undetermined),
    ("市人民委员会周五举行会议。", .undetermined),
    ("", .undetermined), ("1 2 3 …", .undetermined), ("Hội", .undetermined), ("the", .undetermined),
    ("Tin vắn", .undetermined), ("Dân vận khéo", .vietnamese),
  ])
  func isTold(text: String, expected: Language) throws {
    #expect(try Self.language(text) == expected)
  }

  /// Long tables of names and numbers are Vietnamese by the sentences between them.
  @Test func isToldOfLongTexts() throws {
    let rows = String(repeating: "Ms 2406 ABC 500000 VP XYZ\n", count: 2_000)
    let text = String(repeating: Self.vietnamese + "\n", count: 200) + rows
    #expect(try Self.language(text) == .vietnamese)
    #expect(try Self.language(rows) == .undetermined)
  }

  @Test(arguments: [("the\tfr\n", "not vi or en"), ("of the\ten\n", "is not one word")])
  func aWrongListIsRefused(line: String, reason: String) throws {
    let head = "# source: a test\n# licence: none\n# columns: word, language\n"
    let folder = try RuleFolder(["VERSION": "1", "lexicon/languages.tsv": head + line])
    let error = #expect(throws: DanvanError.self) {
      try LanguageFinder(RuleSet(directory: folder.path))
    }
    #expect(error?.message.contains(reason) == true)
    #expect(error?.message.contains("languages.tsv") == true)
  }
}
