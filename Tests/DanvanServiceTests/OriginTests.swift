import DanvanModel
import DanvanStore
import Testing

@testable import DanvanService

/// What articles came from, and which are copies.
struct OriginTests {
  private static let sentences = [
    "Sáng 5-4, Chủ tịch UBND huyện Thử Nghiệm Lê Văn Thử chủ trì hội nghị giao ban quý I tại xã Mẫu.",
    "Tham dự hội nghị có đại diện các phòng, ban và lãnh đạo mười hai xã, thị trấn trên địa bàn.",
    "Theo báo cáo, ba tháng đầu năm thu ngân sách của huyện đạt hơn một phần tư dự toán được giao.",
    "Công tác tiêm phòng cho đàn gia súc hoàn thành sớm hơn kế hoạch mười ngày so với năm ngoái.",
    "Các đại biểu thảo luận về việc sửa đường liên thôn và cấp nước sạch cho ba thôn vùng cao.",
    "Kết luận hội nghị, đồng chí Lê Văn Thử đề nghị các xã chăm lo đời sống nhân dân sau mưa lũ.",
  ]

  private func submission(_ sentences: [String], source: String? = nil) -> Submission {
    Submission(
      content: Array(sentences.joined(separator: "\n").utf8), mediaType: .plainText, source: source)
  }

  private func ids(_ results: [Result<Receipt, DanvanError>]) throws -> [ArticleID] {
    try results.map { try $0.get().id }
  }

  /// Documents of every form, also long ones, come back byte for byte from the difference that is kept.
  @Test(arguments: MediaType.allCases) func documentsComeBackAsTheyCame(_ type: MediaType) throws {
    let test = try TestDesk()
    let text = Self.sentences.joined(separator: " ")
    for times in [1, 40, 400] {
      let body = String(repeating: text + " ", count: times) + "Hết lần \(times)."
      let document =
        switch type {
        case .plainText: "\u{FEFF}" + body
        case .markdown: "---\ntitle: Họp \(times)\n---\n\(body)"
        case .html: "<html><body><h1>Họp \(times)</h1><p>\(body)</p></body></html>"
        case .jsonArticle: #"{"title": "Họp \#(times)", "text": "\#(body)"}"#
        case .csv: "title,text\nHọp \(times),\"\(body)\"\n"
        case .feed:
          "<rss><channel><item><title>Họp \(times)</title><description>\(body)</description></item></channel></rss>"
        case .mail:
          "Subject: Hop \(times)\nContent-Type: text/plain; charset=utf-8\n\n\(body)\n"
        }
      let content = Array(document.utf8)
      let receipt = try #require(
        try test.desk.ingest([Submission(content: content, mediaType: type)]).first
      ).get()
      let kept = try test.desk.store.read { try $0.original(of: receipt.id) }
      #expect(kept?.content == content)
    }
  }

  @Test func keepsTheBytesAndWhatTheSenderSaid() throws {
    let test = try TestDesk()
    let html = "<html><body><h1>Họp</h1><p>\(Self.sentences[0])</p></body></html>"
    let page = Submission(
      content: Array(html.utf8), mediaType: .html, source: "Báo Thử",
      published: PartialDate("2021-04"), fields: ["title": "x"])
    let plain = submission(Self.sentences)
    let ids = try ids(test.desk.ingest([page, plain]))
    let kept = try test.desk.store.read { snapshot in try ids.map { try snapshot.original(of: $0) }
    }
    #expect(kept[0]?.content == page.content)
    #expect(kept[0]?.mediaType == .html)
    #expect(kept[0]?.source == "Báo Thử")
    #expect(kept[0]?.published == PartialDate("2021-04"))
    #expect(kept[0]?.fields == ["title": "x"])
    #expect(kept[1]?.content == plain.content)
    #expect(try test.desk.origin(ids[0])?.reading.origins["title"] == "h1")
    #expect(try test.desk.origin(ids[0])?.reading.origins["publisher"] == "sender")
  }

  @Test func countsSightingsOfOneText() throws {
    let test = try TestDesk()
    let first = try ids(test.desk.ingest([submission(Self.sentences, source: "Báo A")]))
    _ = try test.desk.ingest([
      submission(Self.sentences, source: "Báo B"), submission(Self.sentences, source: "Báo A"),
    ])
    let seen = try #require(try test.desk.origin(first[0])).sightings
    #expect(seen.map(\.source).sorted() == ["Báo A", "Báo B"])
    #expect(seen.first { $0.source == "Báo A" }?.times == 2)
  }

  @Test func groupsCopiesAndFoldsThem() throws {
    let test = try TestDesk()
    let other = (0..<6).map {
      "Câu số \($0) của một bài khác hẳn nói về chuyện thứ \($0 * 7) ở nơi \($0 + 40)."
    }
    let ids = try ids(
      test.desk.ingest([
        submission(Self.sentences), submission(Self.sentences + ["Theo Báo Thử"]),
        submission(Self.sentences.map { $0.uppercased() }), submission(other),
        submission(["Ngắn."]),
      ]))
    #expect(try test.desk.origin(ids[0])?.copies == [ids[1], ids[2]])
    #expect(try test.desk.origin(ids[3])?.copies == [])
    #expect(try test.desk.origin(ids[4])?.copies == [])
    var request = SearchRequest(query: "")
    #expect(try test.desk.search(request).hits.count == 5)
    request.foldsCopies = true
    let page = try test.desk.search(request)
    #expect(page.hits.count == 3)
    #expect(page.total == 5)
    #expect(page.hits.contains { $0.copies.count == 2 })
    // A group goes on without its first article.
    _ = try test.desk.delete([ids[0]])
    #expect(try test.desk.origin(ids[1])?.copies == [ids[2]])
    let again = try self.ids(test.desk.ingest([submission(Self.sentences)]))
    #expect(try test.desk.origin(again[0])?.copies == [ids[1], ids[2]])
  }
}
