import ArgumentParser
import DanvanClient
import DanvanMessages
import Glibc

struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print events as they happen.",
    discussion: """
      An event is a line or a block, written out at once. When the connection is lost, dvctl \
      connects again and goes on after the last event it has printed: none is missed, none comes \
      twice. Ends by --max-events, --timeout, Ctrl-C, or when nobody reads its output any more.
      """)

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("Only articles that this query finds. None: all.", valueName: "query"))
  var words: [String] = []

  @Option(help: ArgumentHelp("start, now, or the cursor of an earlier event.", valueName: "where"))
  var from = "now"

  @Option(help: ArgumentHelp("End after so many events.", valueName: "count"))
  var maxEvents: Int?

  @Flag(help: "With every article its facts.")
  var withFacts = false

  @Flag(help: "Also print the marks that carry a cursor but no article: synced, progress.")
  var marks = false

  @Flag(help: "When the connection is lost, exit with 4.")
  var noReconnect = false

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let maxEvents, maxEvents < 1 { throw ValidationError("--max-events must be at least 1.") }
    if let stray = words.first(where: { $0.hasPrefix("--") && $0 != "--" }) {
      throw ValidationError("Unknown option '\(stray)'")
    }
  }

  var request: Danvan_V1_WatchRequest {
    var request = Danvan_V1_WatchRequest()
    request.query = words.filter { $0 != "--" }.joined(separator: " ")
    request.from = from
    request.withFacts = withFacts
    return request
  }

  func run() throws {
    if isatty(0) == 1 || isatty(1) == 1 {
      // Whole events are written at once, so there is nothing left to flush.
      signal(SIGINT) { _ in _exit(ExitStatus.success.rawValue) }
    }
    var follower = Follower(
      request: request, limit: maxEvents, endsWhenLost: noReconnect,
      seconds: connection.timeout, connect: { try connection.connect() })
    let renderer = output.renderer
    try follower.follow { event in
      let report = WatchReport(event: event)
      if report.isMark {
        if event.kind == .synced, output.format == .text, renderer.style.width != nil {
          Talk.write("up to date; waiting for more (Ctrl-C ends)\n")
        }
        if !marks || output.format == .text { return }
      }
      // A stream has no end to close a JSON list at, so json is a value an event as well.
      try Renderer(format: output.format == .json ? .ndjson : output.format, style: renderer.style)
        .render(report)
    }
  }
}
