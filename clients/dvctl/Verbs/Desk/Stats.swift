import ArgumentParser
import DanvanClient

struct Stats: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract:
      "Count what the store holds: articles by source, month and reader, facts by kind and rule.",
    discussion: """
      Coverage is how many of the articles have such a thing at all. A year is a line of twelve months, \
      each as high as it has articles. With ndjson, csv and md each row is one count, of its group.
      """)

  @Option(
    help: ArgumentHelp(
      "Of sources and rules show so many, 1 to 10000; text only.", valueName: "count"))
  var limit = 12

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...10_000).contains(limit) else {
      throw ValidationError(Localized("--limit wants a number from 1 to 10000."))
    }
  }

  func run() throws {
    let answer = try connection.connect().stats(timeout: connection.deadline())
    try output.renderer.render(StatsReport(answer: answer, limit: limit))
  }
}
