import Foundation
import TestSupport
import Testing

/// The program itself, where no daemon is needed.
struct ProgramTests {
  private static let noDaemon = "/nonexistent/danvand.sock"

  @Test(arguments: [
    ["ping"], ["query", "x"], ["show", "1"], ["analyze", "-"], ["ingest", "-"], ["watch"],
    ["rm", "1"], ["rules"], ["status"], ["conns"], ["trace"], ["rpc", "list"],
    ["rpc", "describe"], ["rpc", "call", "Query"],
  ])
  func withoutADaemonItSaysWhatItTried(_ words: [String]) throws {
    let result = try Programs.dvctl(words + ["--socket", Self.noDaemon], input: Data("x".utf8))
    #expect(result.status == 4)
    #expect(result.output.isEmpty)
    #expect(
      result.errors == """
        dvctl: cannot reach danvand (is it running?); tried:
          \(Self.noDaemon): No such file or directory

        """)
  }

  @Test func theEnvironmentNamesTheSocket() throws {
    let result = try Programs.dvctl(["ping"], environment: ["DANVAN_SOCKET": "/nonexistent/a"])
    #expect(result.status == 4)
    #expect(result.errors.contains("/nonexistent/a: "))
  }

  @Test func withoutANameItTriesTheUsualPlaces() throws {
    let result = try Programs.dvctl(
      ["ping"], environment: ["DANVAN_SOCKET": "", "XDG_RUNTIME_DIR": "/nonexistent"])
    // A daemon may run on this machine.
    if result.status == 0 { return }
    #expect(result.errors.contains("/nonexistent/danvan/danvand.sock: "))
    #expect(result.errors.contains("/run/danvan/danvand.sock: "))
  }

  @Test func errorsAreJSONWhereJSONWasAskedFor() throws {
    let result = try Programs.dvctl(["ping", "--socket", Self.noDaemon, "--format=ndjson"])
    let error = try #require(
      try JSONSerialization.jsonObject(with: Data(result.errors.utf8)) as? [String: Any])
    let members = try #require(error["error"] as? [String: Any])
    #expect(members["code"] as? String == "UNREACHABLE")
    #expect(members["exit"] as? Int == 4)
  }

  @Test func usageIsTwoAndGoesToStandardError() throws {
    let result = try Programs.dvctl(["query", "--limit", "many"])
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("Usage: dvctl query"))
  }

  @Test func versionAndHelpGoToStandardOutput() throws {
    for words in [["--version"], ["version"], ["--help"], ["help", "query"]] {
      let result = try Programs.dvctl(words)
      #expect(result.status == 0)
      #expect(!result.output.isEmpty)
      #expect(result.errors.isEmpty)
    }
  }

  /// A pipe whose reader is gone ends the program quietly.
  @Test func aClosedPipeIsNoError() throws {
    let dvctl = try Programs.path(of: "dvctl")
    let result = try Programs.run(
      URL(fileURLWithPath: "/bin/bash"),
      ["-c", "trap '' PIPE; { sleep 0.2; \"$0\" version; echo $? >&2; } | true", dvctl.path])
    #expect(result.errors == "0\n")
  }
}
