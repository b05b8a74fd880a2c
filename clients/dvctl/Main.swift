import ArgumentParser
import DanvanModel
import Glibc

@main
enum Main {
  static func main() {
    // A reader that has gone away is an error of `write`, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    do {
      var verb = try Dvctl.parseAsRoot()
      try verb.run()
    } catch {
      Failure(error).end()
    }
  }
}

struct Dvctl: ParsableCommand {
  static let version = Release.version

  static let configuration = CommandConfiguration(
    commandName: "dvctl",
    abstract: "Keep Vietnamese local-government news and ask what it says.",
    discussion: """
      dvctl talks to danvand, the daemon that keeps the articles. Data goes to standard output,
      everything else to standard error. See dvctl(1) for the exit codes.
      """,
    version: "dvctl \(version)",
    subcommands: [
      Ingest.self, Query.self, Show.self, Analyze.self, Watch.self, Remove.self, Rules.self,
      Status.self, Ping.self, Version.self,
    ])
}
