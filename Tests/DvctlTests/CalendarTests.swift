import DanvanMessages
import Testing

@testable import dvctl

/// Events as calendar programs read them (RFC 5545).
struct CalendarTests {
  private func meeting(_ fill: (inout Danvan_V1_Meeting) -> Void) -> Danvan_V1_Meeting {
    var source = Danvan_V1_Source()
    source.articleID = 7
    source.start = 12
    var meeting = Danvan_V1_Meeting()
    meeting.type = "CONFERENCE"
    meeting.name = "hội nghị"
    meeting.status = "held"
    meeting.date = "2021-03-26"
    meeting.sources = [source]
    fill(&meeting)
    return meeting
  }

  private func lines(_ meeting: Danvan_V1_Meeting) -> [String] {
    Calendar(meetings: [meeting]).text.split(separator: "\r\n").map(String.init)
  }

  @Test func aDayIsADateAndAnHourATime() {
    #expect(lines(meeting { _ in }).contains("DTSTART;VALUE=DATE:20210326"))
    #expect(lines(meeting { $0.when = "2021-03-26T09:30" }).contains("DTSTART:20210326T093000"))
    #expect(
      lines(meeting { $0.when = "2021-03-26TAF" }).contains("DTSTART;VALUE=DATE:20210326"))
    #expect(!lines(meeting { $0.date = "" }).contains("BEGIN:VEVENT"))
    #expect(lines(meeting { $0.status = "planned" }).contains("STATUS:TENTATIVE"))
  }

  @Test func textIsEscapedAndFolded() {
    let name = String(repeating: "hội nghị, tổng kết; ", count: 12) + "\\ \u{7}hết"
    let text = Calendar(meetings: [meeting { $0.name = name }]).text
    for line in text.split(separator: "\r\n") { #expect(line.utf8.count <= 75) }
    let unfolded = text.replacing("\r\n ", with: "")
    #expect(unfolded.contains("SUMMARY:hội nghị\\, tổng kết\\; hội nghị"))
    #expect(unfolded.contains("\\\\  hết\r\n"))
    #expect(!text.split(separator: "\r\n").contains { $0.contains("\n") })
  }
}
