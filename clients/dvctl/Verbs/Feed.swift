import ArgumentParser
import DanvanClient
import DanvanMessages

struct Feed: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feed",
    abstract: "Print a page of the event log, for scripts that run now and then.",
    discussion: """
      Says on standard error where to go on from; with --cursor-file the next run goes on there by \
      itself. A page ends with a commit, so it may hold more than --max-events.
      """)

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("Only articles that this query finds. None: all.", valueName: "query"))
  var words: [String] = []

  @OptionGroup var start: StartOptions
  @OptionGroup var parts: PartOptions

  @Option(help: ArgumentHelp("About so many events; at most 1000.", valueName: "count"))
  var maxEvents = 100

  @Option(help: ArgumentHelp("Wait so long for a first event.", valueName: "seconds"))
  var wait = 0.0

  @Flag(help: "Exit with 3 when there is none.")
  var exitEmpty = false

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...1000).contains(maxEvents) else {
      throw ValidationError(Localized("--max-events wants 1 to 1000."))
    }
    guard wait >= 0, wait < 1e6 else {
      throw ValidationError(Localized("--wait wants seconds from 0."))
    }
    try parts.check(for: output.format)
    try rejectStrayOptions(words)
  }

  func run() throws {
    var request = Danvan_V1_FetchRequest()
    request.query = words.filter { $0 != "--" }.joined(separator: " ")
    request.from = try start.place(otherwise: "start")
    request.withFacts = parts.withFacts
    request.withText = parts.withText
    request.maxEvents = UInt32(maxEvents)
    request.waitNano = Int64(wait * 1e9)
    let page = try connection.connect()
      .fetch(request, timeout: connection.deadline(otherwise: wait + 60))
    try output.renderer.render(FeedReport(page: page))
    if let path = start.cursorFile {
      try CursorFile(path: path).save(page.next)
    } else if output.format == .text {
      Talk.close(
        page.next == page.head
          ? Localized("up to date at \(page.next)") : Localized("go on with --from \(page.next)"))
    }
    if exitEmpty, page.events.isEmpty { throw Failure(silent: .empty) }
  }
}

/// A page of the event log.
struct FeedReport: Report {
  let page: Danvan_V1_FetchResponse

  func lines(_ style: Style) -> [String] {
    page.events.flatMap { WatchReport(event: $0).lines(style) }
  }

  var rows: [JSON] { page.events.map { WatchReport(event: $0).json } }
  var table: [JSON] { page.events.flatMap { WatchReport(event: $0).table } }

  var json: JSON {
    [
      "events": .array(rows), "next": .string(page.next), "oldest": .string(page.oldest),
      "head": .string(page.head),
    ]
  }
}
