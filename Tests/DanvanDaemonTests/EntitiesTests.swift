import DanvanClient
import DanvanMessages
import Foundation
import TestSupport
import Testing

@testable import DanvanDaemon

/// Persons, bodies and posts across articles, through the protocol.
@Suite struct EntitiesTests {
  private let served: ServedStore
  private let daemon: DaemonConnection

  /// Two persons of one name, an official with two posts, and one who is only named.
  private static let texts: [(day: String, text: String)] = [
    (
      "2019-03-12",
      "Ông Trần Văn Thử, Chủ tịch UBND xã Mây Ngàn, huyện Suối Đá, tỉnh Hòa Bình, chủ trì hội nghị."
    ),
    (
      "2019-04-02",
      "Ông Trần Văn Thử, Phó Giám đốc Sở Y tế tỉnh Quảng Ninh, cho biết dịch đã được kiểm soát."
    ),
    (
      "2020-04-02",
      "Ông Trần Văn Thử, Giám đốc Sở Y tế tỉnh Quảng Ninh, yêu cầu Trung tâm Y tế huyện Hải Hà báo cáo trước ngày 10-4."
    ),
    (
      "2020-05-09",
      "Ông Lê Đình Mẫu, Ủy viên Bộ Chính trị, Bí thư Thành ủy Hà Nội, dự lễ khánh thành."
    ),
    (
      "2021-05-09",
      "Bộ trưởng Bộ Y tế Lê Đình Mẫu trả lời báo chí. Ông Trần Văn Thử, Giám đốc Sở Y tế tỉnh Quảng Ninh cũng có mặt."
    ),
  ]

  init() throws {
    served = try ServedStore()
    daemon = try served.connect()
    let results = try daemon.ingest(
      Self.texts.map { day, text in
        var document = Danvan_V1_Document()
        document.content = Data("Tin ngày \(day)\n\n\(text)\n".utf8)
        document.mediaType = "text/plain"
        document.published = day
        return document
      })
    try #require(results.map(\.outcome) == Array(repeating: .added, count: Self.texts.count))
  }

  @Test func twoOfOneNameStayTwo() throws {
    let health = try daemon.person("Trần Văn Thử")
    #expect(health.person.entity == "Trần Văn Thử@2")
    #expect(health.totals.articles == 3)
    #expect(health.tenures.first?.last == "2021-05-09")
    #expect(health.tenures.allSatisfy { !$0.body.contains("Mây Ngàn") })
    #expect(health.namesakes.map(\.entity) == ["Trần Văn Thử@1"])
    let commune = try daemon.person("tran van thu@1")
    #expect(commune.person.name == "Trần Văn Thử")
    #expect(commune.totals.articles == 1)
    #expect(commune.tenures.first?.sources.first?.sentence.contains("Mây Ngàn") == true)
  }

  @Test func anOfficialOfTheCentreIsOne() throws {
    let official = try daemon.person("le dinh mau")
    #expect(official.person.entity == "Lê Đình Mẫu")
    #expect(official.totals.articles == 2)
    #expect(official.namesakes.isEmpty)
    #expect(official.beside.isEmpty || official.beside.map(\.name) == ["Trần Văn Thử"])
  }

  @Test func whoHeldAPost() throws {
    let holdings = try daemon.holders(of: "Giám đốc Sở Y tế tỉnh Quảng Ninh")
    #expect(holdings.map(\.tenure.holder.name) == ["Trần Văn Thử"])
    #expect(holdings.first?.tenure.first == "2020-04-02")
    #expect(holdings.first?.tenure.last == "2021-05-09")
    #expect(holdings.first?.tenure.gaps.map(\.first) == ["2020-04-03"])
    let before = try daemon.holders(of: "bi thu thanh uy ha noi", at: "2020-05-01")
    #expect(before.map(\.tenure.holder.name) == ["Lê Đình Mẫu"])
    #expect(before.first?.attested == false && before.first?.daysOff == 8)
    #expect(throws: DaemonError.self) { try daemon.holders(of: "Chủ tịch xã Không Có") }
    #expect(throws: DaemonError.self) { try daemon.holders(of: "Bí thư", at: "2020") }
  }

