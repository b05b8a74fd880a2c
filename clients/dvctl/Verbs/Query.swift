import ArgumentParser
import DanvanClient
import DanvanLanguage
import DanvanMessages

/// Names parted by commas.
struct NameList: ExpressibleByArgument {
  let names: [String]

  init?(argument: String) {
    names = argument.split(separator: ",").map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    if names.isEmpty { return nil }
  }
}

struct Query: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Find articles.",
    discussion: """
      Words find articles that hold all of them; typed without diacritics they match any. Quote a \
      phrase; -word excludes; a OR b, a NEAR b, start*; person: title: org: place: kind: source: \
      lang: tag: saved: after: before: on: during: narrow down. kind: also shows the facts. Several \
      arguments are one query, joined by spaces.
      """)

  enum Sort: String, ExpressibleByArgument, CaseIterable { case newest, relevance, title }

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("The query. None: every article.", valueName: "words"))
  var words: [String] = []

  @Option(help: ArgumentHelp("At most so many articles, 1 to 1000.", valueName: "count"))
  var limit = 20

  @Option(help: "newest, relevance or title.")
  var sort = Sort.newest

  @Option(help: ArgumentHelp("Go on after an earlier page.", valueName: "cursor"))
  var after: String?

  @Flag(help: "Show every copy of a text; else a page shows one, with how many more there are.")
  var all = false

  @Flag(help: "Print only how many articles match.")
  var count = false

  @Option(
    help: ArgumentHelp(
      "Also count what matches by person, org, place, source, publisher, instrument, campaign, "
        + "topic, kind, lang, tag, year or month; parted by commas.", valueName: "names"))
  var facets: NameList?

  @Option(help: ArgumentHelp("At most so many values of a facet, 1 to 1000.", valueName: "count"))
  var facetLimit = 10

  @Option(
    help: ArgumentHelp(
      "Only these of id, title, date, date_basis, published, publisher, source, language, url, ingested, "
        + "text_bytes, sha256, tags, copies, snippet, highlights, facts; parted by commas.",
      valueName: "names"))
  var fields: NameList?

  @Flag(help: "Show how the query was understood and what its steps took.")
  var explain = false

  @Flag(help: "Exit with 3 when nothing is found.")
  var exitEmpty = false

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...1000).contains(limit) else {
      throw ValidationError(Localized("--limit must be from 1 to 1000."))
    }
    guard (1...1000).contains(facetLimit) else {
      throw ValidationError(Localized("--facet-limit must be from 1 to 1000."))
    }
    if let stray = fields?.names.first(where: { !QueryReport.fieldNames.contains($0) }) {
      throw ValidationError(
        Localized(
          "Unknown field '\(stray)'; there are \(QueryReport.fieldNames.joined(separator: ", "))."))
    }
    if let names = fields?.names, let twice = Self.repeated(names) {
      throw ValidationError(Localized("--fields has '\(twice)' twice."))
    }
    if let names = facets?.names, let twice = Self.repeated(names) {
      throw ValidationError(Localized("--facets has '\(twice)' twice."))
    }
    if after == "" {
      throw ValidationError(
        Localized("--after wants the cursor that the page before named; the first page has none."))
    }
    if output.format == .csv || output.format == .md || output.format == .ndjson {
      guard facets == nil || count else {
        throw ValidationError(
          Localized(
            "As \(output.format.rawValue) --facets needs --count: a table is of articles or of facets."
          ))
      }
      guard !explain else {
        throw ValidationError(Localized("--explain is written as text or json only."))
      }
    }
    if let stray = words.first(where: { $0.hasPrefix("--") && $0 != "--" }) {
      throw ValidationError(Localized("Unknown option '\(stray)'"))
    }
  }

  private static func repeated(_ names: [String]) -> String? {
    names.indices.first { names[..<$0].contains(names[$0]) }.map { names[$0] }
  }

  var request: Danvan_V1_QueryRequest {
    var request = Danvan_V1_QueryRequest()
    request.query = words.filter { $0 != "--" }.joined(separator: " ")
    request.limit = UInt32(limit)
    request.countOnly = count
    request.foldCopies = !all
    request.facets = facets?.names ?? []
    request.facetLimit = UInt32(facetLimit)
    request.explain = explain
    request.sort =
      switch sort {
      case .newest: .newest
      case .relevance: .relevance
      case .title: .title
      }
    request.after = after ?? ""
    return request
  }

  func run() throws {
    let answer = try connection.connect().query(request, timeout: connection.deadline())
    for note in answer.notes { Talk.say(Localized(note, by: .danvan)) }
    for text in answer.suggestions { Talk.say(Localized("nothing found; did you mean: \(text)")) }
    if count, facets == nil, !explain {
      try Output.write("\(answer.total)\n")
    } else {
      try output.renderer.render(
        QueryReport(
          answer: answer, fields: fields?.names ?? QueryReport.defaultFields(output.format)))
      if output.format == .text { Talk.close(Self.closing(answer)) }
    }
    if answer.total == 0, exitEmpty { throw Failure(silent: .empty) }
  }

  static func closing(_ answer: Danvan_V1_QueryResponse) -> Localized {
    guard !answer.hits.isEmpty || answer.total == 0 else {
      return Quantities.articles(Int64(clamping: answer.total))
    }
    let shown = Quantities.count(Int64(answer.hits.count))
    let total = Quantities.count(Int64(clamping: answer.total))
    let counts = Localized("\(shown) of \(total) articles")
    return answer.next.isEmpty ? counts : Localized("\(counts); more with --after \(answer.next)")
  }
}
