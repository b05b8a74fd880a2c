import DanvanClient
import DanvanMessages
import Foundation
import TestSupport
import Testing

@testable import DanvanDaemon

/// What was ordered, held and said, through the protocol.
@Suite struct DirectivesTests {
  private let served: ServedStore
  private let daemon: DaemonConnection

  private static let texts: [(day: String, text: String)] = [
    (
      "2020-04-02",
      "Ông Lê Đình Mẫu, Giám đốc Sở Y tế tỉnh Quảng Ninh, yêu cầu Trung tâm Y tế huyện Hải Hà rà soát toàn bộ trang thiết bị phòng dịch trước ngày 10-4."
    ),
    (
      "2020-04-20",
      "Trung tâm Y tế huyện Hải Hà đã hoàn thành việc rà soát toàn bộ trang thiết bị phòng dịch."
    ),
    ("2020-04-21", "Trung tâm Y tế huyện Hải Hà mở cửa trở lại. Trời mưa to ở nhiều nơi."),
  ]

  init() throws {
    served = try ServedStore()
    daemon = try served.connect()
    let documents = Self.texts.map { day, text in
      var document = Danvan_V1_Document()
      document.content = Data("Tin ngày \(day)\n\n\(text)\n".utf8)
      document.mediaType = "text/plain"
      document.published = day
      return document
    }
    _ = try daemon.ingest(documents + [meeting("A"), meeting("B"), danvanMeeting()])
  }

  /// One meeting, as two papers tell it.
  private func meeting(_ paper: String) -> Danvan_V1_Document {
    var document = Danvan_V1_Document()
    document.content = Data(
      """
      Tin của báo \(paper)

      Sáng 12-5, tại xã Mây Ngàn, đồng chí Trần Văn Norvale, Bí thư Đảng ủy xã Mây Ngàn, chủ trì hội nghị tổng kết \
      công tác dân vận năm 2020.

      """.utf8)
    document.mediaType = "text/plain"
    document.published = "2021-05-12"
    return document
  }

  /// Another meeting of the day, elsewhere.
  private func danvanMeeting() -> Danvan_V1_Document {
    var document = Danvan_V1_Document()
    document.content = Data(
      """
      Tin khác

      Sáng 12-5, tại huyện Suối Đá, đồng chí Lê Thị Khác, Chủ tịch UBND huyện Suối Đá, chủ trì hội nghị triển khai \
      kế hoạch trồng rừng.

      """.utf8)
    document.mediaType = "text/plain"
    document.published = "2021-05-12"
    return document
  }

  private func list(_ fill: (inout Danvan_V1_DirectivesRequest) -> Void) throws
    -> Danvan_V1_DirectivesResponse
  {
    var request = Danvan_V1_DirectivesRequest()
    fill(&request)
    return try daemon.directives(request)
  }

  @Test func areFoundByWhoAndWhat() throws {
    #expect(try list { $0.by = "le dinh mau" }.total == 1)
    #expect(try list { $0.to = "Trung tâm Y tế" }.directives.first?.id.hasPrefix("1.") == true)
    #expect(try list { $0.to = "Trung tâm Văn hóa" }.total == 0)
    #expect(try list { $0.about = "\"trang thiết bị\"" }.directives.count == 1)
    #expect(try list { $0.about = "dân vận" }.directives.isEmpty)
    #expect(try list { $0.period = "2020-Q2.." }.total == 1)
    #expect(try list { $0.period = "quý I-2020" }.total == 0)
    #expect(throws: DaemonError.self) { try list { $0.period = "bao giờ" } }
    #expect(throws: DaemonError.self) { try list { $0.limit = 501 } }
  }

