import DanvanClient
import DanvanMessages
import Foundation
import TestSupport
import Testing

@testable import DanvanDaemon

@Suite struct CorpusTests {
  @Test func whatGoesInComesOut() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    let sent = document("nước sạch", published: "2021-05-12")
    let results = try daemon.ingest([sent, document("trường học"), sent])
    #expect(results.map(\.outcome) == [.added, .added, .duplicate])
    #expect(results[2].articleID == results[0].articleID)
    #expect(results[0].cursor != results[1].cursor)

    let article = try daemon.article(results[0].articleID, withText: true, withFacts: true)
    #expect(try Array(article.text.text().utf8) == Array(sent.content))
    #expect(article.title == "Hội nghị về nước sạch")
    #expect(article.published == "2021-05-12")
    #expect(Int(article.textBytes) == sent.content.count)
    #expect(article.sha256.count == 64)
    #expect(article.ingested.hasSuffix("Z"))
    for mention in article.facts.mentions {
      let bytes = Array(sent.content)[Int(mention.start)..<Int(mention.end)]
      #expect(String(validating: bytes, as: UTF8.self) == mention.text)
    }
    let plain = try daemon.article(results[0].articleID, withText: false, withFacts: false)
    #expect(!plain.hasText && !plain.hasFacts)
  }

  @Test func aFaultyDocumentDoesNotStopTheRest() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    var ofUnknownType = document("a")
    ofUnknownType.mediaType = "image/png"
    var withoutDate = document("b")
    withoutDate.published = "hôm qua"
    var notText = document("c")
    notText.content = Data([0xFF, 0xFE, 0x00])
    var empty = document("d")
    empty.content = Data()
    let results = try daemon.ingest([ofUnknownType, document("e"), withoutDate, notText, empty])
    #expect(results.map(\.outcome) == [.rejected, .added, .rejected, .rejected, .rejected])
    #expect(results[0].errorCode == 3 && results[0].error.contains("image/png"))
    #expect(results[2].errorCode == 3 && results[2].error.contains("hôm qua"))
    #expect(results[3].errorCode == 3 && !results[3].error.isEmpty)
    #expect(results[4].errorCode == 3 && !results[4].error.isEmpty)
    #expect(try daemon.status().articles == 1)
    #expect(served.log.text.contains("added=1 ids=1 duplicates=0 rejected=4"))
  }

  @Test func removedArticlesAreGone() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    let id = try daemon.ingest([document("rừng")])[0].articleID
    let answer = try daemon.delete([id, 99])
    #expect(answer.deleted == [id])
    #expect(answer.missing == [99])
    let error = #expect(throws: DaemonError.self) {
      try daemon.article(id, withText: false, withFacts: false)
    }
    #expect(error?.code == 5)
    #expect(served.log.text.contains("removed articles"))
  }

  @Test func theReadSocketOnlyReads() throws {
    let served = try ServedStore()
    let reader = try served.connect(to: served.readSocket)
    let ingest = #expect(throws: DaemonError.self) { try reader.ingest([document("x")]) }
    #expect(ingest?.code == 7)
    let delete = #expect(throws: DaemonError.self) { try reader.delete([1]) }
    #expect(delete?.code == 7)
    #expect(try reader.status().articles == 0)
    #expect(try reader.analyze(document("x")).title == "Hội nghị về x")
    #expect(served.log.text.contains("<4>msg=\"permission denied\""))
  }

  @Test func theSeedsGoInAndAreFound() throws {
    guard let shared = Repository.shared else {
      print("skipped: no shared data beside the repository")
      return
    }
    let seeds = shared.appendingPathComponent("data/seeds")
    let files = try FileManager.default.contentsOfDirectory(atPath: seeds.path).sorted()
    let served = try ServedStore()
    let daemon = try served.connect()
    let documents = try files.map { name in
      var document = Danvan_V1_Document()
      document.content = try Data(contentsOf: seeds.appendingPathComponent(name))
      document.label = name
      return document
    }
    #expect(try daemon.ingest(documents).allSatisfy { $0.outcome == .added })
    var request = Danvan_V1_QueryRequest()
    request.query = "dan van"
    let page = try daemon.query(request)
    #expect(page.total >= 1)
    for (number, document) in documents.enumerated() {
      let article = try daemon.article(Int64(number + 1), withText: true, withFacts: true)
      #expect(try Array(article.text.text().utf8) == Array(document.content))
      #expect(!article.facts.mentions.isEmpty)
    }
  }
}
