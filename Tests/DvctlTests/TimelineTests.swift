import DanvanMessages
import Foundation
import FoundationXML
import SwiftProtobuf
import TestSupport
import Testing

@testable import dvctl

/// The chart of months as a picture.
struct TimelineTests {
  private func report(_ months: [(String, UInt32)], _ title: String = "x") -> TimelineReport {
    let counts = months.map { month in
      Danvan_V1_MonthCount.with { ($0.month, $0.articles) = (month.0, month.1) }
    }
    return TimelineReport(answer: .with { $0.months = counts }, title: title)
  }

  private func rectangles(_ report: TimelineReport) throws -> [String] {
    let drawing = try #require(report.drawing)
    let parser = XMLParser(data: Data(drawing.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    return drawing.split(separator: "\n").filter { $0.hasPrefix("<rect") }.map(String.init)
  }

  @Test func aBarForEachMonthOrYear() throws {
    let some = try rectangles(report([("2021-11", 3), ("2021-12", 0), ("2022-01", 6)]))
    #expect(some.count == 2 && some[1].contains("<title>2022-01: 6</title>"))
    let many = (0..<300).map {
      ("\(2000 + $0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1)", UInt32(1))
    }
    let years = try rectangles(report(many))
    #expect(years.count == 25 && years[0].contains("<title>2000: 12</title>"))
    #expect(try rectangles(report([])).isEmpty)
    #expect(try rectangles(report([("2021-05", 1)], "<a> & \"b\"")).count == 1)
  }

  @Test func whatIsNotDrawnIsRefused() throws {
    let renderer = Renderer(format: .svg, style: Style(hasColor: false, width: 80))
    #expect(throws: Failure.self) {
      try renderer.render(StatsReport(answer: Danvan_V1_StatsResponse()), to: "/dev/null")
    }
  }

  @Test(.enabled(if: access("/usr/bin/rsvg-convert", X_OK) == 0, "no rsvg-convert: librsvg2-bin"))
  func aPictureOfDots() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/t.png"
    try Renderer(format: .png, style: Style(hasColor: false, width: 80))
      .render(report([("2021-05", 1)], "công tác dân vận"), to: path)
    let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(Array(bytes.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    // Width and height, at twice the drawing's size.
    #expect(Array(bytes[16..<24]) == [0, 0, 0x07, 0x80, 0, 0, 0x02, 0x68])
  }
}
