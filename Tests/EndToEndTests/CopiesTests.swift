import Foundation
import TestSupport
import Testing

/// The same text from several papers: one on a page of results, all of them in counts.
struct CopiesTests {
  private static let body = """
    Sáng 5-4, Chủ tịch UBND huyện Thử Nghiệm Lê Văn Thử chủ trì hội nghị giao ban quý I tại xã Mẫu. Theo \
    báo cáo, ba tháng đầu năm thu ngân sách của huyện đạt hơn một phần tư dự toán được giao. Kết luận \
    hội nghị, đồng chí Lê Văn Thử đề nghị các xã chăm lo đời sống nhân dân sau mưa lũ.
    """

  @Test func aPageShowsOneOfAGroup() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let papers = ["Một", "Hai", "Ba"].map {
      #"{"text":"\#(Self.body) Theo Báo \#($0).","date":"2021-04-05"}"#
    }
    let lines = papers + [#"{"text":"Bài khác hẳn về hội nghị giao ban của tỉnh bên."}"#]
    let ingested = try daemon.dvctl(
      "ingest", "--type", "jsonl", "-", input: Data(lines.joined(separator: "\n").utf8))
    try #require(ingested.errors.contains("added 4"), "\(ingested.errors)")

    func hits(_ options: String...) throws -> [String] {
      try Programs.dvctl(
        ["query", "--socket", daemon.socket.path, "giao ban", "--format", "ndjson"] + options
      ).lines
    }
    let page = try hits()
    #expect(page.count == 2)
    #expect(page.first?.contains(#""copies":[1,2]"#) == true, "\(page)")
    #expect(try daemon.dvctl("query", "giao ban").text.contains("+2 copies"))
    #expect(try hits("--all").count == 4)
    // Counts and facets are of articles, not of groups.
    #expect(try daemon.dvctl("query", "giao ban", "--count").lines == ["4"])
    let facets = try daemon.dvctl(
      "query", "giao ban", "--facets", "year", "--limit", "1", "--format", "json")
    #expect(facets.text.contains(#""articles": 3"#), "\(facets.text)")
  }
}
