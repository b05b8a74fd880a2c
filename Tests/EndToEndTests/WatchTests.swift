import Foundation
import TestSupport
import Testing

/// A watcher sees each new article once, also across a restart of the daemon.
@Suite struct WatchTests {
  @Test(arguments: [SIGTERM, SIGKILL])
  func aRestartLosesNothingAndDoublesNothing(signal: Int32) throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let files = try sampleTexts()
    let half = files.count / 2
    let watcher = try Watcher(daemon, ["--from", "start", "--max-events", "\(files.count)"])
    for file in files[..<half] {
      #expect(try daemon.dvctl("ingest", file).status == 0)
    }
    try daemon.stop(signal: signal)
    try daemon.start()
    for file in files[half...] {
      #expect(try daemon.dvctl("ingest", file).status == 0)
    }
    let (status, lines) = watcher.finish()
    #expect(status == 0)
    let events = try lines.map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
    let seen = events.compactMap { $0["id"] as? Int }
    #expect(seen == Array(1...files.count), "each article once, in order: \(seen)")
    let cursors = events.compactMap { $0["cursor"] as? String }
    #expect(Set(cursors).count == files.count)
  }

  @Test func aFilterMeansWhatItMeansInASearch() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    #expect(try daemon.dvctl("ingest", Repository.samples.path).status == 0)
    for query in ["dan van", "kind:directive", "place:\"Mây Ngàn\"", "-title:\"Bí thư Tỉnh ủy\""] {
      let found = try ids(
        daemon.dvctl("query", query, "--all", "--format", "ndjson", "--limit", "100"), "id")
      #expect(!found.isEmpty, "\(query)")
      let watched = try ids(
        daemon.dvctl(
          "watch", query, "--from", "start", "--format", "ndjson", "--max-events",
          "\(found.count)"), "id")
      #expect(Set(found) == Set(watched), "\(query)")
    }
  }

  @Test func aCursorResumesBehindTheEventItNames() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    #expect(try daemon.dvctl("ingest", Repository.samples.path).status == 0)
    let first = try daemon.dvctl(
      "watch", "--from", "start", "--format", "ndjson", "--max-events", "3")
    let line = try #require(first.lines.last)
    let event = try #require(
      JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    let cursor = try #require(event["cursor"] as? String)
    let rest = try ids(
      daemon.dvctl("watch", "--from", cursor, "--format", "ndjson", "--max-events", "11"), "id")
    #expect(rest == Array(4...14))
  }

  @Test func aCommandIsRunForEachEventUntilItSucceeds() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    #expect(try daemon.dvctl("ingest", Repository.samples.path).status == 0)
    let place = daemon.folder.appendingPathComponent("place").path
    let command =
      "[ $DANVAN_ID = 3 ] && [ $DANVAN_ATTEMPT = 1 ] && exit 1; read -r event; echo $DANVAN_ID"
    let run = try daemon.dvctl(
      "watch", "--from", "start", "--cursor-file", place, "--max-events", "5", "--exec", command)
    #expect(run.status == 0)
    #expect(run.lines == ["1", "2", "3", "4", "5"])
    // One that never succeeds holds the cursor where it is.
    let failing = try daemon.dvctl(
      "watch", "--cursor-file", place, "--retries", "1", "--exec", "exit 7")
    #expect(failing.status == 1)
    let last = try daemon.dvctl(
      "watch", "--cursor-file", place, "--retries", "0", "--max-events", "1", "--exec", "exit 7")
    #expect(last.status == 1)
    let wide = try daemon.dvctl(
      "watch", "--cursor-file", place, "--max-events", "9", "--jobs", "4", "--exec",
      "echo $DANVAN_ID")
    #expect(Set(wide.lines.compactMap { Int($0) }) == Set(6...14))
    let rest = try daemon.dvctl("feed", "--cursor-file", place, "--exit-empty")
    #expect(rest.status == 3)
  }

  @Test func aNamedWatchGoesOnAfterTheDaemonWasKilled() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    #expect(try daemon.dvctl("ingest", Repository.samples.path).status == 0)
    let first = try ids(
      daemon.dvctl(
        "watch", "--name", "desk", "--from", "start", "--format", "ndjson", "--max-events", "4"),
      "id")
    try daemon.stop(signal: SIGKILL)
    try daemon.start()
    let rest = try ids(
      daemon.dvctl("watch", "--name", "desk", "--format", "ndjson", "--max-events", "10"), "id")
    #expect(first + rest == Array(1...14))
    #expect(try ids(daemon.dvctl("subs", "--format", "ndjson"), "lag") == [0])
    #expect(try daemon.dvctl("watch", "other", "--name", "desk").status == 2)
    #expect(try daemon.dvctl("subs", "delete", "desk").status == 0)
  }

  private func sampleTexts() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: Repository.samples.path)
      .filter { $0.hasSuffix(".txt") }.sorted()
      .map { Repository.samples.appendingPathComponent($0).path }
  }

  private func ids(_ result: Programs.Result, _ key: String) throws -> [Int] {
    #expect(result.status == 0, "\(result.errors)")
    return try result.lines.compactMap { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return object?[key] as? Int
    }
  }
}

/// `dvctl watch` running beside the test.
private final class Watcher {
  private let process = Process()
  private let output = Pipe()

  init(_ daemon: RunningDaemon, _ arguments: [String]) throws {
    process.executableURL = try Programs.path(of: "dvctl")
    process.arguments =
      ["watch", "--socket", daemon.socket.path, "--format", "ndjson"] + arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  /// Waits until it ends by itself; ends it when it has not after a minute.
  func finish() -> (status: Int32, lines: [String]) {
    let process = process
    let alarm = Thread {
      Thread.sleep(forTimeInterval: 60)
      if process.isRunning { process.terminate() }
    }
    alarm.start()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(data: data, encoding: .utf8) ?? ""
    return (process.terminationStatus, text.split(separator: "\n").map(String.init))
  }
}
