import Foundation
import TestSupport
import Testing

/// A corpus goes out of one store and into another, through the real programs.
struct ExchangeTests {
  private let folder: TemporaryDirectory
  private let source: RunningDaemon
  private var file: String { folder.path + "/a.jsonl" }

  /// A store with former texts, copies of which the first is gone, several sightings, tags, a saved search
  /// rulings on entities, notes on a directive, and a page whose bytes are not its text.
  init() throws {
    folder = try TemporaryDirectory()
    source = try RunningDaemon()
    try source.start()
    let page =
      "<html><head><title>Họp</title></head><body><h1>Họp huyện</h1><p>\(Self.body)</p></body></html>"
    try page.write(toFile: folder.path + "/page.html", atomically: true, encoding: .utf8)
    let lines = [
      #"{"text":"Một bài sẽ bị xóa.","url":"https://a.vn/0"}"#,
      #"{"text":"Bản thứ nhất.","url":"https://a.vn/1","date":"2021-04-05","author":"Lê Thử"}"#,
      #"{"text":"\#(Self.body) Theo Báo Một."}"#, #"{"text":"\#(Self.body) Theo Báo Hai."}"#,
      #"{"text":"Bản thứ hai.","url":"https://a.vn/1","date":"2021-04-06"}"#,
      #"{"text":"\#(Self.body) Theo Báo Ba."}"#,
      // The page goes back to the text that it had.
      #"{"text":"Bản thứ nhất.","url":"https://a.vn/1","date":"2021-04-05","author":"Lê Thử"}"#,
    ]
    try lines.joined(separator: "\n").write(
      toFile: folder.path + "/in.jsonl", atomically: true, encoding: .utf8)
    for arguments in [
      ["ingest", folder.path + "/in.jsonl", folder.path + "/page.html", Repository.samples.path],
      ["ingest", folder.path + "/in.jsonl", "--source", "Báo Khác"],
      ["ingest", Repository.samples.path], ["tag", "+đã-đọc", "+hn/1", "huyện"],
      ["saved", "add", "sáng", "kind:event huyện"],
      ["rm", "1", "3"],
      ["entity", "rename", "Lê Văn Thử", "Lê Văn Thử (huyện)"],
      ["entity", "merge", "UBND tỉnh", "UBND huyện Thử Nghiệm", "--body"],
    ] { try Self.demand(source, arguments) }
    let found = try source.dvctl("directives", "--by", "Lê Văn Thử", "--format", "json").text
    let id = try #require(found.firstMatch(of: /"id": ?"([0-9.]+)"/)?.1)
    for note in [
      ["--done", "--owner", "Lê Thử"], ["--status", "open", "--due", "2024-07", "--note", ""],
    ] {
      try Self.demand(source, ["directive", String(id)] + note)
    }
    try Self.demand(source, ["export", "--facts", "-o", file])
  }

  private static let body = """
    Sáng 5-4, Chủ tịch UBND huyện Thử Nghiệm Lê Văn Thử chủ trì hội nghị giao ban quý I tại xã Mẫu. Theo \
    báo cáo, ba tháng đầu năm thu ngân sách của huyện đạt hơn một phần tư dự toán được giao. Kết luận \
    hội nghị, đồng chí Lê Văn Thử đề nghị các xã chăm lo đời sống nhân dân sau mưa lũ.
    """

  private static func demand(_ daemon: RunningDaemon, _ arguments: [String]) throws {
    // Some have verbs of their own; the socket goes behind them.
    let verb = ["saved", "entity"].contains(arguments[0]) ? 2 : 1
    let result = try Programs.dvctl(
      arguments.prefix(verb) + ["--socket", daemon.socket.path] + arguments.dropFirst(verb))
    try #require(result.status == 0, "\(arguments): \(result.errors)")
  }

  private func emptyStore() throws -> RunningDaemon {
    let daemon = try RunningDaemon()
    try daemon.start()
    return daemon
  }

