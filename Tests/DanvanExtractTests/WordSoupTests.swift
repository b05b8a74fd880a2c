import DanvanExtract
import DanvanModel
import Foundation
import TestSupport
import Testing

/// Sentences of the engine's own words in any order: none may trap it. What random bytes never say.
@Suite struct WordSoupTests {
  /// The phrases of each lexicon; a short list of cues comes up as often as a long one of names.
  private static func lists() throws -> [[String]] {
    let folder = Repository.rules.appendingPathComponent("lexicon")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try files.filter { $0.hasSuffix(".tsv") }.map { file in
      try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        .split(separator: "\n").filter { !$0.hasPrefix("#") }
        .compactMap { $0.split(separator: "\t").first.map(String.init) }
    }.filter { !$0.isEmpty }
  }

  /// Names, times and marks, which no lexicon has.
  private static let others = [
    "khóa XV", "nhiệm kỳ 2010-2015", "ông Nguyễn Văn An", "Lê Thị B", "tỉnh Hòa Bình", "Hà Nội",
    "Sáng 20/4/2024", "ngày 5-6", "tháng 3", ",", ",", ".", ":", "\"", "“", "”", "(", ")", "-", "–",
    ";", "/", "và", "của", "tại", "là", "5", "XIII", "yêu cầu", "các sở", "Bí thư Tỉnh ủy", "\n",
  ]

  @Test(arguments: 1...8) func noneTraps(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let lists = try Self.lists()
    let extractor = try VietnameseRules.extractor.get()
    for _ in 0..<Self.sentences {
      let words = try (0..<Int.random(in: 2...16, using: &random)).map { number in
        let list = Bool.random(using: &random) ? Self.others : lists.randomElement(using: &random)
        let word = try #require(list?.randomElement(using: &random))
        return number == 0 || Int.random(in: 0..<4, using: &random) == 0 ? word.capitalized : word
      }
      let text = words.joined(separator: " ") + "."
      let facts = extractor.facts(
        in: Article(text: text, title: nil, url: nil, publisher: nil, published: nil))
      let end = text.utf8.count
      #expect(facts.mentions.allSatisfy { $0.range.end <= end }, "\(text)")
    }
  }

  private static let sentences =
    ProcessInfo.processInfo.environment["DANVAN_SOUP"].flatMap(Int.init) ?? 250
}
