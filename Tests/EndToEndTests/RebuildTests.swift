import Foundation
import TestSupport
import Testing

/// An operator changes the rules under a running daemon.
@Suite struct RebuildTests {
  private let daemon: RunningDaemon
  private var overlay: URL { daemon.folder.appendingPathComponent("vi.d") }

  init() throws {
    daemon = try RunningDaemon()
    try Data().write(to: daemon.configuration)
    try FileManager.default.createDirectory(
      at: overlay.appendingPathComponent("lexicon"), withIntermediateDirectories: true)
  }

  private func write(_ text: String) throws {
    try Data(text.utf8).write(to: overlay.appendingPathComponent("lexicon/time-parts.tsv"))
  }

  private func status() throws -> [String: Any] {
    let result = try daemon.dvctl("status", "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(result.text.utf8))
    return try #require(object as? [String: Any], "\(result.errors)")
  }

  private func wait(_ isDone: ([String: Any]) -> Bool) throws -> [String: Any] {
    for _ in 0..<600 {
      let now = try status()
      if isDone(now) { return now }
      Thread.sleep(forTimeInterval: 0.05)
    }
    let now = try status()
    Issue.record("not in 30 s: \(now)")
    return now
  }

  private func isRebuilt(_ status: [String: Any]) -> Bool {
    guard let rebuild = status["rebuild"] as? [String: Any] else { return false }
    return rebuild["running"] as? Bool == false
      && rebuild["rule_set"] as? String == status["rule_set"] as? String
  }

  @Test func aReloadRebuildsFactsAndAFaultChangesNothing() throws {
    try daemon.start()
    let text = "Chiều 26/3/2021, tại Hà Nội, hội nghị diễn ra."
    #expect(try daemon.dvctl("ingest", "-", "--type", "text", input: Data(text.utf8)).status == 0)
    let before = try status()
    func times() throws -> String { try daemon.dvctl("show", "1").text }
    #expect(try times().contains("Chiều 26/3/2021 ="))

    try write("-chiều\n")
    try daemon.signal(SIGHUP)
    let after = try wait(isRebuilt)
    #expect(after["rule_set"] as? String != before["rule_set"] as? String)
    #expect(!(try times().contains("Chiều 26/3/2021 =")))
    let events = try daemon.dvctl(
      "watch", "--marks", "--from", "start", "--timeout", "0.5", "--format", "ndjson"
    ).text.split(separator: "\n").filter { $0.contains("rebuil") }
    #expect(events.count == 2 && events[0].contains("facts-rebuilt"), "\(events)")

    try write("# source: a test\nmột\thai\tba\n")
    try daemon.signal(SIGHUP)
    let faulty = try wait { $0["reload_failure"] != nil }
    let failure = try #require(faulty["reload_failure"] as? String)
    #expect(failure.hasSuffix("vi.d/lexicon/time-parts.tsv:2: 3 cells where the list has 2"))
    #expect(faulty["rule_set"] as? String == after["rule_set"] as? String)
    #expect(try String(contentsOf: daemon.logFile, encoding: .utf8).contains("reload failed"))

    try write("-chiều\n")
    try Data("[log\n".utf8).write(to: daemon.configuration)
    try daemon.signal(SIGHUP)
    let broken = try wait { ($0["reload_failure"] as? String)?.contains("danvand.toml:1") == true }
    #expect(broken["rule_set"] as? String == after["rule_set"] as? String)

    try Data().write(to: daemon.configuration)
    try daemon.signal(SIGHUP)
    _ = try wait { $0["reload_failure"] == nil }
    #expect(try daemon.stop(signal: SIGTERM) == 0)
  }

  @Test func aKilledRebuildGoesOn() throws {
    let lines = (1...600).map { number in
      #"{"text": "Chiều \#(number % 28 + 1)/3/2021, ông Nguyễn Văn An dự hội nghị số \#(number) tại Hà Nội."}"#
    }.joined(separator: "\n")
    try daemon.start()
    #expect(
      try daemon.dvctl("ingest", "-", "--type", "jsonl", input: Data(lines.utf8)).status == 0)
    try daemon.stop(signal: SIGTERM)
    try write("-chiều\n")
    var kills = 0
    while kills < 3 {
      try daemon.start()
      kills += 1
      try daemon.stop(signal: SIGKILL)
    }
    try daemon.start()
    let rebuild = try #require(try wait(isRebuilt)["rebuild"] as? [String: Any])
    #expect(rebuild["done"] as? Int == 600)
    #expect(rebuild["changed"] as? Int == 600)
    // One event each, none twice.
    let place = daemon.folder.appendingPathComponent("place").path
    var events: [Substring] = []
    while true {
      let page = try daemon.dvctl(
        "feed", "--cursor-file", place, "--max-events", "1000", "--exit-empty", "--format", "ndjson"
      )
      if page.status == 3 { break }
      try #require(page.status == 0, "\(page.errors)")
      events += page.text.split(separator: "\n").filter { $0.contains("facts-rebuilt") }
    }
    let ids = Set(events.compactMap { $0.split(separator: ",").first { $0.contains("\"id\"") } })
    #expect(events.count == 600 && ids.count == 600)
    let asked = try daemon.dvctl("rebuild", "--format", "json")
    #expect(asked.status == 0 && asked.text.contains("\"everything\": true"), "\(asked.errors)")
    let again = try #require(try wait(isRebuilt)["rebuild"] as? [String: Any])
    #expect(again["changed"] as? Int == 0)
  }
}