  @Test func comesOutTheSame() throws {
    let target = try emptyStore()
    try Self.demand(target, ["import", file])
    let again = folder.path + "/b.jsonl"
    try Self.demand(target, ["export", "--facts", "-o", again])
    let (first, second) = (
      try String(contentsOfFile: file, encoding: .utf8),
      try String(contentsOfFile: again, encoding: .utf8)
    )
    let isSame = first == second
    #expect(isSame)
    for piece in [
      #""revision":2"#, #""revision":3"#, #""previous":"#, #""copy_of":"#,
      #""tags":["hn/1","đã-đọc"]"#,
      #""saved_search":"#, #""times":2"#, #""source":"Báo Khác""#, #""content":"#, #""author":"#,
      #""status":"done","owner":"Lê Thử""#, #""due":"2024-07","note":""#, #""verb":"rename""#,
      #""verb":"merge""#,
    ] {
      let isThere = first.contains(piece)
      #expect(isThere, "\(piece) is not in the export")
    }
    #expect(
      try target.dvctl("query", "", "--count").text == source.dvctl("query", "", "--count").text)
    // Watchers hear of the articles in the order in which they came first.
    func events(_ daemon: RunningDaemon) throws -> [String] {
      try daemon.dvctl("feed", "--max-events", "1000", "--format", "ndjson").lines
        .compactMap { line -> String? in
          let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
          guard let kind = object?["event"] as? String, let id = object?["id"] as? Int,
            ["added", "updated"].contains(kind), id != 1, id != 3
          else { return nil }
          return "\(kind) \(id)"
        }
    }
    let heard = try events(target)
    #expect(heard == (try events(source)))
    #expect(heard.contains("updated 2") && heard.count > 10, "\(heard)")
    // Once more changes nothing.
    let known = try target.dvctl("import", file)
    #expect(
      known.errors.contains("added 0, revised 0")
        && known.errors.contains("saved searches: added 0, there already 1")
        && known.errors.contains("rulings: added 0, there already 2"), "\(known.errors)")
    try Self.demand(target, ["export", "--facts", "-o", again])
    #expect(try String(contentsOfFile: again, encoding: .utf8) == first)
  }

  @Test func joinsAStoreThatHasArticles() throws {
    let target = try emptyStore()
    let own =
      #"{"text":"Bản thứ nhất.","publisher":"Báo Nhà"}"#
      + (1...5).map { "\n" + #"{"text":"Chuyện khác, số \#($0)."}"# }.joined()
    let ingested = try target.dvctl(["ingest", "-", "--type", "jsonl"], input: Data(own.utf8))
    #expect(ingested.errors.contains("added 6"), "\(ingested.errors)")
    let refused = try target.dvctl("import", file, "--same-ids")
    #expect(refused.status == 1, "\(refused.errors)")
    #expect(
      refused.errors.contains("none of which is stored") && refused.errors.contains("is taken"))
    #expect(try target.dvctl("query", "", "--count").text.contains("6"))
    let result = try target.dvctl("import", file)
    #expect(result.status == 0 && result.errors.contains("there already 1"), "\(result.errors)")
    #expect(result.errors.contains("revised 2") && result.errors.contains("got another number"))
    // The article that was there has the texts that came after its own, and all sightings.
    let shown = try target.dvctl("show", "1", "--format", "json").text
    #expect(
      shown.contains("\"revision\": 3") && shown.contains("Báo Nhà") && shown.contains("Báo Khác"))
    // Rulings and notes follow their articles to the numbers that these have here.
    let directives = try target.dvctl("directives", "--by", "Lê Văn Thử").text
    #expect(directives.contains("due 2024-07"), "\(directives)")
    #expect(try target.dvctl("person", "Lê Văn Thử").text.hasPrefix("Lê Văn Thử (huyện)"))
  }

  @Test func aSecondRunFindsWhatAFirstHasStored() throws {
    let target = try emptyStore()
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    // Up to and with the first text of the page that gets another, and goes back to the first.
    let first = lines.prefix(4).map { $0 + "\n" }.joined()
    #expect(try target.dvctl(["import", "-"], input: Data(first.utf8)).status == 1)
    let result = try target.dvctl("import", file)
    #expect(
      result.status == 0 && result.errors.contains("there already 2; saved"), "\(result.errors)")
    let again = folder.path + "/b.jsonl"
    try Self.demand(target, ["export", "--facts", "-o", again])
    #expect(
      try String(contentsOfFile: again, encoding: .utf8)
        == String(contentsOfFile: file, encoding: .utf8))
  }

  @Test func saysWhereAFileIsDamaged() throws {
    let whole = try String(contentsOfFile: file, encoding: .utf8)
    let lines = whole.split(separator: "\n").map(String.init)
    func load(_ lines: [String]) throws -> Programs.Result {
      let target = try emptyStore()
      return try target.dvctl(
        ["import", "-"], input: Data(lines.map { $0 + "\n" }.joined().utf8))
    }
    let cut = try load(Array(lines.dropLast()))
    #expect(cut.status == 1 && cut.errors.contains("breaks off"), "\(cut.errors)")
    #expect(try load(Array(lines.dropFirst())).errors.contains("no export of danvan"))
    var torn = lines
    torn[3] = String(torn[3].dropLast(9))
    let stopped = try load(torn)
    #expect(
      stopped.status == 1 && stopped.errors.contains("stdin:4: ")
        || stopped.errors.contains("-:4: "))
    torn = lines
    torn[3] = torn[3].replacing(#""id":"#, with: #""id":-"#)
    let wrong = try load(torn)
    #expect(
      wrong.status == 2 && wrong.errors.contains("-:4: article -")
        && wrong.errors.contains("none of which is stored"), "\(wrong.errors)")
    torn = lines
    let ruling = try #require(torn.firstIndex { $0.contains(#""verb":"merge""#) })
    torn[ruling] = torn[ruling].replacing("merge", with: "marry")
    #expect(try load(torn).errors.contains("-:\(ruling + 1): no ruling"))
    torn = lines
    let renamed = try #require(torn.firstIndex { $0.contains(#""verb":"rename""#) })
    torn[renamed] = torn[renamed].replacing(
      /"article":"[0-9a-f]{4}/, with: #""article":"0000"#)
    #expect(try load(torn).errors.contains("-:\(renamed + 1): a ruling on 'lê văn thử' names"))
    torn[0] = torn[0].replacing(#""version":1"#, with: #""version":2"#)
    #expect(try load(torn).errors.contains("an export of version 2"))
  }

  @Test func goesOnWhereItWasBrokenOff() throws {
    let target = try emptyStore()
    let state = folder.path + "/state"
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    let half = folder.path + "/half.jsonl"
    try lines.prefix(8).map { $0 + "\n" }.joined()
      .write(toFile: half, atomically: true, encoding: .utf8)
    #expect(try target.dvctl("import", half, "--resume", state).status == 1)
    #expect(try String(contentsOfFile: state, encoding: .utf8).contains("\n8\n"))
    let rest = try target.dvctl("import", file, "--resume", state)
    #expect(rest.status == 0 && rest.errors.contains("there already 0"), "\(rest.errors)")
    let again = folder.path + "/b.jsonl"
    try Self.demand(target, ["export", "--facts", "-o", again])
    #expect(
      try String(contentsOfFile: again, encoding: .utf8)
        == String(contentsOfFile: file, encoding: .utf8))
  }

  @Test func writesTables() throws {
    let table = try source.dvctl("export", "--format", "csv", "--kind", "directive")
    let lines = table.lines
    #expect(lines.count > 2 && table.status == 0, "\(table.errors)")
    #expect(
      lines[0].hasPrefix(
        "article,date,source,url,issuer,verb,addressee,action,time,start,end,sentence"))
    #expect(lines.contains { $0.contains("Lê Văn Thử,đề nghị,các xã,") })
    let database = folder.path + "/x.sqlite"
    try Self.demand(source, ["export", "-o", database])
    let probe = try Programs.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      [
        "python3", "-c",
        """
        import sqlite3, sys, unicodedata
        c = sqlite3.connect(sys.argv[1])
        c.create_function("nfc", 1, lambda text: unicodedata.normalize("NFC", text))
        one = lambda sql: c.execute(sql).fetchone()[0]
        assert one("PRAGMA integrity_check") == "ok"
        assert one("SELECT count(*) FROM articles") > 10
        assert one("SELECT count(*) FROM facts WHERE sentence IS NULL") == 0
        off = one("SELECT count(*) FROM persons JOIN articles USING (article) WHERE "
                  "nfc(substr(articles.text, start + 1, \\"end\\" - start)) <> persons.text")
        assert one("SELECT count(*) FROM persons") > 10 and off == 0, off
        for table, column in c.execute("SELECT \\"table\\", \\"column\\" FROM columns WHERE \\"column\\" IS NOT NULL"):
            c.execute(f'SELECT "{column}" FROM {table}')
        """, database,
      ])
    #expect(probe.status == 0, "\(probe.errors)")
    try Self.demand(source, ["export", "huyện", "-o", folder.path + "/md/"])
    let target = try emptyStore()
    let back = try target.dvctl("ingest", folder.path + "/md")
    #expect(back.status == 0 && !back.errors.contains("added 0"), "\(back.errors)")
    // What is left of one that was killed is taken over; what no export wrote is kept.
    let part = folder.path + "/md2.part"
    try FileManager.default.createDirectory(atPath: part, withIntermediateDirectories: false)
    for name in ["999.md", "7.md.part", "mine.txt"] {
      try "x".write(toFile: part + "/" + name, atomically: false, encoding: .utf8)
    }
    let alien = try source.dvctl("export", "-o", folder.path + "/md2/")
    #expect(alien.status == 1 && alien.errors.contains("mine.txt: no export wrote this"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: part).count == 3)
    try FileManager.default.removeItem(atPath: part + "/mine.txt")
    try Self.demand(source, ["export", "huyện", "-o", folder.path + "/md2/"])
    #expect(
      try Set(FileManager.default.contentsOfDirectory(atPath: folder.path + "/md2"))
        == Set(FileManager.default.contentsOfDirectory(atPath: folder.path + "/md")))
    // What is there is not written over, and nothing half-written is left.
    let twice = try source.dvctl("export", "-o", folder.path + "/md/")
    #expect(twice.status == 1 && twice.errors.contains("is there already"))
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!left.contains { $0.hasSuffix(".part") })
  }
}
