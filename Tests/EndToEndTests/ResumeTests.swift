import Foundation
import TestSupport
import Testing

/// A load that goes on where it was broken off.
struct ResumeTests {
  @Test func goesOnBehindWhatIsDone() async throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let folder = try TemporaryDirectory()
    let (state, rejects) = (folder.path + "/state", folder.path + "/rejects")
    let input = folder.path + "/a.jsonl"
    func write(_ lines: [String]) throws {
      try lines.map { $0 + "\n" }.joined().write(toFile: input, atomically: true, encoding: .utf8)
    }
    let first = [#"{"text":"Một."}"#, "hỏng", #"{"text":"Hai."}"#]
    try write(first)
    let arguments = ["ingest", input, "--resume", state, "--rejects", rejects]
    #expect(try daemon.dvctl(arguments).errors.contains("added 2, duplicate 0, rejected 1"))
    try write(first + [#"{"text":"Ba."}"#])
    let again = try daemon.dvctl(arguments)
    #expect(again.errors.contains("going on behind 3 documents"))
    #expect(again.errors.contains("added 1, duplicate 0, rejected 0"))
    let lines = try String(contentsOfFile: rejects, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 1)
    #expect(lines[0].contains("a.jsonl:2") && lines[0].contains("INVALID_ARGUMENT"))
    // A file of another order is not taken for the same.
    try write([#"{"text":"Một."}"#, "", "", "", #"{"text":"Hai."}"#, "{}", "{}"])
    #expect(try daemon.dvctl(arguments).errors.contains("was written for other inputs"))
  }

  /// Killed again and again with several loads on their way, it goes on behind what was acknowledged:
  /// nothing is left out, and nothing that was reported is sent again without need.
  @Test func goesOnAfterKillsWithSeveralJobs() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let folder = try TemporaryDirectory()
    let (state, input) = (folder.path + "/state", folder.path + "/a.jsonl")
    let count = 3_000
    try (0..<count).map { "{\"text\":\"Bài số \($0): họp bàn.\"}\n" }.joined()
      .write(toFile: input, atomically: true, encoding: .utf8)
    var done: [Int] = []
    for kill in 1...3 {
      let process = Process()
      process.executableURL = try Programs.path(of: "dvctl")
      process.arguments = [
        "ingest", "--socket", daemon.socket.path, input, "--resume", state, "--jobs", "4",
      ]
      process.standardError = FileHandle.nullDevice
      try process.run()
      // As soon as it has come further than the one before.
      while process.isRunning, Self.done(state) <= done.last ?? 0 { usleep(500) }
      Foundation.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      done.append(Self.done(state))
      #expect(done.last ?? 0 > 0, "kill \(kill)")
    }
    #expect((done.last ?? 0) < count, "the kills came too late to show anything")
    let last = try daemon.dvctl(
      "ingest", input, "--resume", state, "--jobs", "4", "--format", "json")
    #expect(last.status == 0, "\(last.errors)")
    #expect(last.errors.contains("going on behind"), "\(last.errors)")
    let sums = try #require(
      JSONSerialization.jsonObject(with: last.output) as? [String: Int], "\(last.text)")
    #expect((sums["added"] ?? 0) + (sums["duplicate"] ?? 0) == count - (done.last ?? 0))
    #expect(Self.done(state) == count)
    let all = try daemon.dvctl("query", "", "--all", "--count")
    #expect(all.text.contains("\(count)") || all.text.contains("3,000"), "\(all.text)")
  }

  /// The daemon dies with a load on its way: what was acknowledged is told, and what nobody knows is told as such.
  @Test func whatHasNoAnswerIsTold() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let process = Process()
    process.executableURL = try Programs.path(of: "dvctl")
    process.arguments = [
      "ingest", "--socket", daemon.socket.path, "-", "--type", "jsonl", "--format", "json",
    ]
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    // 200 are a load; the last waits for the end of the input.
    for number in 0..<201 {
      try input.fileHandleForWriting.write(
        contentsOf: Data("{\"text\":\"Bài số \(number): họp bàn.\"}\n".utf8))
    }
    while try daemon.dvctl("query", "", "--all", "--count").text.contains("200") == false {
      usleep(20_000)
    }
    try daemon.signal(SIGSTOP)
    try input.fileHandleForWriting.close()
    // Until it was sent, which nothing else tells.
    sleep(2)
    _ = try daemon.stop(signal: SIGKILL)
    process.waitUntilExit()
    let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.terminationStatus == 4, "\(told)")
    #expect(told.contains("documents without an answer: 1; they may be stored"), "\(told)")
    #expect(told.contains("added 200, duplicate 0, rejected 0"), "\(told)")
    let sums = try JSONSerialization.jsonObject(
      with: output.fileHandleForReading.readDataToEndOfFile())
    #expect((sums as? [String: Int])?["unanswered"] == 1)
  }

  private static func done(_ state: String) -> Int {
    let text = (try? String(contentsOfFile: state, encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n")
    return lines.count > 1 ? Int(lines[1]) ?? 0 : 0
  }
}
