import DanvanModel
import DanvanStore
import Testing

@testable import DanvanService

struct RevisionDiffTests {
  private func desk() throws -> TestDesk {
    try TestDesk { article in
      var facts = Facts()
      for name in ["An", "Bình"] where article.text.contains(name) {
        facts.campaigns.append(
          NamedThing(TextRange(0, 1), text: name, evidence: Evidence(rule: "t", confidence: 1)))
      }
      return facts
    }
  }

  private func submission(_ text: String, published: String?) -> Submission {
    Submission(
      content: Array(text.utf8), mediaType: .plainText, url: "https://thu.example/1",
      published: published.flatMap { PartialDate($0) })
  }

  @Test func comparesTextFieldsAndFacts() throws {
    let test = try desk()
    _ = try test.desk.ingest([submission("Ông An dự họp.", published: "2021-03-01")])
    _ = try test.desk.ingest([submission("Ông Bình dự họp.", published: "2021-03-02")])
    _ = try test.desk.ingest([submission("Ông Bình dự họp sáng nay.", published: "2021-03-02")])
    let id = ArticleID(1)
    let first = try test.desk.diff(id, from: 1, to: 2)
    #expect(first.text == [.kept("Ông "), .removed("An"), .added("Bình"), .kept(" dự họp.")])
    #expect(first.fields.map(\.field).contains("published"))
    #expect(first.lost.campaigns.map(\.text) == ["An"])
    #expect(first.gained.campaigns.map(\.text) == ["Bình"])
    let newest = try test.desk.diff(id, from: nil, to: nil)
    #expect(newest.from.number == 2 && newest.to.number == 3 && newest.gained.campaigns.isEmpty)
    let whole = try test.desk.diff(id, from: 1, to: nil)
    #expect(whole.to.number == 3 && whole.from.came != nil)
    #expect(try test.desk.revisions(of: id).map(\.number) == [1, 2, 3])
  }

  @Test func whatIsNotThereIsSaid() throws {
    let test = try desk()
    _ = try test.desk.ingest([submission("Ông An dự họp.", published: nil)])
    func code(_ id: Int64, _ from: Int?, _ to: Int?) -> ErrorCode? {
      do {
        _ = try test.desk.diff(ArticleID(id), from: from, to: to)
        return nil
      } catch { return (error as? DanvanError)?.code }
    }
    #expect(code(2, nil, nil) == .notFound)
    #expect(code(1, nil, nil) == .failedPrecondition)
    #expect(code(1, 1, 4) == .notFound)
    #expect(code(1, 1, 1) == nil)
  }
}
