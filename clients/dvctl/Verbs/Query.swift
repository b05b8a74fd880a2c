import ArgumentParser
import DanvanClient
import DanvanMessages

struct Query: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find articles.",
    discussion: """
      Words find articles that hold all of them; typed without diacritics they match any. Quote a \
      phrase; -word excludes; person: title: org: place: kind: source: after: before: on: during: \
      narrow down. Several arguments are one query, joined by spaces.
      """)

  enum Sort: String, ExpressibleByArgument, CaseIterable { case newest, relevance }

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("The query. None: every article.", valueName: "words"))
  var words: [String] = []

  @Option(help: ArgumentHelp("At most so many articles, 1 to 1000.", valueName: "count"))
  var limit = 20

  @Option(help: "newest or relevance.")
  var sort = Sort.newest

  @Option(help: ArgumentHelp("Go on after an earlier page.", valueName: "cursor"))
  var after: String?

  @Flag(help: "Print only how many articles match.")
  var count = false

  @Flag(help: "Exit with 3 when nothing is found.")
  var exitEmpty = false

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...1000).contains(limit) else {
      throw ValidationError("--limit must be from 1 to 1000.")
    }
    if let stray = words.first(where: { $0.hasPrefix("--") && $0 != "--" }) {
      throw ValidationError("Unknown option '\(stray)'")
    }
  }

  var request: Danvan_V1_QueryRequest {
    var request = Danvan_V1_QueryRequest()
    request.query = words.filter { $0 != "--" }.joined(separator: " ")
    request.limit = count ? 1 : UInt32(limit)
    request.sort = sort == .newest ? .newest : .relevance
    request.after = after ?? ""
    return request
  }

  func run() throws {
    let answer = try connection.connect().query(request, timeout: connection.deadline())
    for note in answer.notes { Talk.say(note) }
    if count {
      try Output.write("\(answer.total)\n")
    } else {
      try output.renderer.render(QueryReport(answer: answer))
      if output.format == .text { Talk.write(Self.closing(answer)) }
    }
    if answer.total == 0, exitEmpty { throw Failure(silent: .empty) }
  }

  static func closing(_ answer: Danvan_V1_QueryResponse) -> String {
    let shown = Quantities.count(Int64(answer.hits.count))
    let total = Quantities.count(Int64(clamping: answer.total))
    let more = answer.next.isEmpty ? "" : "; more with --after \(answer.next)"
    return "\(shown) of \(total) articles\(more)\n"
  }
}
