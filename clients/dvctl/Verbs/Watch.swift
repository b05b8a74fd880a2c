import ArgumentParser
import DanvanClient
import DanvanMessages
import Glibc

struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Print events as they happen, or run a command for each.",
    discussion: """
      An event is a line or a block, written out at once. When the connection is lost, dvctl \
      connects again and goes on after the last event it has printed: none is missed, none comes \
      twice. Ends by --max-events, --timeout, Ctrl-C, or when nobody reads its output any more.
      """)

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("Only articles that this query finds. None: all.", valueName: "query"))
  var words: [String] = []

  @OptionGroup var start: StartOptions
  @OptionGroup var parts: PartOptions

  @Option(
    help: ArgumentHelp(
      "Follow the daemon's subscription of this name, made where there is none, and acknowledge what was dealt with.",
      valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("End after so many events.", valueName: "count"))
  var maxEvents: Int?

  @Flag(help: "Also print the marks that carry a cursor but no article.")
  var marks = false

  @Flag(
    inversion: .prefixedNo,
    help: "Connect again when the connection is lost (default), or exit with 4.")
  var reconnect = true

  @Option(help: "What to do where events are no longer kept: fail with 6, or skip them.")
  var onGap = GapChoice.fail

  @Option(
    help: ArgumentHelp(
      "Run this shell command for each event, with the event on its standard input; the cursor moves on when it exits with 0.",
      valueName: "command"))
  var exec: String?

  @Option(
    help: ArgumentHelp(
      "Run so many commands at a time, those of one article in order.", valueName: "count"))
  var jobs = 1

  @Option(
    help: ArgumentHelp("Run a failing command so many times more, then exit.", valueName: "count"))
  var retries = 10

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  enum GapChoice: String, ExpressibleByArgument, CaseIterable { case fail, skip }

  func validate() throws {
    if let maxEvents, maxEvents < 1 {
      throw ValidationError(Localized("--max-events must be at least 1."))
    }
    guard (1...64).contains(jobs) else { throw ValidationError(Localized("--jobs wants 1 to 64.")) }
    guard retries >= 0 else { throw ValidationError(Localized("--retries must not be negative.")) }
    if name != nil, start.cursorFile != nil {
      throw ValidationError(
        Localized("--name and --cursor-file both keep the cursor: give one of them."))
    }
    try parts.check(for: output.format)
    try rejectStrayOptions(words)
  }

  var query: String { words.filter { $0 != "--" }.joined(separator: " ") }

  func request() throws -> Danvan_V1_WatchRequest {
    var request = Danvan_V1_WatchRequest()
    request.withFacts = parts.withFacts
    request.withText = parts.withText
    request.skipGaps = onGap == .skip
    if let name {
      request.subscription = name
    } else {
      request.query = query
      request.from = try start.place(otherwise: "now")
    }
    return request
  }

  func run() throws {
    try Interruption.begin()
    let place = try self.place()
    if let exec {
      try follow(ExecSink(command: exec, width: jobs, retries: retries), place)
    } else {
      try follow(PrintingSink(output, showsMarks: marks), place)
    }
    Interruption.end()
  }

  private func follow(_ sink: some EventSink, _ place: CursorPlace) throws {
    var follower = Follower(
      request: try request(), sink: sink, place: place, limit: maxEvents,
      endsWhenLost: !reconnect, seconds: connection.timeout,
      connect: { try connection.connect() })
    try follower.follow()
  }

  private func place() throws -> CursorPlace {
    if let path = start.cursorFile {
      return CursorPlace { try CursorFile(path: path).save($0) }
    }
    guard let name else { return CursorPlace() }
    try makeSubscription(name)
    var daemon: DaemonConnection?
    return CursorPlace { cursor in
      // A connection of its own: acknowledging is a change, watching is not.
      var backOff = BackOff()
      while true {
        do {
          let open = try daemon ?? connection.connect(forChanges: true)
          daemon = open
          _ = try open.acknowledge(name, cursor: cursor, timeout: connection.deadline())
          return
        } catch let error as DaemonError where error.isPassing && reconnect {
          daemon = nil
          guard Interruption.received == nil else { throw error }
          _ = Interruption.wait(for: nil, seconds: backOff.next())
        }
      }
    }
  }

  /// Makes the subscription unless it is there, with the same query.
  private func makeSubscription(_ name: String) throws {
    let daemon = try connection.connect(forChanges: true)
    defer { daemon.close() }
    let deadline = connection.deadline()
    if let known = try daemon.subscriptions(timeout: deadline).first(where: { $0.name == name }) {
      guard query.isEmpty || query == known.query else {
        throw Failure(
          .usage, "INVALID_ARGUMENT",
          Localized(
            "subscription '\(name)' is for '\(known.query)'; delete it, or leave the query out"))
      }
    } else {
      _ = try daemon.createSubscription(
        name, query: query, from: try start.place(otherwise: "now"), timeout: deadline)
    }
  }
}

/// Where to begin, and where to keep the place reached.
struct StartOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "start, now, -2h (or s, m, d, w), a cursor, or a file that holds one.", valueName: "where"))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "Begin at the cursor in this file, if it is there, and keep the place reached in it.",
      valueName: "path"))
  var cursorFile: String?

  /// In the words of the protocol: of the cursor file, else of `--from`.
  func place(otherwise fallback: String) throws -> String {
    if let cursorFile, let cursor = try CursorFile(path: cursorFile).load() { return cursor }
    return try StartingPlace.wire(from ?? fallback)
  }
}

/// What of an article comes with its event.
struct PartOptions: ParsableArguments {
  @Flag(help: "With every article its facts.")
  var withFacts = false

  @Flag(help: "With every article its text.")
  var withText = false

  /// Throws where a table is wanted, which has no cells for them.
  func check(for format: Format) throws {
    if withFacts || withText, format == .csv || format == .md {
      throw ValidationError(
        Localized("--with-facts and --with-text are written as text, json or ndjson."))
    }
  }
}

/// Words taken for a query that were meant as options.
func rejectStrayOptions(_ words: [String]) throws {
  if let stray = words.first(where: { $0.hasPrefix("--") && $0 != "--" }) {
    throw ValidationError(Localized("Unknown option '\(stray)'"))
  }
}