  @Test func whatIsNotedStaysOverARebuildWithItsHistory() throws {
    let id = try #require(try list { _ in }.directives.first).id
    var mark = Danvan_V1_MarkDirectiveRequest()
    mark.id = id
    mark.owner = "Phòng 3"
    mark.due = "2020-04-10"
    _ = try daemon.mark(mark)
    mark = Danvan_V1_MarkDirectiveRequest()
    mark.id = id
    mark.status = "done"
    _ = try daemon.mark(mark)
    _ = try daemon.rebuild(statusOnly: false)
    let answer = try daemon.directive(id)
    #expect(answer.history.count == 2)
    #expect(answer.directive.state.status == "done")
    #expect(answer.directive.state.owner == "Phòng 3")
    #expect(answer.directive.state.due == "2020-04-10")
    #expect(try list { $0.openOnly = true }.total == 0)
    mark.status = "open"
    _ = try daemon.mark(mark)
    #expect(try list { $0.openOnly = true }.total == 1)
  }

  private func mark(
    _ id: String, _ fill: (inout Danvan_V1_MarkDirectiveRequest) -> Void
  ) throws -> Danvan_V1_DirectiveResponse {
    var mark = Danvan_V1_MarkDirectiveRequest()
    mark.id = id
    fill(&mark)
    return try daemon.mark(mark)
  }

  @Test func anEmptyTextTakesAway() throws {
    let id = try #require(try list { _ in }.directives.first).id
    _ = try mark(id) {
      $0.due = "2020-04-10"
      $0.owner = "An"
    }
    let answer = try mark(id) { $0.due = "" }
    #expect(!answer.directive.state.hasDue && answer.directive.state.owner == "An")
    #expect(answer.history.count == 2)
  }

  /// What was noted, and the id by which it was, hold in another text of the article; where the directive is
  /// gone the notes are kept and listed.
  @Test func notesFollowTheirDirectiveIntoAnotherText() throws {
    func page(_ text: String) throws {
      var document = Danvan_V1_Document()
      document.content = Data(text.utf8)
      document.mediaType = "text/plain"
      document.published = "2020-05-02"
      document.url = "https://thu.example/1"
      _ = try daemon.ingest([document])
    }
    let first =
      "Ông Lê Đình Mẫu, Giám đốc Sở Y tế, yêu cầu Trung tâm Y tế huyện Hải Hà báo cáo trước ngày 10-5."
    let second =
      "Ông Lê Đình Mẫu yêu cầu Trung tâm Y tế huyện Đầm Hà mua thêm máy thở ngay trong tháng."
    try page("\(first)\n\(second)\n")
    let items = try list { $0.period = "2020-05" }.directives
    try #require(items.count == 2)
    let noted = try #require(items.first { $0.action.hasPrefix("mua") }?.id)
    let other = try #require(items.first { $0.action.hasPrefix("báo cáo") }?.id)
    _ = try mark(noted) { $0.note = "xem lại" }
    try page("Tin cập nhật lúc 9 giờ, với một đoạn mở đầu dài hơn trước.\n\(second)\n\(first)\n")
    // Both ids are of the text before.
    let found = try daemon.directive(noted)
    #expect(found.directive.action.hasPrefix("mua") && found.directive.state.note == "xem lại")
    #expect(found.directive.id != noted && found.history.count == 1)
    #expect(try daemon.directive(other).directive.action.hasPrefix("báo cáo"))
    #expect(try daemon.directive(other).history.isEmpty)
    #expect(try list { $0.orphans = true }.orphans.isEmpty)
    try page("Tin ngắn. \(first)\n")
    let orphan = try #require(try list { $0.orphans = true }.orphans.first)
    #expect(orphan.words.hasPrefix("mua") && orphan.state.note == "xem lại" && !orphan.inText)
    #expect(throws: DaemonError.self) { try daemon.directive(noted) }
    try page("\(second)\n\(first)\nHết.\n")
    #expect(try daemon.directive(noted).directive.state.note == "xem lại")
    #expect(try list { $0.orphans = true }.orphans.isEmpty)
    #expect(throws: DaemonError.self) { try daemon.directive("\(noted)9") }
  }

