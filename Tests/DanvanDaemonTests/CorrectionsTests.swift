import DanvanClient
import DanvanMessages
import Foundation
import SwiftProtobuf
import Testing

@testable import DanvanDaemon

/// Corrections through the protocol, over what the real rules find.
@Suite struct CorrectionsTests {
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

  private func facts() throws -> Danvan_V1_ArticleFacts {
    try daemon.article(1, withText: true, withFacts: true).facts
  }

  @Test func aCorrectedFactSaysSoWhereverItIsShown() throws {
    let directive = try #require(try facts().directives.first)
    let made = try daemon.correct(
      .with {
        $0.fact = "1.DIRECTIVE.\(directive.start)"
        $0.fields = [
          .with { ($0.name, $0.value) = ("addressee", "các sở") },
          .with { ($0.name, $0.value) = ("person", "Lê Văn Khác") },
        ]
        $0.why = "nhìn nhầm"
        $0.who = "An"
      })
    #expect(made.state == "applied" && made.who == "An" && made.uid == geteuid())
    #expect(made.wrong.directives.first?.issuer == directive.issuer)
    let article = try daemon.article(1, withText: true, withFacts: true)
    #expect(article.facts.directives.map(\.issuer) == ["Lê Văn Khác"])
    #expect(article.facts.directives[0].evidence.rule == "correction")
    #expect(article.facts.directives[0].evidence.by == "An")
    #expect(article.corrections == [made])
    let explained = try daemon.explain(.with { $0.articleID = 1 })
    #expect(explained.facts == article.facts && explained.corrections == [made])
    let hits = try daemon.query(.with { $0.query = "kind:directive" }).hits
    #expect(hits.first?.facts.directives.first?.evidence.by == "An")
    var list = Danvan_V1_DirectivesRequest()
    list.by = "Lê Văn Khác"
    #expect(try daemon.directives(list).directives.first?.source.evidence.by == "An")
    #expect(try daemon.corrections() == [made] && daemon.corrections(of: 1) == [made])
    try daemon.forgetCorrection(made.id)
    #expect(try facts().directives == [directive])
    #expect(try daemon.corrections().isEmpty)
  }

  @Test func whoIsTheUserWhereNothingIsSaid() throws {
    let made = try daemon.correct(
      .with {
        $0.articleID = 1
        $0.type = "LOC"
        $0.words = "các huyện"
      })
    #expect(made.who == UserName.of(geteuid()) && !made.hasWrong)
    #expect(try facts().mentions.contains { $0.type == "LOC" && $0.text == "các huyện" })
    #expect(UserName.of(4_000_000_000) == "uid 4000000000")
  }

  @Test func listsComeInPages() throws {
    for words in ["các huyện", "Hội nghị giao ban", "rà soát ngay"] {
      _ = try daemon.correct(
        .with {
          $0.articleID = 1
          $0.type = words == "các huyện" ? "LOC" : "ORG"
          $0.words = words
        })
    }
    let all = try daemon.corrections()
    #expect(all.map(\.id) == [1, 2, 3])
    func page(_ after: String, limit: UInt32 = 2, of article: Int64 = 0) throws
      -> Danvan_V1_CorrectionsResponse
    {
      let request = Danvan_V1_CorrectionsRequest.with {
        ($0.articleID, $0.limit, $0.after) = (article, limit, after)
      }
      return try Danvan_V1_CorrectionsResponse(
        serializedBytes: daemon.call(
          "danvan.v1.Corrections", "List", request.serializedBytes()))
    }
    let first = try page("")
    #expect(first.corrections == Array(all.prefix(2)) && !first.next.isEmpty)
    let second = try page(first.next, of: 1)
    #expect(second.corrections == Array(all.suffix(1)) && second.next.isEmpty)
    #expect(try page("", limit: 3).next.isEmpty)
    for (after, limit) in [("x", 2), ("1.2.3", 2), ("", 1_001)] as [(String, UInt32)] {
      let error = #expect(throws: DaemonError.self) { try page(after, limit: limit) }
      #expect(error?.code == 3, "\(after)")
    }
  }

  @Test func errorsAreOfTheirCodes() throws {
    func code(_ fill: (inout Danvan_V1_CorrectRequest) -> Void) throws -> Int? {
      var request = Danvan_V1_CorrectRequest()
      fill(&request)
      do {
        _ = try daemon.correct(request)
        return nil
      } catch let error {
        guard case .status(let status) = error else { return -1 }
        return Int(status.code)
      }
    }
    #expect(
      try code {
        $0.fact = "9.TITLE.1-2"
        $0.spurious = true
      } == 5)
    #expect(
      try code {
        $0.fact = "1.TITLE.1-2"
        $0.spurious = true
      } == 5)
    #expect(
      try code {
        $0.fact = "1.TITLE"
        $0.spurious = true
      } == 3)
    #expect(
      try code {
        $0.articleID = 1
        $0.type = "LOC"
      } == 3)
    #expect(
      try code {
        $0.articleID = 1
        $0.type = "LOC"
        $0.start = 9
        $0.end = 3
      } == 3)
  }
}
