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
    #expect(code(String(repeating: tag, count: 1_000_000) + Self.lead) == .resourceExhausted)
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
    let page = String(repeating: "<p>a</p>", count: 300_000) + "<div><p>\(Self.lead)</p></div>"
    #expect(try read(page).text.hasSuffix(Self.lead))
  }

  @Test func readsManyTeasers() {
    let page = String(repeating: "<div><h2><a href=a>b</a></h2></div>", count: 60_000)
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
