import ArgumentParser
import DanvanClient
import DanvanMessages

struct Directives: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "directives",
    abstract: "List what was ordered, the newest first.",
    discussion: """
      Each has an id, article and byte, by which `dvctl directive` shows and marks it.
      """)

  @Option(help: ArgumentHelp("Given by this person or body.", valueName: "name"))
  var by: String?

  @Option(help: ArgumentHelp("Given to this person or body.", valueName: "name"))
  var to: String?

  @Option(
    help: ArgumentHelp(
      "In whose words, and in whose article, this query holds.", valueName: "query"))
  var about: String?

  @Option(help: ArgumentHelp("From this date, month or quarter on.", valueName: "date"))
  var since: String?

  @Option(help: ArgumentHelp("Within this year, quarter, month or range.", valueName: "period"))
  var period: String?

  @Flag(help: "Only those that nobody has marked as done or dropped.")
  var open = false

  @Flag(
    help:
      "With --by: also what the title alone gave, where other articles say that this person held the post."
  )
  var withIncumbents = false

  @Flag(help: "Only notes on directives that texts or rules of now do not have.")
  var orphans = false

  @Option(help: ArgumentHelp("At most so many, 1 to 500.", valueName: "count"))
  var limit = 20

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try demandLimit(limit)
    if withIncumbents, by == nil {
      throw ValidationError(Localized("--with-incumbents goes with --by."))
    }
    if since != nil, period != nil {
      throw ValidationError(Localized("Give --since or --period, not both."))
    }
  }

  var request: Danvan_V1_DirectivesRequest {
    var request = Danvan_V1_DirectivesRequest()
    request.by = by ?? ""
    request.to = to ?? ""
    request.about = about ?? ""
    request.period = since.map { "\($0).." } ?? period ?? ""
    request.openOnly = open
    request.orphans = orphans
    request.withIncumbents = withIncumbents
    request.limit = UInt32(limit)
    return request
  }

  func run() throws {
    let answer = try connection.connect().directives(request, timeout: connection.deadline())
    if orphans { return try output.renderer.render(OrphansReport(orphans: answer.orphans)) }
    try output.renderer.render(DirectivesReport(answer: answer))
    if output.format == .text { Talk.close(closing(answer.directives.count, of: answer.total)) }
  }
}

struct Directive: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "directive",
    abstract: "Show a directive, or note what has become of it.",
    discussion: """
      Shows what was noted on it, and later articles that seem to report on it, with what speaks for \
      each; nothing follows from them by itself. Notes stay over every rebuild of the facts.
      """)

  @Argument(
    help: ArgumentHelp(
      "Article and byte, as lists show them: 1234.567.", valueName: "directive"))
  var id: String

  @Flag(help: "Note it as done: --status done.")
  var done = false

  @Option(help: ArgumentHelp("open, done, dropped or a word of your own.", valueName: "word"))
  var status: String?

  @Option(help: ArgumentHelp("When it is due; an empty text takes that away.", valueName: "date"))
  var due: String?

  @Option(help: ArgumentHelp("Who sees to it; empty takes away.", valueName: "name"))
  var owner: String?

  @Option(help: ArgumentHelp("A note; empty takes away.", valueName: "text"))
  var note: String?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if done, status != nil {
      throw ValidationError(Localized("Give --done or --status, not both."))
    }
  }

  func run() throws {
    let status = done ? "done" : status
    guard [status, due, owner, note].contains(where: { $0 != nil }) else {
      let answer = try connection.connect().directive(id, timeout: connection.deadline())
      return try output.renderer.render(DirectiveReport(answer: answer))
    }
    var request = Danvan_V1_MarkDirectiveRequest()
    request.id = id
    if let status { request.status = status }
    if let due { request.due = due }
    if let owner { request.owner = owner }
    if let note { request.note = note }
    let answer = try connection.connect(forChanges: true)
      .mark(request, timeout: connection.deadline())
    try output.renderer.render(DirectiveReport(answer: answer))
  }
}

/// `20 of 5,484`, for people.
func closing(_ shown: Int, of total: UInt64) -> Localized {
  Localized("\(Quantities.count(Int64(shown))) of \(Quantities.count(Int64(clamping: total)))")
}
