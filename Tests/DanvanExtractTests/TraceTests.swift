import DanvanExtract
import DanvanModel
import Foundation
import Testing

@Suite struct TraceTests {
  private static func trace(_ text: String, within window: TextRange? = nil) throws -> Trace {
    let trace = Trace(at: window.map { [$0] } ?? [])
    _ = try VietnameseRules.extractor.get().facts(
      in: Article(text: text, title: nil, url: nil, publisher: nil, published: nil), trace: trace)
    return trace
  }

  @Test(arguments: [
    ("Chiều 26-3-2021, hội nghị diễn ra.", "TIME", "26-3-2021"),
    ("Người dân sống ở đường Giải Phóng cho biết thêm.", "STATEMENT", "cho biết thêm"),
  ])
  func aLoserHasItsReason(_ text: String, _ kind: String, _ span: String) throws {
    let candidates = try Self.trace(text).candidates
    let loser = candidates.first { $0.kind == kind && $0.text == span }
    #expect(loser?.reason.isEmpty == false, "\(candidates)")
  }

  @Test func aWindowKeepsWhatTouchesIt() throws {
    let text = "Chiều 26-3-2021, họp. Sáng 27-3-2021, họp."
    let all = try Self.trace(text).candidates
    let later = try #require(text.utf8.firstIndex(of: UInt8(ascii: "S")))
    let start = text.utf8.distance(from: text.startIndex, to: later)
    let some = try Self.trace(text, within: TextRange(start, text.utf8.count)).candidates
    #expect(!some.isEmpty && some.count < all.count)
    #expect(some.allSatisfy { $0.range.end > start })
  }

  @Test func beingTracedChangesNothing() throws {
    let extractor = try VietnameseRules.extractor.get()
    let root = URL(filePath: VietnameseRules.directory).appending(path: "../../../../samples")
    for name in try FileManager.default.contentsOfDirectory(atPath: root.path)
    where name.hasSuffix(".txt") {
      let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
      let article = Article(text: text, title: nil, url: nil, publisher: nil, published: nil)
      let trace = Trace()
      #expect(extractor.facts(in: article, trace: trace) == extractor.facts(in: article))
      #expect(!trace.candidates.isEmpty)
    }
  }
}
