import ArgumentParser
import DanvanDaemon
import DanvanModel
import Glibc

@main
enum Main {
  static func main() {
    // One program is installed under two names.
    if CommandLine.arguments.first?.split(separator: "/").last == "danvand" { Daemon.main() }
    // A reader that has gone away is an error of `write`, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    openStandardDescriptors()
    // Nothing is in use any more when the process ends, so that what is still there then has been lost.
    let status = run(Dvctl.verbFirst(CommandLine.arguments.dropFirst()))
    if status != 0 { exit(status) }
  }
}

extension Main {
  /// Does what the words say, and says what went wrong; returns the exit status.
  private static func run(_ words: [String]) -> Int32 {
    do {
      do {
        if Dvctl.isHelp(words) {
          try Dvctl.showHelp(words)
        } else {
          var verb = try Dvctl.parseAsRoot(words)
          try verb.run()
        }
      } catch  where Dvctl.isHelp(error) {
        try Dvctl.showHelp(words)
      }
      return 0
    } catch {
      let failure = Failure(error)
      failure.tell()
      return failure.number
    }
  }

  /// A closed standard input or output must not become the number of the daemon's socket.
  private static func openStandardDescriptors() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDWR)
    }
  }
}

struct Dvctl: ParsableCommand {
  static let version = Release.version

  static let configuration = CommandConfiguration(
    commandName: "dvctl",
    abstract: "Keep Vietnamese local-government news and ask what it says.",
    discussion: """
      dvctl talks to danvand, the daemon that keeps the articles. Data goes to standard output, \
      everything else to standard error. See dvctl(1) for the exit codes.
      """,
    version: "dvctl \(Release.description)",
    subcommands: [
      Ingest.self, Export.self, Import.self, Query.self, Saved.self, Tag.self, Show.self, Diff.self,
      Story.self, Analyze.self, Explain.self, Correct.self, Person.self, Body.self, Who.self,
      Entity.self,
      Directives.self, Directive.self, Events.self, Statements.self, Topics.self, Timeline.self,
      Brief.self, Stats.self,
      Watch.self, Feed.self, Subscriptions.self, Remove.self, Rules.self, Rebuild.self, Reread.self,
      Status.self,
      Connections.self,
      Backup.self, Restore.self, Check.self, Compact.self, Metrics.self, Top.self, Config.self,
      Trace.self, RPC.self, Ping.self,
      Version.self,
    ])

  /// Whether help was asked for; the version and completions end the parser in the same way.
  static func isHelp(_ error: any Error) -> Bool {
    exitCode(for: error).isSuccess && fullMessage(for: error).hasPrefix("OVERVIEW: ")
  }

  /// Whether help is all that the words ask for; then nothing needs to be parsed.
  static func isHelp(_ words: [String]) -> Bool {
    words.first == "help" && !words.contains { $0.hasPrefix("-") }
  }

  /// Throws as `Output.write` does.
  static func showHelp(_ words: [String]) throws {
    let asked = words.first == "help" ? words.dropFirst() : words[...]
    if words.first == "help", let (told, _) = Misspelling.noVerb(in: asked) {
      throw ValidationError(told)
    }
    guard let command = CommandInfo.named(by: asked) else { throw CleanExit.helpRequest() }
    let page = HelpPage(command, style: Style(.auto))
    try Output.write(page.lines.map { $0 + "\n" }.joined())
  }

  /// The words of a command line with the options that every verb has moved behind the verb:
  /// `dvctl --socket path ping` is `dvctl ping --socket path`.
  static func verbFirst(_ words: some Sequence<String>) -> [String] {
    let shared = ["--socket", "--timeout", "--format", "--color"]
    var rest = Array(words)[...]
    var moved: [String] = []
    while let word = rest.first, word.hasPrefix("--") {
      if shared.contains(word), rest.count > 1 {
        moved += rest.prefix(2)
        rest.removeFirst(2)
      } else if shared.contains(where: { word.hasPrefix("\($0)=") }) {
        moved.append(word)
        rest.removeFirst()
      } else {
        return Array(words)
      }
    }
    // The options of these are those of the word after it.
    let verb =
      rest.first.map { ["rpc", "saved", "entity", "config"].contains($0) } ?? false ? 2 : 1
    return rest.prefix(verb) + moved + rest.dropFirst(verb)
  }
}
