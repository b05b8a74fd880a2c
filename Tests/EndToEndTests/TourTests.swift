import Foundation
import TestSupport
import Testing

/// `docs/tour.md` is true: every command of it runs, in its order, and prints what stands there.
struct TourTests {
  private struct Step {
    let command: String
    var expected: [String] = []
  }
  private let steps: [Step]

  init() throws {
    let text = try String(
      contentsOf: Repository.root.appendingPathComponent("docs/tour.md"), encoding: .utf8)
    var steps: [Step] = []
    var isConsole = false
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        isConsole = line == "```console"
      } else if isConsole, line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2))))
      } else if isConsole, !steps.isEmpty {
        steps[steps.count - 1].expected.append(line)
      }
    }
    self.steps = steps
  }

  @Test func everyCommandPrintsWhatStandsThere() throws {
    let folder = try TemporaryDirectory()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/samples", withDestinationPath: Repository.samples.path)
    let daemon = try RunningDaemon()
    try daemon.start()
    let programs = try Programs.path(of: "dvctl").deletingLastPathComponent().path
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    try #require(steps.count > 20)
    for step in steps {
      let result = try Programs.run(
        URL(fileURLWithPath: "/bin/sh"),
        ["-c", "cd \"$1\" && { \(step.command)\n} 2>&1", "sh", folder.path],
        environment: [
          "PATH": "\(programs):\(path)", "DANVAN_SOCKET": daemon.socket.path, "LANG": "C.UTF-8",
          "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
        ])
      #expect(result.status == 0, "\(step.command): \(result.text)")
      var printed = result.text.replacingOccurrences(of: "\r\n", with: "\n")
        .components(separatedBy: "\n")
      if printed.last == "" { printed.removeLast() }
      #expect(
        Self.matches(step.expected[...], printed[...]), "\(step.command) prints:\n\(result.text)")
    }
  }

  /// A line of `…` stands for any lines, within a line it stands for any text.
  private static func matches(_ expected: ArraySlice<String>, _ printed: ArraySlice<String>)
    -> Bool
  {
    guard let first = expected.first else { return printed.isEmpty }
    if first == "…" {
      return (printed.startIndex...printed.endIndex).contains {
        matches(expected.dropFirst(), printed[$0...])
      }
    }
    guard let line = printed.first, Self.matches(first, line) else { return false }
    return matches(expected.dropFirst(), printed.dropFirst())
  }

  private static func matches(_ expected: String, _ line: String) -> Bool {
    let pieces = expected.components(separatedBy: "…")
    var rest = line[...]
    while rest.last?.isWhitespace == true { rest.removeLast() }
    guard pieces.count > 1 else { return rest == expected }
    for (number, piece) in pieces.enumerated() where !piece.isEmpty {
      if number == 0 {
        guard rest.hasPrefix(piece) else { return false }
        rest = rest.dropFirst(piece.count)
      } else if number == pieces.count - 1 {
        return rest.hasSuffix(piece)
      } else {
        guard let found = rest.range(of: piece) else { return false }
        rest = rest[found.upperBound...]
      }
    }
    return true
  }

  /// The verbs by which one asks of the corpus; a new one belongs into the tour.
  @Test func everyVerbOfTheDeskIsInIt() throws {
    let folder = Repository.root.appendingPathComponent("clients/dvctl/Verbs/Desk")
    let sources = try FileManager.default.contentsOfDirectory(atPath: folder.path).map {
      try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)
    }.joined()
    let used = Set(
      steps.compactMap { $0.command.split(separator: " ").dropFirst().first.map(String.init) })
    var verbs: [String] = ["ingest", "query", "show", "explain", "watch"]
    for match in sources.matches(of: /(?m)^struct (\w+): ParsableCommand/) {
      verbs.append(String(match.1).lowercased())
    }
    #expect(verbs.count > 15)
    for verb in verbs { #expect(used.contains(verb), "\(verb) is not in docs/tour.md") }
  }
}
