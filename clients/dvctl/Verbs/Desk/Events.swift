import ArgumentParser
import DanvanClient
import DanvanMessages

struct Events: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "List meetings and other gatherings as a calendar.",
    discussion: """
      What several articles report is one event with several sources. The log of what came into the \
      store is `dvctl feed`. With --format ics: an iCalendar file (RFC 5545).
      """)

  @Option(help: ArgumentHelp("The first day, month or quarter.", valueName: "date"))
  var from: String?

  @Option(help: ArgumentHelp("The last day, month or quarter.", valueName: "date"))
  var to: String?

  @Option(help: ArgumentHelp("Chaired by this person or body.", valueName: "name"))
  var chair: String?

  @Option(help: ArgumentHelp("Where the place holds these words.", valueName: "place"))
  var place: String?

  @Option(
    help: ArgumentHelp(
      "conference, working_session, meeting, visit, ceremony, congress, election, session, "
        + "inspection, press or other.", valueName: "type"))
  var type: String?

  @Flag(
    help:
      "With --chair: also where the title alone presides, and other articles say that this person held the post."
  )
  var withIncumbents = false

  @Flag(help: "Also what articles tell as background.")
  var background = false

  @Option(help: ArgumentHelp("At most so many, the newest, 1 to 500.", valueName: "count"))
  var limit = 50

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try demandLimit(limit)
    if withIncumbents, chair == nil {
      throw ValidationError(Localized("--with-incumbents goes with --chair."))
    }
  }

  var request: Danvan_V1_MeetingsRequest {
    var request = Danvan_V1_MeetingsRequest()
    if from != nil || to != nil { request.period = "\(from ?? "")..\(to ?? "")" }
    request.chair = chair ?? ""
    request.place = place ?? ""
    request.type = type ?? ""
    request.withBackground = background
    request.withIncumbents = withIncumbents
    request.limit = UInt32(limit)
    return request
  }

  func run() throws {
    let answer = try connection.connect().meetings(request, timeout: connection.deadline())
    try output.renderer.render(MeetingsReport(answer: answer))
  }
}

struct Statements: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statements",
    abstract: "List who said what, in order of time.")

  @Option(help: ArgumentHelp("Said by this person or body.", valueName: "name"))
  var by: String?

  @Option(
    help: ArgumentHelp(
      "In whose words, and in whose article, this query holds.", valueName: "query"))
  var about: String?

  @Option(help: ArgumentHelp("Within this year, quarter, month or range.", valueName: "period"))
  var period: String?

  @Flag(
    help:
      "With --by: also what the title alone said, where other articles say that this person held the post."
  )
  var withIncumbents = false

  @Option(help: ArgumentHelp("At most so many, the newest, 1 to 500.", valueName: "count"))
  var limit = 20

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try demandLimit(limit)
    if withIncumbents, by == nil {
      throw ValidationError(Localized("--with-incumbents goes with --by."))
    }
  }

  func run() throws {
    var request = Danvan_V1_StatementsRequest()
    request.by = by ?? ""
    request.about = about ?? ""
    request.period = period ?? ""
    request.limit = UInt32(limit)
    request.withIncumbents = withIncumbents
    let answer = try connection.connect().statements(request, timeout: connection.deadline())
    try output.renderer.render(StatementsReport(answer: answer))
    if output.format == .text { Talk.close(closing(answer.statements.count, of: answer.total)) }
  }
}

struct Topics: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "topics",
    abstract: "Count articles by topic, beside the period before.")

  @Option(
    help: ArgumentHelp(
      "A year, quarter, month or range; else the last quarter with articles.", valueName: "period"))
  var period: String?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let answer = try connection.connect().topics(period ?? "", timeout: connection.deadline())
    try output.renderer.render(TopicsReport(answer: answer))
  }
}

struct Timeline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "Chart how many articles of each month answer a query.",
    discussion: "png is drawn by rsvg-convert, of Debian's librsvg2-bin.")

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("The query. None: every article.", valueName: "words"))
  var words: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write into this file instead, in the format that its name ends with: svg, png, json, …",
      valueName: "path"))
  var output: String?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var results: OutputOptions

  func validate() throws {
    try rejectStrayOptions(words)
    _ = try renderer()
  }

  func run() throws {
    let query = words.filter { $0 != "--" }.joined(separator: " ")
    let answer = try connection.connect().timeline(query, timeout: connection.deadline())
    let report = TimelineReport(answer: answer, title: query)
    try renderer().render(report, to: output)
  }

  private func renderer() throws -> Renderer {
    let format = try results.named ?? output.flatMap { try Format.named(by: $0) } ?? .text
    return Renderer(format: format, style: results.renderer.style)
  }
}
