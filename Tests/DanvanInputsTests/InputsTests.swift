import DanvanInputs
import DanvanModel
import FoundationEssentials
import Testing

/// `printf 'một\nhai\n' | gzip -n`
private let gzipped: [UInt8] = [
  0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb, 0x7d, 0xb8, 0x7b, 0x66, 0x09,
  0x57, 0x46, 0x62, 0x26, 0x17, 0x00, 0x7d, 0x9b, 0x7c, 0x22, 0x0a, 0x00, 0x00, 0x00,
]

struct InputsTests {
  private let folder: Scratch
  init() throws { folder = try Scratch() }

  private func read(_ name: String, _ text: String, kind: InputKind? = nil) throws -> [String] {
    let path = try folder.write(name, Array(text.utf8))
    return lines(Inputs([path], kind: kind), in: folder)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    var kind: InputKind?
    let items: [String]
    var testDescription: String { "\(name): \(text.prefix(30))" }
  }

  @Test(arguments: [
    Case(name: "a.txt", text: "một\nhai", items: ["a.txt=một\nhai"]),
    Case(name: "a.TXT", text: "một", items: ["a.TXT=một"]),
    Case(name: "empty.txt", text: "", items: ["empty.txt="]),
    Case(name: "a.html", text: "<p>một", items: ["a.html=<p>một"]),
    Case(name: "a.htm", text: "<p>một", items: ["a.htm=<p>một"]),
    Case(
      name: "a.jsonl", text: "{1}\r\n\n  \n{2}\nkhông\n{4}",
      items: ["a.jsonl:1={1}\r", "a.jsonl:4={2}", "a.jsonl:5=không", "a.jsonl:6={4}"]),
    Case(name: "a.ndjson", text: "", items: []),
    Case(name: "a.json", text: "\u{FEFF} {\"a\": \"}\\\"{\"}\n", items: [#"a.json={"a": "}\"{"}"#]),
    Case(
      name: "a.json", text: "[ {\"a\":[{}]} , {}\n]",
      items: [#"a.json#1={"a":[{}]}"#, "a.json#2={}"]),
    Case(name: "a.json", text: "{}{}\n{}", items: ["a.json={}", "a.json#2={}", "a.json#3={}"]),
    Case(
      name: "a.json", text: "{} {\"a",
      items: ["a.json={}", "a.json!not JSON: the file ends inside object 2"]),
    Case(
      name: "a.json", text: "chữ",
      items: ["a.json!not JSON articles: expected '{' for object 1, found byte 99"]),
    Case(name: "no-suffix", text: "một", kind: .text, items: ["no-suffix=một"]),
    Case(name: "a.txt", text: "{}", kind: .jsonl, items: ["a.txt:1={}"]),
  ]) func cutsIntoDocuments(_ test: Case) throws {
    #expect(try read(test.name, test.text, kind: test.kind) == test.items)
  }

  @Test(arguments: [
    Case(
      name: "a.csv", text: "title,text\r\n\"một\nhai\",ba\r\n\nbốn,năm",
      items: [
        "a.csv#1=title,text\r\n\"một\nhai\",ba\r\n", "a.csv#3=title,text\r\nbốn,năm\n",
      ]),
    Case(
      name: "a.mbox", text: "From a\nA: 1\n\nx\nFrom đây\n>>From b\n\nFrom c\nB: 2\n",
      items: ["a.mbox#1=A: 1\n\nx\nFrom đây\n>From b\n\n", "a.mbox#2=B: 2\n"]),
    Case(
      name: "a.mbox", text: "A: 1\n",
      items: ["a.mbox!not a mailbox: it does not begin with a 'From ' line"]),
    Case(
      name: "a.xml",
      text:
        "<?xml version='1.0'?><!DOCTYPE rss><rss><channel><title>T</title><item><title><![CDATA[</item>]]></title></item>\n<item a='>'><!-- </item> --></item></channel></rss>",
      items: [
        "a.xml#1=<?xml version='1.0'?><rss><channel><title>T</title><item><title><![CDATA[</item>]]></title></item></channel></rss>",
        "a.xml#2=<?xml version='1.0'?><rss><channel><title>T</title><item a='>'><!-- </item> --></item></channel></rss>",
      ]),
    Case(name: "a.atom", text: "<feed><entry/></feed>", items: []),
    Case(
      name: "a.xml", text: "<html><p>một</p></html>",
      items: ["a.xml!neither an RSS nor an Atom feed"]),
    Case(
      name: "a.rss", text: "<rss><channel><item><title>",
      items: ["a.rss!truncated: the feed ends inside item 1"]),
    Case(name: "a.md", text: "# một", items: ["a.md=# một"]),
    Case(name: "a.eml", text: "A: 1\n\nx", items: ["a.eml=A: 1\n\nx"]),
  ]) func cutsIntoItems(_ test: Case) throws {
    #expect(try read(test.name, test.text) == test.items)
  }

  @Test(arguments: ["a.pdf", "a", "a.txt.bak", "a.jpeg"])
  func refusesUnknownKinds(_ name: String) throws {
    let items = try read(name, "x")
    #expect(items.count == 1)
    #expect(items[0].hasPrefix("\(name)!unknown kind of file"))
  }

  @Test func readsFoldersInOrderWithoutHiddenEntries() throws {
    for name in ["b.txt", "a/2.txt", "a/10.txt", ".hidden/x.txt", "c.gif", "a/.y.txt"] {
      try folder.write(name, Array(name.utf8))
    }
    let items = lines(Inputs([folder.path]), in: folder)
    #expect(items == ["a/10.txt=a/10.txt", "a/2.txt=a/2.txt", "b.txt=b.txt"])
    #expect(Inputs.size(of: [folder.path]) == 20)
    var inputs = Inputs([folder.path])
    while inputs.next() != nil {}
    #expect(inputs.passedOver == 1)
  }

  @Test func goesOnAfterAMissingFile() throws {
    let path = try folder.write("a.txt", Array("x".utf8))
    let items = lines(Inputs([folder.path + "/none.txt", path]), in: folder)
    #expect(items == ["none.txt!cannot be read: No such file or directory", "a.txt=x"])
  }

  @Test func namesALinkToItself() throws {
    try folder.write("a/b.txt", Array("x".utf8))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/a/loop", withDestinationPath: folder.path)
    let items = lines(Inputs([folder.path]), in: folder)
    #expect(items.count == 2)
    #expect(items.contains("a/b.txt=x"))
    #expect(items.contains { $0.hasPrefix("a/loop!") && $0.contains("link to itself") })
  }

  @Test func refusesADocumentOverTheLimitAndGoesOn() throws {
    let long = String(repeating: "a", count: Submission.sizeLimit + 1)
    #expect(try read("a.txt", long) == ["a.txt!over the limit of 3 MiB for one document"])
    let rows = try read("a.jsonl", "{1}\n\(long)\n{3}\n")
    #expect(
      rows == [
        "a.jsonl:1={1}", "a.jsonl:2!over the limit of 3 MiB for one document", "a.jsonl:3={3}",
      ])
    let values = try read("a.json", "[{\"a\":\"\(long)\"},{}]")
    #expect(values == ["a.json#1!over the limit of 3 MiB for one document", "a.json#2={}"])
  }

  /// Documents within JSON lines, also where the first line is longer than what a sniff sees.
  @Test func takesDocumentsOutOfTheirEnvelopes() throws {
    let page = Array("<p>\(String(repeating: "Một hai. ", count: 2_000))</p>".utf8)
    let lines = [
      #"{"danvan_document":1,"media_type":"text/html","charset":"windows-1258","url":"https://a.vn/1","published":"2021-04-05","fetched":"x","content":"\#(Data(page).base64EncodedString())"}"#,
      #"{"danvan_document":2,"media_type":"text/html","content":""}"#,
      #"{"danvan_document":1,"media_type":"image/png","content":""}"#,
      #"{"danvan_document":1,"media_type":"text/html","content":"?"}"#,
      #"{"danvan_document":1}"#, #"{"text":"Một bài."}"#,
    ]
    let path = try folder.write("in", Array(lines.joined(separator: "\n").utf8))
    let items = Array(
      Inputs([path], filter: InputFilter(include: ["*"]), labels: InputLabels(source: "Báo Thử")))
    guard case .document(let document) = items[0] else {
      Issue.record("the first line holds a document")
      return
    }
    #expect(document.content == page && document.mediaType == .html)
    #expect(document.url == "https://a.vn/1" && document.published == PartialDate("2021-04-05"))
    #expect(document.charset == "windows-1258" && document.source == "Báo Thử")
    let faults = items.compactMap {
      if case .fault(_, let error) = $0 { error.message } else { nil }
    }
    #expect(
      faults == [
        "a danvan_document of version 2; 1 is known", "unknown media type 'image/png'",
        "the content is not base64",
        "a danvan_document wants media_type and content, all members texts",
      ])
    #expect(items.count == 6)
  }

  @Test func inflates() throws {
    let rows = try folder.write("a.jsonl.gz", gzipped)
    #expect(lines(Inputs([rows]), in: folder) == ["a.jsonl.gz:1=một", "a.jsonl.gz:2=hai"])
    let members = try folder.write("b.txt.gz", gzipped + gzipped + [0, 0, 0])
    #expect(lines(Inputs([members]), in: folder) == ["b.txt.gz=một\nhai\nmột\nhai\n"])
    let unnamed = try folder.write("c.gz", gzipped)
    #expect(lines(Inputs([unnamed]), in: folder) == ["c.gz=một\nhai\n"])
  }

  /// The first document of a broken file is as good as any: what came before the fault is kept.
  @Test(arguments: 1..<gzipped.count) func namesTruncation(_ length: Int) throws {
    let path = try folder.write("a.txt.gz", gzipped.prefix(length))
    let items = lines(Inputs([path]), in: folder)
    #expect(items.count == 1)
    #expect(
      items[0]
        == (length < 2
          ? "a.txt.gz!named .gz but not gzip data"
          : "a.txt.gz!truncated gzip: the file ends inside the compressed data"))
  }

  @Test func namesCorruption() throws {
    var bytes = gzipped
    bytes[22] ^= 0xFF
    let path = try folder.write("a.txt.gz", bytes)
    #expect(lines(Inputs([path]), in: folder) == ["a.txt.gz!corrupt gzip: incorrect data check"])
    let trailed = try folder.write("b.txt.gz", gzipped + [0x41])
    let items = lines(Inputs([trailed]), in: folder)
    #expect(items == ["b.txt.gz!corrupt gzip: something else follows the compressed data"])
  }

  @Test func putsTheSendersWordOnEveryDocument() throws {
    let path = try folder.write("a.jsonl", Array("{}\n{}".utf8))
    let labels = InputLabels(source: "Báo Thử", published: PartialDate(year: 2017))
    for case .document(let document) in Inputs([path], labels: labels) {
      #expect(document.source == "Báo Thử")
      #expect(document.published == PartialDate(year: 2017))
    }
  }

  @Test func takesWhatTheFilterTakes() throws {
    for name in ["a.txt", "b.html", "old/c.txt", "x/d.txt", "x/e.log"] {
      try folder.write(name, Array(name.utf8))
    }
    func names(_ filter: InputFilter) -> [String] {
      lines(Inputs([folder.path], filter: filter), in: folder).map {
        String($0.prefix { $0 != "=" })
      }
    }
    #expect(names(InputFilter(include: ["*.txt"])) == ["a.txt", "old/c.txt", "x/d.txt"])
    #expect(names(InputFilter(exclude: ["old", "*.html"])) == ["a.txt", "x/d.txt"])
    #expect(names(InputFilter(include: ["x/*.txt"])) == ["x/d.txt"])
    #expect(names(InputFilter(include: ["*.log"])) == ["x/e.log"])
    #expect(lines(Inputs([folder.path + "/*.txt"]), in: folder) == ["a.txt=a.txt"])
    #expect(
      lines(Inputs([folder.path + "/*.none"]), in: folder) == ["*.none!no file matches the pattern"]
    )
  }
}
