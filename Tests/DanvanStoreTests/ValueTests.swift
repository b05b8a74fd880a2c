import DanvanModel
import Foundation
import Testing

@testable import DanvanStore

@Suite struct ValueTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017),
    ("2021-03-26", 18_712), ("2021", 18_628), ("2021-03", 18_687), ("0001-01-01", -719_162),
  ])
  func dayNumbers(date: String, day: Int32) {
    #expect(PartialDate(date)?.dayNumber == day)
  }

  @Test func attributesAreJSON() throws {
    let written = FactAttributes(
      type: "OTHER", status: "h\"e\\l\u{1}d", place: "", chairs: ["a", "b\n"], attendees: [],
      continuation: true)
    let json = try #require(written.json)
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect(object?["status"] as? String == "h\"e\\l\u{1}d")
    #expect(object?["chairs"] as? [String] == ["a", "b\n"])
    let read = try #require(FactAttributes.read(json))
    #expect(read.attendees == [] && read.continuation == true && read.place == "")
    #expect(FactAttributes().json == nil)
    #expect(FactAttributes.read("[1") == nil)
  }

  @Test func vocabularyFindsTonedForms() {
    var vocabulary = Vocabulary()
    for (term, plain) in [
      ("dân", "dan"), ("dẫn", "dan"), ("dan", nil), ("đàn", "dan"), ("vận", "van"),
    ] {
      vocabulary.append(Array(term.utf8), plain: plain.map { Array($0.utf8) })
    }
    func strings(_ terms: [[UInt8]]) -> Set<String> {
      Set(terms.map { String(decoding: $0, as: UTF8.self) })
    }
    #expect(strings(vocabulary.forms(ofPlain: Array("dan".utf8))) == ["dân", "dẫn", "dan", "đàn"])
    #expect(vocabulary.forms(ofPlain: Array("dan".utf8)).first == Array("dân".utf8))
    #expect(vocabulary.forms(ofPlain: Array("da".utf8)) == [])
    let marked = vocabulary.terms(startingWith: [Array("dâ".utf8)], plainStart: nil, limit: 9)
    #expect(strings(marked.terms) == ["dân"])
    let plain = vocabulary.terms(
      startingWith: [Array("d".utf8)], plainStart: Array("d".utf8), limit: 2)
    #expect(plain.total == 4 && strings(plain.terms) == ["dân", "dẫn"])
  }

  @Test func setsOfArticles() {
    var a = ArticleSet(in: 60...200)
    for id in [60, 64, 127, 128, 200, 201, 59] as [Int64] { a.insert(id) }
    #expect(a.count == 5)
    var b = ArticleSet(in: 60...200)
    for id in [64, 65, 200] as [Int64] { b.insert(id) }
    var ids: [Int64] = []
    a.formIntersection(b)
    a.forEachDescending {
      ids.append($0)
      return true
    }
    #expect(ids == [200, 64])
    #expect(a.contains(64) && !a.contains(65) && !a.contains(1_000_000))
  }

  @Test func digests() {
    let hex = Digest.sha256(Array("abc".utf8)).map { String(format: "%02x", $0) }.joined()
    #expect(hex.hasPrefix("ba7816bf8f01cfea414140de5dae2223b003"))
    #expect(Digest.sha256([UInt8]()).count == 32)
  }
}