  /// A post with a place behind it is not hidden by one of exactly the words asked for; a deputy's is another.
  @Test func longerPostsAreShownToo() throws {
    var document = Danvan_V1_Document()
    document.content = Data("Tin khác\n\nGiám đốc Sở Y tế Phạm Thị Ngắn dự họp.\n".utf8)
    document.mediaType = "text/plain"
    document.published = "2021-06-01"
    _ = try daemon.ingest([document])
    for title in ["Giám đốc Sở Y tế", "giam doc so y te"] {
      let holdings = try daemon.holders(of: title)
      #expect(
        holdings.map(\.tenure.holder.name) == ["Phạm Thị Ngắn", "Trần Văn Thử"], "\(title)")
      #expect(holdings.last?.tenure.first == "2020-04-02", "\(title)")
    }
  }

  @Test func aBodyHasItsHoldersAndWhatWasAskedOfIt() throws {
    let body = try daemon.body("Sở Y tế tỉnh Quảng Ninh")
    #expect(body.tenures.map(\.role) == ["Giám đốc", "Phó Giám đốc"])
    let centre = try daemon.body("trung tam y te huyen hai ha")
    #expect(centre.received.first?.issuer == "Trần Văn Thử")
    #expect(centre.received.first?.state.status == "open")
    #expect(throws: DaemonError.self) { try daemon.body("Sở Không Có") }
  }

  @Test func rulingsOutliveARebuild() throws {
    func rule(
      _ verb: Danvan_V1_RuleEntityRequest.Verb, _ entity: String,
      _ fill: (inout Danvan_V1_RuleEntityRequest) -> Void
    ) throws -> [Danvan_V1_EntityRuling] {
      var request = Danvan_V1_RuleEntityRequest()
      request.verb = verb
      request.kind = "person"
      request.entity = entity
      fill(&request)
      return try daemon.rule(request)
    }
    _ = try rule(.merge, "Trần Văn Thử@1") { $0.other = "Trần Văn Thử@2" }
    #expect(try daemon.person("Trần Văn Thử").totals.articles == 4)
    #expect(throws: DaemonError.self) {
      try rule(.merge, "Trần Văn Thử@1") { $0.other = "Trần Văn Thử@3" }
    }
    let split = try rule(.split, "Trần Văn Thử@2") { $0.articles = [5] }
    #expect(try daemon.person("Trần Văn Thử@5").totals.articles == 1)
    _ = try rule(.rename, "Lê Đình Mẫu") { $0.name = "Lê Đình Mẫu (Hà Nội)" }
    _ = try daemon.rebuild(statusOnly: false)
    #expect(try daemon.person("Trần Văn Thử").totals.articles == 3)
    #expect(try daemon.person("Lê Đình Mẫu").person.name == "Lê Đình Mẫu (Hà Nội)")
    #expect(try daemon.entityRulings().map(\.verb) == ["merge", "split", "rename"])
    try daemon.forgetRuling(try #require(split.first).id)
    #expect(try daemon.person("Trần Văn Thử").totals.articles == 4)
    #expect(throws: DaemonError.self) { try daemon.forgetRuling(99) }
  }

  @Test func aRemovedArticleIsForgotten() throws {
    _ = try daemon.delete([1])
    let left = try daemon.person("Trần Văn Thử")
    #expect(left.person.entity == "Trần Văn Thử")
    #expect(left.namesakes.isEmpty)
    #expect(throws: DaemonError.self) { try daemon.person("Trần Văn Thử@1") }
  }

  @Test func readersMayNotRule() throws {
    let reader = try served.connect(to: served.readSocket)
    var request = Danvan_V1_RuleEntityRequest()
    request.verb = .rename
    request.kind = "person"
    request.entity = "Lê Đình Mẫu"
    request.name = "X"
    #expect(throws: DaemonError.self) { try reader.rule(request) }
    #expect(try reader.person("Lê Đình Mẫu").person.name == "Lê Đình Mẫu")
  }
}
