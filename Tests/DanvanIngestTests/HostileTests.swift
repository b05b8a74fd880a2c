import DanvanIngest
import DanvanModel
import Testing

/// Documents made to cost time, memory or stack: each is refused, or read, in bounded time.
struct HostileTests {
  private static let lead =
    "Sáng 5-4, Chủ tịch UBND huyện Thử Nghiệm Lê Văn Thử đã chủ trì hội nghị giao ban quý I tại xã."

  private func read(_ text: String, _ type: MediaType = .html) throws -> Article {
    try Reader().read(Submission(content: Array(text.utf8), mediaType: type))
  }

  private func code(_ text: String, _ type: MediaType = .html) -> ErrorCode? {
    do {
      _ = try read(text, type)
      return nil
    } catch { return (error as? DanvanError)?.code }
  }

  @Test(arguments: ["<b>", "<i>", "<u>"]) func refusesAMillionNestedTags(_ tag: String) {
    #expect(code(String(repeating: tag, count: 140_000) + Self.lead) == .resourceExhausted)
  }

  @Test func refusesAMillionAttributes() {
    let names = (0..<400_000).map { String($0, radix: 36) }.joined(separator: " a")
    #expect(code("<p a\(names)>\(Self.lead)</p>") == .resourceExhausted)
    let plain = String(repeating: "a ", count: 1_000_000)
    #expect(code("<p \(plain)>\(Self.lead)</p>") == .resourceExhausted)
    let glued = String(repeating: "a='1'", count: 500_000)
    #expect(code("<p \(glued)>\(Self.lead)</p>") == .resourceExhausted)
  }

  @Test func readsManyFlatElements() throws {
    let page = String(repeating: "<p>a</p>", count: 140_000) + "<div><p>\(Self.lead)</p></div>"
    #expect(try read(page).text.hasSuffix(Self.lead))
    #expect(code(String(repeating: "<p>a</p>", count: 160_000) + Self.lead) == .resourceExhausted)
  }

  /// Elements that have no end tag are not open.
  @Test(arguments: ["<br>", "<BR >", "<img src=a>", "<hr/>", "<input disabled>"])
  func readsManyVoidElements(element: String) throws {
    let page = String(repeating: element, count: 100_000) + "<div><p>\(Self.lead)</p></div>"
    #expect(try read(page).text.hasSuffix(Self.lead))
  }

  @Test func refusesManyElementsNamedLikeVoidOnes() {
    #expect(code(String(repeating: "<brx>", count: 100_000) + Self.lead) == .resourceExhausted)
  }

  @Test func readsManyTeasers() {
    let page = String(repeating: "<div><h2><a href=a>b</a></h2></div>", count: 40_000)
    #expect(code(page) == .invalidArgument)
  }

  @Test func expandsNoEntities() {
    let bomb = """
      <!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
      <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
      <rss><channel><title>x</title><item><title>&c;</title><description>&c;</description></item></channel></rss>
      """
    #expect(code(bomb, .feed) == .invalidArgument)
    let file = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><rss><channel/></rss>"
    #expect(code(file, .feed) == .invalidArgument)
  }

  /// What a parser that goes on after faults would drop stands as people mean it.
  @Test func keepsReferencesThatXMLDoesNotKnow() throws {
    let feed = """
      <rss><channel><item><title>Hội&nbsp;nghị &l9;</title><link>https://x.vn/?a=1&b=2&amp;c=3</link>
      <description>T&agrave; &#224; &lt;b&gt;&#x1EA1;&lt;/b&gt; A & B &khong_co; <![CDATA[&egrave;]]></description>
      </item></channel></rss>
      """
    let article = try read(feed, .feed)
    #expect(article.title == "Hội nghị &l9;")
    #expect(article.url == "https://x.vn/?a=1&b=2&c=3")
    #expect(article.text.hasSuffix("Tà à ạ A & B &khong_co; è"))
    #expect(
      article.reading.notes.contains("the entity '&l9;' is not known; it stands as it is") == true)
  }

  /// The parser stops at a depth of its own: then the article says that something is missing.
  @Test func notesWhereAPageIsCut() throws {
    let deep = String(repeating: "<div>", count: 300) + "<p>\(Self.lead)</p>"
    let article = try read("<div><p>\(Self.lead) Một.</p></div>" + deep)
    #expect(article.text.hasSuffix("Một."))
    #expect(article.reading.notes.first?.hasPrefix("nested more than 256 elements deep") == true)
    #expect(code(deep) == .resourceExhausted)
    let feed =
      "<rss><channel><item><description>\(Self.lead)</description>\(deep)</item></channel></rss>"
    #expect(try read(feed, .feed).reading.notes.isEmpty == false)
  }

  /// `b1` is no boundary of `b`, nor are the parts it parts.
  @Test func tellsBoundariesThatBeginAlike() throws {
    let inner = "Content-Type: multipart/alternative; boundary=b1\n\n"
    let mail =
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n\(inner)--b1\nContent-Type: image/png\n\n--b1-\n"
      + "--b1\nContent-Type: text/plain\n\n\(Self.lead)\n--b1--\n--b--\n"
    #expect(try read(mail, .mail).text == Self.lead)
    #expect(code("Subject: Thư\u{0}\n" + mail, .mail) == .invalidArgument)
  }

  @Test func notesPartsOfMailsThatAreNotRead() throws {
    let part = "--b\nContent-Type: image/png\n\nx\n"
    let text = "--b\nContent-Type: text/plain\n\n\(Self.lead)\n"
    let head = "Content-Type: multipart/mixed; boundary=b\n\n"
    let many = String(repeating: part, count: 300)
    #expect(
      try read(head + text + many, .mail).reading.notes == [
        "parts behind the first 200 are not read"
      ])
    #expect(code(head + many + text, .mail) == .invalidArgument)
    // The first behind them, which no other part follows.
    let full = String(repeating: part, count: 200)
    #expect(code(head + full + text, .mail) == .invalidArgument)
    #expect(try read(head + full.dropFirst(part.count) + text, .mail).text == Self.lead)
  }

  @Test func readsUnclosedEverything() {
    for piece in ["<p", "<!--", "<script>", "<a href=\"", "<![CDATA[", "&#", "</", "<p>&"] {
      let page = String(repeating: piece, count: 200_000) + Self.lead
      _ = code(page)
    }
    #expect(code("--b\n" + String(repeating: "--b\n", count: 400_000), .mail) == .invalidArgument)
  }

  @Test func readsDeepMails() {
    var mail = ""
    for depth in 0..<5_000 {
      mail += "Content-Type: multipart/mixed; boundary=b\(depth)\n\n--b\(depth)\n"
    }
    #expect(code(mail, .mail) == .invalidArgument)
  }
}
