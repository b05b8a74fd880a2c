import Foundation
import TestSupport
import Testing

/// Corrected articles go out as gold, and corrections into another store.
struct GoldTests {
  private let folder: TemporaryDirectory
  private let daemon: RunningDaemon

  init() throws {
    folder = try TemporaryDirectory()
    daemon = try RunningDaemon()
    try daemon.start()
    try dvctl("ingest", Repository.samples.path)
    // One of each form.
    try dvctl("correct", try fact("STATEMENT", "yêu cầu sâu sát cơ sở"), "--spurious")
    try dvctl(
      "correct", try fact("TITLE", "Trưởng ban Dân vận Tỉnh ủy Lam Hạ Châu"), "--person",
      "Trần Thị Bông", "--why", "thử", "--by", "An")
    try dvctl("correct", try fact("ORG", "Ban Thường vụ Tỉnh ủy"), "--words", "Tỉnh ủy")
    try dvctl("correct", try fact("TIME", "quý I"), "--set", "value=2021-Q2")
    try dvctl("correct", try fact("INSTRUMENT", "Quy chế dân chủ ở cơ sở"), "--type", "CAMPAIGN")
    try dvctl("correct", "1", "--missing", "PERSON", "--words", "lãnh đạo Ủy ban MTTQ")
  }

  @discardableResult
  private func dvctl(_ arguments: String..., at other: RunningDaemon? = nil) throws
    -> Programs.Result
  {
    let socket = (other ?? daemon).socket.path
    let result = try Programs.dvctl(arguments + ["--socket", socket])
    try #require(result.status == 0, "\(arguments): \(result.errors)")
    return result
  }

  /// As `explain` names the first such fact of the first article.
  private func fact(_ kind: String, _ words: String) throws -> String {
    let lines = try dvctl("explain", "1").text.components(separatedBy: "\n")
    let head = try #require(lines.firstIndex { $0 == "\(kind)  \(words)" })
    let name = try #require(lines[head...].first { $0.hasPrefix("  fact ") })
    return String(name.dropFirst("  fact ".count))
  }

  @Test func theScorerTakesIt() throws {
    let gold = folder.path + "/gold"
    try dvctl("export", "--format", "gold", "-o", gold)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: gold).sorted() == [
        "1.gold.json", "1.txt",
      ])
    let object = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: gold + "/1.gold.json")))
    let article = try #require(object as? [String: Any])
    let text = Array(try String(contentsOfFile: gold + "/1.txt", encoding: .utf8).unicodeScalars)
    for list in ["mentions", "events", "statements", "directives", "instruments", "campaigns"] {
      for item in try #require(article[list] as? [[String: Any]], "\(list)") {
        let (start, end) = (try #require(item["start"] as? Int), try #require(item["end"] as? Int))
        var words = String.UnicodeScalarView()
        words.append(contentsOf: text[start..<end])
        #expect(String(words) == item["text"] as? String, "\(list)")
      }
    }
    guard let shared = Repository.shared,
      FileManager.default.fileExists(atPath: shared.path + "/eval/score.py")
    else {
      print("skipped: no scorer of gold articles; set DANVAN_SHARED")
      return
    }
    // What the rules find misses just what was corrected.
    let predicted = folder.path + "/predicted"
    try FileManager.default.createDirectory(
      atPath: predicted, withIntermediateDirectories: false)
    try dvctl("analyze", gold + "/1.txt", "--format", "json").output.write(
      to: URL(fileURLWithPath: predicted + "/1.json"))
    let scored = try Programs.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      ["python3", shared.path + "/eval/score.py", gold, predicted, "--json"])
    try #require(scored.status == 0, "\(scored.errors)")
    let rows = try #require(
      try JSONSerialization.jsonObject(with: scored.output) as? [String: [String: Double]])
    func counts(_ row: String) -> [Double] {
      ["tp", "fp", "fn"].map { rows[row]?[$0] ?? -1 }.suffix(2)
    }
    #expect(
      counts("PERSON") == [0, 1] && counts("ORG") == [1, 1] && counts("statement") == [1, 0])
    #expect(counts("TIME") == [0, 0] && counts("TIME+value") == [1, 1])
    #expect(counts("PERSON~holder") == [1, 1])
    #expect(counts("instrument") == [1, 0] && counts("campaign") == [0, 1])
    #expect(counts("directive") == [0, 0] && counts("event") == [0, 0])
  }

  @Test func correctionsTravel() throws {
    let (first, second) = (folder.path + "/a.jsonl", folder.path + "/b.jsonl")
    try dvctl("export", "--facts", "-o", first)
    let target = try RunningDaemon()
    try target.start()
    try dvctl("import", first, at: target)
    try dvctl("export", "--facts", "-o", second, at: target)
    #expect(
      try String(contentsOfFile: first, encoding: .utf8)
        == String(contentsOfFile: second, encoding: .utf8))
    #expect(try dvctl("person", "Trần Thị Bông", at: target).text.contains("Trưởng ban Dân vận"))
    // Once more changes nothing; a store that has the texts gets what was said of them.
    try dvctl("import", first, at: target)
    #expect(try dvctl("correct", "--list", "--format", "ndjson", at: target).lines.count == 6)
    let other = try RunningDaemon()
    try other.start()
    try dvctl("ingest", Repository.samples.path, at: other)
    try dvctl("import", first, at: other)
    #expect(try dvctl("person", "Trần Thị Bông", at: other).text.contains("Trưởng ban Dân vận"))
    #expect(try dvctl("correct", "--list", "--format", "ndjson", at: other).lines.count == 6)
  }
}
