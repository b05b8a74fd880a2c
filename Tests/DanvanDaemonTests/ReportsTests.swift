import DanvanClient
import DanvanMessages
import SwiftProtobuf
import Testing

@testable import DanvanDaemon

/// A period and the store in numbers, through the protocol, over what the real rules find.
@Suite struct ReportsTests {
  private let daemon: DaemonConnection
  private let served: ServedStore

  init() throws {
    served = try ServedStore()
    daemon = try served.connect()
    _ = try daemon.ingest([
      document("phòng chống cháy rừng", published: "2021-05-13"),
      document("chuyển đổi số", published: "2021-05-14"),
      document("quy chế dân chủ", published: "2021-02-03"),
    ])
  }

  private func code(_ body: () throws -> Void) -> Int32? {
    do {
      try body()
      return nil
    } catch {
      return (error as? DaemonError)?.code
    }
  }

  @Test func aBriefCountsAndChooses() throws {
    let brief = try daemon.brief(.with { $0.period = "2021-Q2" })
    #expect([brief.first, brief.last] == ["2021-04-01", "2021-06-30"])
    #expect([brief.beforeFirst, brief.beforeLast] == ["2021-01-01", "2021-03-31"])
    #expect(brief.totals.articles == 2 && brief.before.articles == 1)
    #expect(brief.totals.directives == UInt32(brief.directives.map(\.articles).reduce(0, +)))
    #expect(brief.days.map(\.articles).reduce(0, +) == 2)
    let directive = try #require(brief.directives.first)
    #expect(directive.item.source.articleID == 1 || directive.item.source.articleID == 2)
    #expect(!directive.item.source.sentence.isEmpty && !directive.weights.isEmpty)
    #expect(brief.issuers.map(\.directives).reduce(0, +) == brief.totals.directives)

    let narrowed = try daemon.brief(
      .with {
        $0.period = "2021-Q2"
        $0.query = "\"chuyển đổi số\""
        $0.limit = 1
      })
    #expect(narrowed.totals.articles == 1 && narrowed.directives.count <= 1)
  }

  @Test func whatABriefCannotTakeIsSaid() throws {
    #expect(code { _ = try daemon.brief(.with { $0.period = "hôm nào" }) } == 3)
    #expect(code { _ = try daemon.brief(.with { $0.limit = 201 }) } == 3)
    #expect(code { _ = try daemon.brief(.with { $0.query = "(" }) } == 3)
  }

  @Test func statsCountWhatThereIs() throws {
    func check() throws -> Danvan_V1_StatsResponse {
      let stats = try daemon.stats()
      let status = try daemon.status()
      #expect(stats.articles == status.articles && stats.facts == status.facts)
      #expect(stats.kinds.map(\.count).reduce(0, +) == stats.facts)
      #expect(stats.readers.map(\.articles).reduce(0, +) == stats.articles)
      return stats
    }
    let three = try check()
    #expect(three.articles == 3 && three.facts > 0 && three.textBytes > 300)
    #expect(three.months.map(\.articles) == [1, 2])
    #expect(three.rules.contains { $0.count == 0 } && three.rules.contains { $0.count > 0 })
    // What was counted once is counted anew when something changes.
    _ = try daemon.ingest([document("hòa giải ở cơ sở", published: "2021-05-20")])
    #expect(try check().articles == 4)
    _ = try daemon.delete([1])
    let after = try check()
    #expect(after.articles == 3 && after.unreadable == 0)
  }
}
