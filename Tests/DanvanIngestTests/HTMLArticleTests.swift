import DanvanIngest
import DanvanModel
import Testing

/// Pages as newspapers save them, with the parts that are not the article.
struct HTMLArticleTests {
  private func read(_ html: String) throws -> Article { try read(Array(html.utf8)) }

  private func read(_ bytes: [UInt8]) throws -> Article {
    try Reader().read(Submission(content: bytes, mediaType: .html))
  }

  private static let lead =
    "Sáng 5-4, Chủ tịch UBND huyện Thử Nghiệm Lê Văn Thử đã chủ trì hội nghị giao ban quý I tại xã Mẫu."
  private static let body =
    "Phát biểu tại hội nghị, đồng chí Lê Văn Thử đề nghị các xã, thị trấn tập trung chăm lo đời sống nhân dân."

  private static let page = """
    <!DOCTYPE html><html><head><meta charset="utf-8"><title>Giao ban - Báo Thử</title>
    <meta property="og:title" content="Huyện Thử Nghiệm giao ban &quot;quý I&quot;">
    <meta property="og:site_name" content="Báo Thử">
    <meta property="article:published_time" content="2021-04-05T10:00:00+07:00">
    <link rel="canonical" href="https://example.org/1.html"><style>p { color: red }</style></head>
    <body><header><h2>Báo Thử, tờ báo của một huyện không có thật, ra mỗi ngày một số, thứ bảy nghỉ</h2></header>
    <nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/xa-hoi">Xã hội</a></li></ul></nav>
    <div id="main"><h1>Huyện Thử Nghiệm giao ban "quý I"</h1>
    <div class="sapo"><b>\(lead)</b></div>
    <div class="content"><p>\(body)</p><p>Quang cảnh&nbsp;hội nghị.</p>
    <script>var x = "<p>không</p>";</script>
    <p>Dòng một<br>\(body)</p></div>
    <p><a href="/2">Tin khác: một hội nghị khác của một huyện khác cũng không có thật nốt</a></p></div>
    <aside><p>\(lead) \(lead) \(lead) \(lead) \(lead) \(lead)</p></aside>
    <footer><p>Tòa soạn: số 1, đường Mẫu, huyện Thử Nghiệm. Giấy phép số 0, chép lại ghi rõ nguồn.</p></footer>
    </body></html>
    """

  @Test func takesTheArticleOutOfThePage() throws {
    let article = try read(Self.page)
    #expect(
      article.text.split(separator: "\n").map(String.init) == [
        "Huyện Thử Nghiệm giao ban \"quý I\"", Self.lead, Self.body, "Quang cảnh hội nghị.",
        "Dòng một", Self.body,
      ])
    #expect(article.title == "Huyện Thử Nghiệm giao ban \"quý I\"")
    #expect(article.publisher == "Báo Thử")
    #expect(article.url == "https://example.org/1.html")
    #expect(article.published == PartialDate(year: 2021, month: 4, day: 5))
  }

  @Test func readsNumericEntities() throws {
    let entities = Self.lead.unicodeScalars.map { $0.isASCII ? String($0) : "&#\($0.value);" }
    let article = try read("<html><body><p>\(entities.joined())</p></body></html>")
    #expect(article.text == Self.lead)
  }

  @Test func readsStructuredData() throws {
    let json = #"{"@type":"NewsArticle","headline":"Giao ban","datePublished":"2021-04-05"}"#
    let article = try read(
      "<script type='application/ld+json'>\(json)</script><p>\(Self.lead)</p>")
    #expect(article.title == "Giao ban")
    #expect(article.published == PartialDate(year: 2021, month: 4, day: 5))
  }

  @Test func leavesTeasersOut() throws {
    let teaser = "<article><h3><a href='/2'>Tin khác</a></h3><p>\(Self.lead)</p></article>"
    let article = try read(
      "<div><h1>Giao ban</h1><p>\(Self.body)</p><p>\(Self.body)</p><div>\(teaser)</div></div>")
    #expect(article.text == "Giao ban\n\(Self.body)\n\(Self.body)")
  }

  @Test func readsTheEncodingThatThePageDeclares() throws {
    let page =
      "<html><head><meta charset='iso-8859-1'></head><body><p>"
      + String(repeating: "Un texte en latin, ", count: 5)
    let article = try read(
      Array(page.utf8) + [0xE0, 0x20, 0xE9] + Array("</p></body></html>".utf8))
    #expect(article.text.hasSuffix("à é"))
  }

  @Test(arguments: [
    ("<html><body><a href='/'>Trang chủ</a></body></html>", "no article text"),
    ("<!-- -->", "HTML"), ("<p>a\0b</p>", "a NUL byte at byte 4"),
    ("<html><head><title>Chỉ có đầu trang</title></head></html>", "no article text"),
  ])
  func refusesWithReason(_ page: String, _ message: String) throws {
    let error = try #require(throws: DanvanError.self) { try read(page) }
    #expect(error.code == .invalidArgument)
    #expect(error.message.contains(message), "\(error.message)")
  }

  @Test func refusesBytesOfNoKnownEncoding() throws {
    let error = try #require(throws: DanvanError.self) {
      try read(Array("<p>".utf8) + [0xE0, 0x20] + Array("</p>".utf8))
    }
    #expect(error.message.contains("not UTF-8"))
  }

  /// Neither the parser nor the walk may run out of stack.
  @Test func survivesDeepNesting() {
    let page = String(repeating: "<div>", count: 100_000) + Self.lead
    #expect(throws: DanvanError.self) { try read(page) }
  }
}
