import DanvanClient
import DanvanMessages
import Foundation
import SwiftProtobuf
import Testing

@testable import DanvanDaemon

@Suite struct ExplainTests {
  private static let text =
    "Hội nghị giao ban\nChiều 26-3-2021, Bí thư Tỉnh ủy Phạm Hữu Thử yêu cầu các huyện rà soát ngay."
  private let served: ServedStore
  private let daemon: DaemonConnection

  init() throws {
    served = try ServedStore()
    daemon = try served.connect()
    var document = Danvan_V1_Document()
    document.content = Data(Self.text.utf8)
    #expect(try daemon.ingest([document])[0].outcome == .added)
  }

  private func explain(_ change: (inout Danvan_V1_ExplainRequest) -> Void) throws
    -> Danvan_V1_ExplainResponse
  {
    var request = Danvan_V1_ExplainRequest()
    request.articleID = 1
    change(&request)
    return try daemon.explain(request)
  }

  @Test func theWholeArticleHasAllItsFacts() throws {
    let stored = try daemon.article(1, withText: true, withFacts: true).facts
    let answer = try explain { _ in }
    #expect(answer.facts == stored)
    #expect(answer.text == Self.text && answer.places.isEmpty && !answer.hasStoredRuleSet)
    #expect(Set(stored.mentions.map(\.evidence.rule)).isSubset(of: answer.rules.map(\.id)))
  }

  @Test(arguments: [
    "Phạm Hữu Thử", "Phạm  Hữu\nThử", "Phạm Hữu Thử".decomposedStringWithCanonicalMapping,
  ])
  func wordsAreFoundHoweverTheyAreTyped(_ words: String) throws {
    let answer = try explain { $0.words = words }
    #expect(answer.facts.mentions.map(\.text) == ["Phạm Hữu Thử"])
    #expect(answer.places.count == 1)
  }

  @Test func bytesSelectWhatTouchesThem() throws {
    let time = try #require(
      try daemon.article(1, withText: false, withFacts: true).facts.mentions
        .first { $0.type == "TIME" })
    let answer = try explain {
      $0.start = time.start
      $0.end = time.end
      $0.withLosers = true
    }
    #expect(answer.facts.mentions == [time])
    #expect(answer.losers.contains { $0.kind == "TIME" && !$0.reason.isEmpty })
    #expect(answer.losers.allSatisfy { $0.start < time.end && time.start < $0.end })
  }

  @Test(arguments: [
    (5, "article_id: 1 words: \"Lê Văn Nam\""), (5, "article_id: 9"),
    (11, "article_id: 1 start: 900 end: 901"), (3, "article_id: 1 start: 9 end: 4"),
    (3, "article_id: 1 end: 4 words: \"họp\""), (3, "article_id: 1 document {}"), (3, ""),
  ])
  func whatCannotBeExplainedHasItsCode(_ code: Int32, _ request: String) {
    let error = #expect(throws: DaemonError.self) {
      try daemon.explain(Danvan_V1_ExplainRequest(textFormatString: request))
    }
    #expect(error?.code == code)
  }
}
