import ArgumentParser
import DanvanClient
import Glibc

struct Top: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "top",
    abstract: "Watch what the daemon does, from second to second.",
    discussion: """
      Calls by method with their rate and mean time, documents, extraction, bytes, memory and \
      subscriptions. Ctrl-C ends it. Without a terminal it prints one look after another.
      """)

  @Option(help: ArgumentHelp("Seconds between two looks.", valueName: "seconds"))
  var every = 2.0

  @Option(help: ArgumentHelp("End after so many looks.", valueName: "count"))
  var looks: Int?

  @OptionGroup var connection: ConnectionOptions
  @Option(help: ArgumentHelp("auto, always or never; auto heeds $NO_COLOR.", valueName: "when"))
  var color = ColorChoice.auto

  func validate() throws {
    guard every >= 0.1, every <= 3_600 else {
      throw ValidationError(Localized("--every wants 0.1 to 3600 seconds."))
    }
    if let looks, looks < 1 { throw ValidationError(Localized("--looks wants at least 1.")) }
  }

  func run() throws {
    let daemon = try connection.connect()
    var before: MetricSamples?
    var watch = Stopwatch()
    var count = 0
    while true {
      let now = MetricSamples(parsing: try daemon.metrics(timeout: connection.deadline()))
      let report = TopReport(
        status: try daemon.status(timeout: connection.deadline()), now: now, before: before,
        seconds: watch.seconds)
      watch = Stopwatch()
      before = now
      let style = Style(color)
      let lines = report.lines(style, height: style.width == nil ? nil : Style.rows(of: 1))
      // To the top of a cleared screen; what is printed to a file is one look after another.
      let clear = style.width == nil ? "" : "\u{1B}[H\u{1B}[2J"
      try Output.write(clear + lines.map { $0 + "\n" }.joined())
      count += 1
      if count == looks { return }
      usleep(UInt32(every * 1_000_000))
    }
  }
}
