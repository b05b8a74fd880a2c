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
}
