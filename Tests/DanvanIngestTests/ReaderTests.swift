import DanvanIngest
import DanvanModel
import Testing

struct ReaderTests {
  private func read(
    _ bytes: [UInt8], as kind: MediaType = .plainText, title: String? = nil
  ) throws -> Article {
    try Reader().read(Submission(content: bytes, mediaType: kind, title: title))
  }

  struct BadInput: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]
    var kind = MediaType.plainText
    var code = ErrorCode.invalidArgument
    let message: String
    var testDescription: String { name }
  }

  static let bad: [BadInput] = [
    .init(name: "nothing", bytes: [], message: "the document is empty"),
    .init(
      name: "blank", bytes: Array(" \n\t\u{A0}\u{200B}\u{3000}\r\n".utf8),
      message: "holds no text, only white space"),
    .init(name: "byte-order mark alone", bytes: [0xEF, 0xBB, 0xBF], message: "only white space"),
    .init(
      name: "Latin-1", bytes: Array("một\nH".utf8) + [0xE0, 0x20],
      message: "not UTF-8: invalid at byte 7 (line 2)"),
    .init(name: "cut scalar", bytes: Array("Huế".utf8.dropLast()), message: "invalid at byte 2"),
    .init(name: "surrogate", bytes: [0x61, 0xED, 0xA0, 0x80], message: "invalid at byte 1"),
    .init(name: "overlong", bytes: [0xC0, 0xAF], message: "invalid at byte 0"),
    .init(name: "cut UTF-16", bytes: [0xFF, 0xFE, 0x48], message: "not UTF-16LE"),
    .init(name: "NUL", bytes: Array("a\nb\0c".utf8), message: "a NUL byte at byte 3 (line 2)"),
    .init(
      name: "too long", bytes: Array(repeating: 0x61, count: Submission.sizeLimit + 1),
      code: .resourceExhausted, message: "3145729 bytes is over the limit"),
    .init(
      name: "JSON: not an object", bytes: Array("[1]".utf8), kind: .jsonArticle,
      message: "expected '{' at byte 0"),
    .init(
      name: "JSON: cut", bytes: Array(#"{"text": "Hà"#.utf8), kind: .jsonArticle,
      message: "ends inside a string"),
    .init(
      name: "JSON: no text", bytes: Array(#"{"title": "Hà Nội", "text": " "}"#.utf8),
      kind: .jsonArticle, message: "no 'text'"),
    .init(
      name: "JSON: text is a number", bytes: Array(#"{"text": 5}"#.utf8), kind: .jsonArticle,
      message: "no 'text'"),
    .init(
      name: "JSON: more after it", bytes: Array(#"{"text": "a"} x"#.utf8),
      kind: .jsonArticle, message: "more text after the object at byte 14"),
    .init(
      name: "JSON: lone surrogate", bytes: Array(#"{"text": "\ud83d!"}"#.utf8),
      kind: .jsonArticle, message: "half of a surrogate pair at byte 10"),
    .init(
      name: "JSON: NUL", bytes: Array(#"{"text": "a\u0000"}"#.utf8), kind: .jsonArticle,
      message: "a NUL in a string at byte 11"),
    .init(
      name: "JSON: not UTF-8", bytes: Array(#"{"text": ""#.utf8) + [0xE0] + Array(#""}"#.utf8),
      kind: .jsonArticle, message: "not UTF-8: invalid in the string at byte 10"),
    .init(
      name: "JSON: deep",
      bytes: Array(#"{"x": "#.utf8) + Array(repeating: UInt8(ascii: "["), count: 100_000),
      kind: .jsonArticle, message: "nested too deep"),
    .init(
      name: "JSON: trailing comma", bytes: Array(#"{"text": "a",}"#.utf8),
      kind: .jsonArticle, message: "at byte 13"),
    .init(
      name: "JSON: bare line break", bytes: Array("{\"text\": \"a\\n\nb\"}".utf8),
      kind: .jsonArticle, message: "control character"),
  ]

  @Test(arguments: bad) func refusesWithReason(_ input: BadInput) throws {
    let error = try #require(throws: DanvanError.self) {
      try read(input.bytes, as: input.kind)
    }
    #expect(error.code == input.code)
    #expect(error.message.contains(input.message), "\(error.message)")
  }

  @Test func keepsPlainTextAsItCame() throws {
    let text = "Ho\u{61}\u{300} Bi\u{300}nh\u{A0} ,\r\ndo\u{302}ng \u{1F600}"
    let article = try read([0xEF, 0xBB, 0xBF] + Array(text.utf8))
    #expect(Array(article.text.utf8) == Array(text.utf8))
  }

  @Test func readsAJSONObject() throws {
    let json = #"""
      {"id": 7, "tags": [{"a": [true, null, -1.5e+3]}, []], "title": " Họp\n tại Huế ",
       "date": "2021-03-26T08:00:00+07:00", "url": "https://example.org/1", "publisher": "Báo Thử",
       "text": "T\u1ea1i \"Hu\u1ebf\" \ud83d\ude00\nh\u1ecdp", "source": null}
      """#
    let article = try read(Array(json.utf8), as: .jsonArticle)
    #expect(article.text == "Họp tại Huế\nTại \"Huế\" 😀\nhọp")
    #expect(article.title == "Họp tại Huế")
    #expect(article.url == "https://example.org/1")
    #expect(article.publisher == "Báo Thử")
    #expect(article.published == PartialDate(year: 2021, month: 3, day: 26))
  }

  @Test(arguments: ["Họp  tại Huế", "Họp tại Hue\u{302}\u{301}", "Họp tại Huế"])
  func doesNotRepeatATitle(_ title: String) throws {
    let article = try read(Array("\nHọp tại Huế \r\nSáng nay".utf8), title: title)
    #expect(Array(article.text.utf8) == Array("\nHọp tại Huế \r\nSáng nay".utf8))
    #expect(article.title == title)
  }

  @Test func senderGoesBeforeDocument() throws {
    let json = #"{"text": "x", "title": "A", "url": "u1", "publisher": "p1", "date": "2020"}"#
    let article = try Reader().read(
      Submission(
        content: Array(json.utf8), mediaType: .jsonArticle, title: "B", url: "u2", source: " p2 ",
        published: PartialDate(year: 2021)))
    #expect(article.title == "B")
    #expect(article.url == "u2")
    #expect(article.publisher == "p2")
    #expect(article.published == PartialDate(year: 2021))
    #expect(article.text == "B\nx")
  }

  @Test(arguments: [
    ("2011-06-10", "2011-06-10"), ("2011-06-10 07:30", "2011-06-10"), ("10/6/2011", "2011-06-10"),
    ("10-06-2011", "2011-06-10"), ("10.6.2011 07:30", "2011-06-10"), ("2011", "2011"),
    ("hôm qua", nil), ("2011-13-01", nil), ("31/2/2011", nil), ("", nil), ("99", nil),
  ])
  func readsDatesOfPages(_ text: String, _ date: String?) {
    let json = #"{"text": "x", "date": "\#(text)"}"#
    let article = try? read(Array(json.utf8), as: .jsonArticle)
    #expect(article != nil)
    #expect(article?.published?.description == date)
  }

  @Test func findsAHeadlineOnlyWhereThereIsOne() throws {
    let body =
      "Sáng 5-4, Chủ tịch UBND tỉnh đã chủ trì hội nghị giao ban. Tham dự có các sở, ngành."
    #expect(
      try read(Array("Đổi mới công tác dân vận\n\(body)".utf8)).title == "Đổi mới công tác dân vận")
    #expect(try read(Array("\(body)\nQuang cảnh hội nghị.".utf8)).title == nil)
    #expect(try read(Array(body.utf8)).title == nil)
  }

  @Test(arguments: [
    ("2017", "2017-05-19"), ("2017-05", "2017-05-19"), ("2018", "2018"), ("2017-06", "2017-06"),
    ("2017-05-18", "2017-05-18"),
  ])
  func takesTheMoreExactOfTwoDatesThatAgree(_ given: String, _ kept: String) throws {
    let json = #"{"text": "x", "date": "2017-05-19"}"#
    let article = try Reader().read(
      Submission(
        content: Array(json.utf8), mediaType: .jsonArticle, published: PartialDate(given)))
    #expect(article.published?.description == kept)
  }
}
