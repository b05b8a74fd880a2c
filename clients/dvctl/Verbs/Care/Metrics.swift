import ArgumentParser
import DanvanClient

struct Metrics: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "Print what the daemon measures of itself, as OpenMetrics text.",
    discussion: """
      Calls by method and status with their times, bytes, documents taken in, extraction, the store's \
      size, the lag of subscriptions. With `metrics.textfile` in the configuration the daemon keeps the \
      same in a file for a collector.
      """)

  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    try Output.write(try connection.connect().metrics(timeout: connection.deadline()))
  }
}
