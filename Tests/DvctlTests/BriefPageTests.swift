import DanvanMessages
import DanvanModel
import Foundation
import FoundationXML
import SwiftProtobuf
import TestSupport
import Testing

@testable import dvctl

/// A brief as page, Markdown and JSON.
struct BriefPageTests {
  private static func source(_ article: Int64, _ sentence: String) -> Danvan_V1_Source {
    .with {
      $0.articleID = article
      $0.date = "2021-03-26"
      $0.outlet = "Báo Thử"
      $0.sentence = sentence
    }
  }

  static var full: Danvan_V1_BriefResponse {
    .with {
      ($0.first, $0.last) = ("2021-01-01", "2021-03-31")
      ($0.beforeFirst, $0.beforeLast) = ("2020-10-01", "2020-12-31")
      $0.totals = .with {
        ($0.articles, $0.meetings, $0.meetingReports) = (1_234, 1, 2)
        ($0.directives, $0.statements, $0.outlets) = (2, 1, 1)
      }
      $0.before = .with { ($0.articles, $0.meetingReports, $0.directives) = (1_000, 2, 8) }
      $0.days = [
        .with { ($0.date, $0.articles, $0.meetings) = ("2021-01-05", 30, 0) },
        .with { ($0.date, $0.articles, $0.meetings) = ("2021-03-26", 12, 1) },
      ]
      $0.meetings = [
        .with {
          $0.meeting = .with {
            ($0.type, $0.name, $0.status) = ("CONFERENCE", "hội nghị <tổng kết>", "planned")
            ($0.date, $0.place, $0.chairs) = ("2021-03-26", "Mây Ngàn", ["Lê Văn Thử"])
            $0.sources = [source(7, "Ngày 26-3, ông Lê Văn Thử chủ trì.")]
          }
          $0.agenda = ["Nghị quyết 5"]
          $0.directives = 2
          $0.weights = [.with { ($0.reason, $0.points) = ("level", 3) }]
        }
      ]
      $0.meetingTypes = [.with { ($0.name, $0.count) = ("CONFERENCE", 1) }]
      $0.issuers = [.with { ($0.name, $0.directives, $0.done) = ("Lê Văn Thử", 2, 1) }]
      $0.directives = [
        .with {
          $0.party = "Lê Văn Thử"
          $0.item = .with {
            ($0.id, $0.issuer, $0.action) = ("7.10", "Lê Văn Thử", "báo cáo")
            $0.state.status = "done"
            $0.source = source(7, "Ông yêu cầu báo cáo.")
          }
        }
      ]
      $0.topics = [.with { ($0.topic, $0.articles, $0.before) = ("y tế", 30, 20) }]
      $0.changes = [
        .with {
          ($0.post, $0.since, $0.until) = ("Giám đốc Sở Thử", "2021-02-01", "2020-11-30")
          ($0.holder.name, $0.before.name) = ("Trần Thị Mới", "Lê Văn Cũ")
          $0.doubts = ["one_article_since"]
        }
      ]
      $0.statements = [
        .with {
          $0.item = .with {
            ($0.speaker, $0.kind, $0.content) = ("Lê Văn Thử", "direct", "làm ngay & làm tốt")
            $0.source = source(7, "Ông nói.")
          }
          $0.post = "Giám đốc"
        }
      ]
      $0.outlets = [.with { ($0.name, $0.articles, $0.before, $0.days) = ("", 3, 2, 1) }]
      $0.gaps = .with {
        $0.daysWithoutArticles = 88
        $0.silences = [.with { ($0.first, $0.last) = ("2021-01-06", "2021-03-25") }]
      }
    }
  }

  private func text(
    _ answer: Danvan_V1_BriefResponse, _ language: String, _ file: String = "brief.html"
  ) throws -> String {
    let folder = try TemplateFolder(nil)
    let page = BriefPage(answer: answer, query: "", words: try Words(language, in: folder))
    return try TemplateRenderer(folder: folder).render(file, try page.values())
  }

