import DanvanModel
import DanvanText
import Testing

@testable import DanvanExtract

/// Sentences with their words parted by spaces and their syllables joined by `_`.
@Suite struct WordTests {
  @Test(arguments: [
    "Hội_nghị giao_ban công_tác dân_vận quý I - 2021 .",
    "Ông Nguyễn_Văn_A , Chủ_tịch Ủy_ban Nhân_dân tỉnh , phát_biểu .",
    "Hơn 3.000 hộ dân được hỗ_trợ 7,5% vốn từ ngày 26/3 .",
    "Nhân_dân cả nước tin_tưởng và ủng_hộ .",
  ])
  func cuts(_ marked: String) throws {
    let text = marked.split(separator: " ").map { $0.replacing("_", with: " ") }
      .joined(separator: " ")
    let article = Article(text: text, title: nil, url: nil, publisher: nil, published: nil)
    let bytes = Array(text.utf8)
    let words = try VietnameseRules.set.get().words(in: article).map {
      String(decoding: bytes[$0.start..<$0.end], as: UTF8.self).replacing(" ", with: "_")
    }
    #expect(words.joined(separator: " ") == marked)
  }

  @Test func wordsAreAllTokensInOrder() throws {
    let segmenter = try VietnameseRules.set.get().wordSegmenter()
    let tokens = Tokens(NormalizedText("1/ - ( \"… a.b 99% của Việt Nam 12/"))
    for range in [0..<tokens.count, 2..<5, 0..<1, 3..<3, 5..<99] {
      let words = segmenter.words(in: tokens, range)
      #expect(words.flatMap { Array($0) } == Array(range.clamped(to: 0..<tokens.count)))
    }
  }

  @Test func faultsNameTheLine() throws {
    func list(_ rows: [[String]]) throws -> TSV {
      let lines = rows.map { $0.joined(separator: "\t") }
      return try TSV(file: "f.tsv", contents: Array(lines.joined(separator: "\n").utf8))
    }
    let weights = try list([["left", "ủy", "5"]])
    for wrong in [["dân", "3"], ["dân vận", "0"], ["dân vận", "x"], ["a b c d e g", "1"]] {
      #expect(throws: DanvanError.self) {
        try WordSegmenter(["list": try list([wrong]), "weights": weights])
      }
    }
    for wrong in [
      ["left", "ủy", "0"], ["up", "ủy", "1"], ["left", "ủy ban", "1"], ["pair", "x", "1"],
    ] {
      do {
        _ = try WordSegmenter(["list": try list([["dân vận", "3"]]), "weights": try list([wrong])])
        Issue.record("accepted \(wrong)")
      } catch let error as DanvanError {
        #expect(error.message.hasPrefix("f.tsv:1: "))
      }
    }
  }
}
