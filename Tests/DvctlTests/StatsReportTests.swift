import DanvanMessages
import SwiftProtobuf
import Testing

@testable import dvctl

struct StatsReportTests {
  private static var answer: Danvan_V1_StatsResponse {
    .with {
      ($0.articles, $0.facts, $0.textBytes, $0.databaseBytes) = (
        1_000, 20_000, 2_097_152, 3_145_728
      )
      $0.sources = [
        .with { ($0.name, $0.count) = ("Báo Thử", 600) }, .with { ($0.name, $0.count) = ("", 400) },
      ]
      $0.months = [
        .with { ($0.month, $0.articles) = ("1945-09", 1) },
        .with { ($0.month, $0.articles) = ("2021-01", 100) },
        .with { ($0.month, $0.articles) = ("2021-03", 800) },
      ]
      $0.undated = 99
      $0.kinds = [.with { ($0.name, $0.count) = ("person", 15_000) }]
      $0.coverage = [.with { ($0.name, $0.count) = ("day", 901) }]
      $0.rules = [
        .with { ($0.name, $0.count) = ("a.rule", 20_000) },
        .with { ($0.name, $0.count) = ("b.rule", 0) },
      ]
    }
  }

  @Test func aYearIsALineOfTwelveMonths() {
    let lines = StatsReport(answer: Self.answer).lines(Style(hasColor: false, width: 80))
    #expect(lines.contains("2021  ▂·█·········        900"))
    #expect(lines.contains("in 1 other years            1"))
    #expect(lines.contains("no date                    99"))
    #expect(lines.contains("       400  (not known)"))
    #expect(lines.contains("  90.1 %  day"))
    #expect(lines.first == "1,000 articles, 2 MiB of text, 20,000 facts; store 3 MiB")
    #expect(lines.last == "            1 that found nothing")
  }

  @Test func eachRowIsOneCount() {
    let rows = StatsReport(answer: Self.answer).rows.map(\.compact)
    #expect(rows.contains(#"{"group":"source","name":"","count":400}"#))
    #expect(rows.contains(#"{"group":"month","name":"2021-03","count":800}"#))
    #expect(rows.contains(#"{"group":"rule","name":"b.rule","count":0}"#))
    #expect(
      StatsReport(answer: Self.answer).json.compact.contains(
        #"{"of":"day","articles":901,"share":0.901}"#))
  }

  @Test func anEmptyStoreIsTold() {
    let lines = StatsReport(answer: Danvan_V1_StatsResponse()).lines(
      Style(hasColor: false, width: 80))
    #expect(lines == ["0 articles, 0 bytes of text, 0 facts; store 0 bytes"])
    #expect(Sparkline([0, 1, 4, 8]).text == "·▂▅█")
  }
}