  @Test func followUpsAreOfTheSamePlace() throws {
    func ingest(_ day: String, _ text: String) throws {
      var document = Danvan_V1_Document()
      document.content = Data("Tin \(day)\n\n\(text)\n".utf8)
      document.mediaType = "text/plain"
      document.published = day
      _ = try daemon.ingest([document])
    }
    try ingest(
      "2022-03-01",
      "Ông Lê Văn Thử, Chủ tịch UBND tỉnh Quảng Ninh, yêu cầu Sở Y tế rà soát toàn bộ phòng khám tư nhân trên địa bàn."
    )
    try ingest(
      "2022-03-20",
      "Tại tỉnh Nghệ An, Sở Y tế đã rà soát toàn bộ phòng khám tư nhân trên địa bàn. Tỉnh Nghệ An có 400 phòng khám."
    )
    try ingest(
      "2022-03-21",
      "Tại tỉnh Quảng Ninh, Sở Y tế đã rà soát toàn bộ phòng khám tư nhân trên địa bàn, và đóng cửa hai nơi."
    )
    let id = try #require(try list { $0.period = "2022-03" }.directives.last).id
    let found = try daemon.directive(id).followUps
    #expect(found.map(\.source.date) == ["2022-03-21"])
    #expect(found.first?.reasons.contains { $0.contains("Quảng Ninh") } ?? false)
  }

  @Test func aWrongMarkIsRefused() throws {
    let id = try #require(try list { _ in }.directives.first).id
    for fill: (inout Danvan_V1_MarkDirectiveRequest) -> Void in [
      { _ in }, { $0.due = "mai" }, { $0.status = "" },
      {
        $0.id = "1.9999"
        $0.status = "done"
      },
      {
        $0.id = "x"
        $0.status = "done"
      }, { $0.note = String(repeating: "x", count: 4_001) },
    ] {
      var mark = Danvan_V1_MarkDirectiveRequest()
      mark.id = id
      fill(&mark)
      #expect(throws: DaemonError.self) { try daemon.mark(mark) }
    }
    #expect(try daemon.directive(id).history.isEmpty)
    let reader = try served.connect(to: served.readSocket)
    var mark = Danvan_V1_MarkDirectiveRequest()
    mark.id = id
    mark.status = "done"
    #expect(throws: DaemonError.self) { try reader.mark(mark) }
  }

  @Test func aLaterReportIsProposedAndClosesNothing() throws {
    let id = try #require(try list { _ in }.directives.first).id
    let answer = try daemon.directive(id)
    #expect(answer.followUps.map(\.source.articleID) == [2])
    #expect((answer.followUps.first?.score ?? 0) > 0.5)
    #expect(answer.followUps.first?.reasons.count ?? 0 >= 2)
    #expect(answer.directive.state.status == "open")
  }

  @Test func twoReportsOfOneMeetingAreOne() throws {
    var request = Danvan_V1_MeetingsRequest()
    request.period = "2021-05"
    let answer = try daemon.meetings(request)
    #expect(answer.reports >= 3)
    let danvan = answer.meetings.filter { $0.chairs == ["Trần Văn Norvale"] }
    #expect(danvan.map(\.sources.count) == [2])
    request.chair = "Lê Thị Khác"
    #expect(try daemon.meetings(request).meetings.map(\.sources.count) == [1])
    request.place = "Mây Ngàn"
    #expect(try daemon.meetings(request).meetings.isEmpty)
    request.type = "party"
    #expect(throws: DaemonError.self) { try daemon.meetings(request) }
  }

  @Test func monthsHaveNoHoles() throws {
    let answer = try daemon.timeline("")
    #expect(answer.months.first?.month == "2020-04" && answer.months.last?.month == "2021-05")
    #expect(answer.months.count == 14)
    #expect(answer.months.reduce(0) { $0 + $1.articles } == 6)
    #expect(try daemon.topics("2020-Q2").last == "2020-06-30")
    #expect(throws: DaemonError.self) { try daemon.topics("2020..") }
  }
}
