import DanvanIngest
import DanvanModel
import Testing

/// Documents that are neither plain text nor pages.
struct FormsTests {
  private func read(
    _ bytes: [UInt8], _ type: MediaType, charset: String? = nil, fields: [String: String] = [:]
  ) throws -> Article {
    try Reader().read(
      Submission(content: bytes, mediaType: type, charset: charset, fields: fields))
  }

  private func read(_ text: String, _ type: MediaType, fields: [String: String] = [:]) throws
    -> Article
  {
    try read(Array(text.utf8), type, fields: fields)
  }

  @Test func readsMarkdown() throws {
    let article = try read(
      """
      ---
      title: "Giao ban: quý I"
      date: 2021-04-05
      author: Lê Văn Thử
      ---
      # Giao ban quý I

      Sáng 5-4, **Chủ tịch** UBND [huyện](https://example.org/h) họp với `sở`.
      ![ảnh](a.jpg)
      > - tên_tệp giữ nguyên, _nghiêng_ thì không
      """, .markdown)
    #expect(article.title == "Giao ban: quý I")
    #expect(article.author == "Lê Văn Thử")
    #expect(article.published == PartialDate(year: 2021, month: 4, day: 5))
    #expect(
      article.text == """
        Giao ban: quý I
        Sáng 5-4, Chủ tịch UBND huyện họp với sở.

        tên_tệp giữ nguyên, nghiêng thì không
        """)
    #expect(article.reading.origins["title"] == "front-matter:title")
    #expect(try read("# Họp\n\nSáng nay họp.", .markdown).title == "Họp")
    #expect(try read("---\nSáng nay họp.", .markdown).text == "Sáng nay họp.")
  }

  @Test func readsATable() throws {
    let article = try read(
      "Tiêu đề;Ngày;Nội dung\r\n\"Họp; \"\"gấp\"\"\";5/4/2021;\"Sáng nay\nhọp.\"\r\n", .csv,
      fields: ["title": "Tiêu đề", "date": "Ngày", "text": "Nội dung"])
    #expect(article.title == "Họp; \"gấp\"")
    #expect(article.text == "Họp; \"gấp\"\nSáng nay\nhọp.")
    #expect(article.published?.description == "2021-04-05")
    #expect(article.reading.origins["title"] == "csv:Tiêu đề")
  }

  @Test func readsInnerObjectsByMapping() throws {
    let article = try read(
      #"{"data": {"head": "Họp", "body": "Sáng nay họp."}, "title": "khác"}"#, .jsonArticle,
      fields: ["title": "data.head", "text": "data.body"])
    #expect(article.text == "Họp\nSáng nay họp.")
    let error = try #require(throws: DanvanError.self) {
      try read("{}", .jsonArticle, fields: ["tiêu đề": "x"])
    }
    #expect(error.message.contains("cannot be mapped"))
  }

  @Test func readsAnItemOfRSS() throws {
    let article = try read(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
      <title>Báo Thử</title><item><title> Họp &amp; bàn </title>
      <description><![CDATA[<a href="x"><img src="y"></a></br>Sáng nay họp.]]></description>
      <pubDate>Wed, 19 Apr 2017 19:45:55 +0700</pubDate><link>
      http://example.org/1
      </link></item></channel></rss>
      """, .feed)
    #expect(article.text == "Họp & bàn\nSáng nay họp.")
    #expect(article.publisher == "Báo Thử")
    #expect(article.url == "http://example.org/1")
    #expect(article.published?.description == "2017-04-19")
    #expect(article.reading.isSummary)
    #expect(article.reading.notes.contains { $0.contains("only a summary") })
  }

  @Test func readsAnEntryOfAtom() throws {
    let article = try read(
      """
      <feed xmlns="http://www.w3.org/2005/Atom"><title>Báo Thử</title><entry>
      <title type="text">Họp &lt;gấp&gt;</title><link rel="self" href="no"/><link href="http://example.org/2"/>
      <author><name>Lê Văn Thử</name></author><published>2021-04-05T08:00:00Z</published>
      <summary>Tóm tắt</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
      <p>Một &amp; <b>hai</b>.</p><p>Ba.</p></div></content></entry></feed>
      """, .feed)
    #expect(article.text == "Họp <gấp>\nMột & hai.\nBa.")
    #expect(article.url == "http://example.org/2")
    #expect(article.author == "Lê Văn Thử")
    #expect(!article.reading.isSummary)
  }

  @Test func readsAMail() throws {
    let article = try read(
      """
      From: =?utf-8?B?QsOhbyBUaOG7rQ==?= <tin@example.org>\r
      Subject: =?utf-8?Q?H=E1=BB=8Dp_g?=\r
       =?utf-8?Q?=E1=BA=A5p?=\r
      Date: Mon, 5 Apr 2021 08:00:00 +0700\r
      Content-Type: multipart/alternative; boundary="b1"\r
      \r
      --b1\r
      Content-Type: text/plain; charset=utf-8\r
      Content-Transfer-Encoding: quoted-printable\r
      \r
      S=C3=A1ng nay =\r
      h=E1=BB=8Dp.\r
      --b1--\r
      """, .mail)
    #expect(article.title == "Họp gấp")
    #expect(article.publisher == "Báo Thử")
    #expect(article.text == "Họp gấp\nSáng nay họp.")
    #expect(article.published?.description == "2021-04-05")
    #expect(throws: DanvanError.self) { try read("không có đầu thư", .mail) }
  }

  /// The same sentence as old machines wrote it.
  private static let sentence = "Sáng nay, Ủy ban nhân dân tỉnh đã họp về việc đổi mới."
  /// `iconv -t NAME` of the sentence, in hex.
  private static let encoded = [
    (
      "WINDOWS-1258",
      "53e16e67206e61792c2055d2792062616e206e68e26e2064e26e207469d26e6820f061de20686ff2702076eacc207669eaf26320f0f4d269206df5ec692e"
    ),
    (
      "TCVN5712-1",
      "53b86e67206e61792c209e792062616e206e68a96e2064a96e2074d86e6820aeb72068e4702076d2207669d66320aee669206ded692e"
    ),
    (
      "VISCII",
      "53e16e67206e61792c209c792062616e206e68e26e2064e26e2074ef6e6820f0e32068f7702076ab207669ae6320f0b169206dbe692e"
    ),
  ]

  @Test(arguments: encoded) func convertsOldEncodings(_ name: String, _ hex: String) throws {
    let bytes = stride(from: 0, to: hex.utf8.count, by: 2).compactMap {
      UInt8(hex.dropFirst($0).prefix(2), radix: 16)
    }
    for charset in [nil, name] {
      let article = try read(bytes, .plainText, charset: charset)
      #expect(Array(article.text.utf8) == Array(Self.sentence.utf8))
      #expect(article.reading.encoding == name)
      #expect(article.reading.notes.first?.hasPrefix("converted from \(name)") == true)
    }
  }

  @Test(arguments: [
    (true, true, "UTF-16LE"), (false, true, "UTF-16BE"), (true, false, "UTF-16LE"),
    (false, false, "UTF-16BE"),
  ])
  func convertsUTF16(_ isLittle: Bool, _ hasMark: Bool, _ name: String) throws {
    let units = (hasMark ? [0xFEFF] : []) + Array(Self.sentence.utf16)
    let bytes = units.flatMap { unit in
      let pair = [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
      return isLittle ? pair : pair.reversed()
    }
    let article = try read(bytes, .plainText)
    #expect(Array(article.text.utf8) == Array(Self.sentence.utf8))
    #expect(article.reading.encoding == name)
  }

  @Test(arguments: ["UTF-7//IGNORE", "không-có", "UTF-16"])
  func refusesAnEncodingThatDoesNotFit(_ charset: String) {
    #expect(throws: DanvanError.self) {
      try read([0xE0, 0x20, 0xFF], .plainText, charset: charset)
    }
  }
}