  @Test func saysEverythingInBothLanguages() throws {
    let vi = try text(Self.full, "vi")
    for part in [
      "<html lang=\"vi\">", "<h1>Quý I năm 2021</h1>", "so với Quý IV năm 2020", "<b>1.234</b>",
      "+23 %", "Hội nghị · theo kế hoạch · tại Mây Ngàn", "Hội nghị &lt;tổng kết&gt;", "26/3/2021",
      "Nghị quyết 5", "Ngày 26-3, ông Lê Văn Thử chủ trì.", "đã xong", "Trần Thị Mới",
      "chỉ một bài nói về người mới", "làm ngay &amp; làm tốt".capitalizedFirst, "không rõ nguồn",
      "88 trên 90 ngày", "6/1 – 25/3/2021",
    ] { #expect(vi.contains(part), "\(part)") }
    let en = try text(Self.full, "en")
    for part in [
      "<h1>First quarter of 2021</h1>", "1,234", "Conference · planned · at Mây Ngàn",
      "26 March 2021",
      "one article alone names the new holder", "No article on 88 of 90 days.",
    ] { #expect(en.contains(part), "\(part)") }
    for file in ["brief.html", "brief.md"] {
      for language in ["vi", "en"] {
        let page = try text(Self.full, language, file)
        #expect(!page.contains("{{") && !page.contains(" <tổng"), "\(file) \(language)")
      }
    }
  }

  @Test func anEmptyPeriodIsAPageToo() throws {
    var empty = Danvan_V1_BriefResponse()
    (empty.first, empty.last) = ("2021-02-03", "2021-02-03")
    let page = try text(empty, "vi")
    #expect(page.contains("<h1>Ngày 3/2/2021</h1>"))
    #expect(page.contains("Kho bài không có bài nào trong kỳ này."))
    #expect(page.contains("không có kỳ trước") && !page.contains("<figure"))
    #expect(try text(empty, "en", "brief.md").contains("No meeting was reported in the period."))
  }

  /// Every tag is closed and every attribute quoted, so that the page is XML as well.
  @Test func thePageIsWellFormed() throws {
    for answer in [
      Self.full, Danvan_V1_BriefResponse.with { ($0.first, $0.last) = ("2021", "2021") },
    ] {
      let page = try text(answer, "vi")
      let parser = XMLParser(data: Data(page.utf8))
      #expect(parser.parse(), "\(String(describing: parser.parserError))")
    }
  }

  @Test func jsonHasTheNamesOfTheManual() throws {
    guard case .object(let members) = Self.full.json else {
      Issue.record("no object")
      return
    }
    #expect(
      members.map(\.name) == [
        "first", "last", "before", "totals", "totals_before", "days", "meetings", "meeting_types",
        "issuers", "addressees", "directives", "topics", "changes", "statements", "outlets", "gaps",
      ])
    let manual = try String(
      contentsOf: Repository.root.appendingPathComponent("docs/brief.md"), encoding: .utf8)
    guard case .object(let gaps) = Self.full.gaps.json else { return }
    for member in members + gaps { #expect(manual.contains("`\(member.name)`"), "\(member.name)") }
    let json = Self.full.json.compact
    #expect(json.contains(#""weight":{"sum":3,"level":3}"#))
    #expect(json.contains(#""name":"Lê Văn Thử","directives":2,"open":1,"done":1,"dropped":0"#))
  }

  @Test(arguments: [
    ("2021-01-01", "2021-12-31", "Năm 2021"), ("2021-07-01", "2021-09-30", "Quý III năm 2021"),
    ("2021-02-01", "2021-02-28", "Tháng 2 năm 2021"),
    ("2021-03-26", "2021-03-26", "Ngày 26/3/2021"),
    ("2021-02-01", "2021-04-30", "1/2/2021 – 30/4/2021"),
    ("2020-10-01", "2021-12-31", "1/10/2020 – 31/12/2021"),
  ])
  func periodsHaveNames(first: String, last: String, name: String) throws {
    let names = PeriodNames(words: try Words("vi", in: TemplateFolder(nil)))
    #expect(try names.title(from: first, to: last) == name)
  }

  @Test(
    arguments: [
      (100, 100, ""), (150, 100, "+50 %"), (50, 100, "−50 %"), (3, 1, "+2"), (0, 4, "−4"),
      (7, 0, ""),
      (1_001, 1_000, "+1"),
    ] as [(UInt32, UInt32, String)])
  func changesAreTold(now: UInt32, before: UInt32, text: String) {
    #expect(BriefPage.change(now, before) == text)
  }

  @Test func aShellsWordsArePutTogether() {
    func parted(_ words: String...) -> [String] {
      let (period, query) = Brief.parted(words[0], Array(words.dropFirst()))
      return [period, query]
    }
    #expect(parted("quý", "I-2021", "dân", "vận") == ["quý I-2021", "dân vận"])
    #expect(parted("2021-Q1", "dân", "vận") == ["2021-Q1", "dân vận"])
    #expect(parted("last-month", "dân", "vận") == ["last-month", "dân vận"])
    #expect(parted("hôm-qua") == ["hôm-qua", ""])
  }
}

/// Where columns stand.
struct DayChartTests {
  private func drawn(_ days: [(String, UInt32, UInt32)], _ first: String, _ last: String)
    -> DayChart?
  {
    DayChart(
      days.map { day in .with { ($0.date, $0.articles, $0.meetings) = (day.0, day.1, day.2) } },
      from: first, to: last)
  }

  @Test func aColumnForEachDayWeekOrMonth() throws {
    let quarter = try #require(drawn([("2021-01-02", 5, 0)], "2021-01-01", "2021-03-31"))
    #expect(quarter.step == .days && quarter.columns.count == 90)
    #expect(quarter.columns[1].articles == 5 && quarter.columns[1].left.percent == "1.11")
    #expect(quarter.marks.map(\.date.description) == ["2021-01-01", "2021-02-01", "2021-03-01"])
    let year = try #require(drawn([("2021-12-31", 1, 2)], "2021-01-01", "2021-12-31"))
    #expect(year.step == .weeks && year.columns.count == 53)
    #expect(year.columns[0].first == "2021-01-01" && year.columns[0].last == "2021-01-03")
    #expect(year.columns[52].meetings == 2)
    let long = try #require(drawn([("1999-02-28", 1, 0)], "1900-01-01", "2026-12-31"))
    #expect(long.step == .months && long.columns.count == 127 * 12)
    #expect(long.columns.filter { $0.articles > 0 }.map(\.first) == ["1999-02-01"])
    #expect(long.marks.count < 200)
    #expect(drawn([], "2021-02-01", "2021-01-01") == nil)
  }

  @Test func columnsFillTheWidth() throws {
    for (first, last) in [
      ("2021-01-01", "2021-03-31"), ("2020-01-15", "2021-12-03"), ("2000-01-31", "2021-12-03"),
    ] {
      let chart = try #require(drawn([], first, last))
      var left = 0.0
      for column in chart.columns {
        #expect(abs(column.left - left) < 1e-6)
        left += column.width
      }
      #expect(abs(left - 100) < 1e-6)
    }
  }

  @Test(arguments: [(0, 0), (1, 1), (2, 2), (3, 4), (21, 24), (25, 30), (101, 120), (999, 1_000)])
  func scalesAreRound(number: Int, top: Int) { #expect(DayChart.round(up: number) == top) }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
