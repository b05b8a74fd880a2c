import ArgumentParser
import DanvanClient
import DanvanLanguage
import DanvanMessages

struct Brief: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "brief",
    abstract: "Report what happened in a period: a page, Markdown or JSON.",
    discussion: """
      Meetings with chairs and agenda, directives with status, topics against the period before, posts that \
      changed hands, notable statements, sources, and what is missing; each item with the article, day \
      and sentence it rests on. The page is one HTML file that needs no network and prints well.
      """)

  @Argument(
    help: ArgumentHelp(
      "2021, 2021-Q1, 'quý I-2021', 2021-03, 2021-03-26 or 2021-03-22..2021-03-28, and what queries take; "
        + "may be missing with --write-templates only.",
      valueName: "period"))
  var period: String?

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("Only by articles that answer this query.", valueName: "query"))
  var words: [String] = []

  @Option(
    help: ArgumentHelp(
      "html, md or json; else as the output file's name ends, else md.", valueName: "format"))
  var format: BriefFormat?

  @Option(
    help: ArgumentHelp(
      "The language: vi, en or one with a words.LANG.json among the templates; else that of $LANG.",
      valueName: "lang"))
  var lang: String?

  @Option(
    help: ArgumentHelp(
      "Write into this file instead of to standard output.", valueName: "path"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Take templates and words from this folder; those it lacks are the program's.",
      valueName: "folder"))
  var template: String?

  @Option(
    help: ArgumentHelp(
      "Write the program's templates into this folder, to change them, and do nothing else.",
      valueName: "folder"))
  var writeTemplates: String?

  @Option(help: ArgumentHelp("Of each list at most so many, 1 to 200.", valueName: "count"))
  var limit = 16

  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    guard (1...200).contains(limit) else {
      throw ValidationError(Localized("--limit wants a number from 1 to 200."))
    }
    guard period != nil || writeTemplates != nil else {
      throw ValidationError(Localized("Missing expected argument '<period>'"))
    }
    try rejectStrayOptions(words)
    _ = try chosenFormat()
  }

  private func chosenFormat() throws -> BriefFormat {
    try format ?? output.flatMap { try BriefFormat.named(by: $0) } ?? .md
  }

  func run() throws {
    if let writeTemplates {
      let (written, kept) = try TemplateFolder.writeShipped(to: writeTemplates)
      for name in written { Talk.write("\(writeTemplates)/\(name)\n") }
      for name in kept {
        Talk.say(Localized("\(writeTemplates)/\(name) is there already and was left as it is"))
      }
      return
    }
    // Faults of templates and words are told before the daemon is asked.
    let folder = try TemplateFolder(template)
    let words = try Words(language, in: folder)
    let answer = try connection.connect().brief(request, timeout: connection.deadline())
    let file = try OutputFile(path: output)
    try file.write(try text(of: answer, words, folder))
    try file.finish()
  }

  private func text(
    of answer: Danvan_V1_BriefResponse, _ words: Words, _ folder: TemplateFolder
  ) throws -> String {
    let name: String
    switch try chosenFormat() {
    case .json: return answer.json.pretty + "\n"
    case .html: name = "brief.html"
    case .md: name = "brief.md"
    }
    do {
      let page = BriefPage(answer: answer, query: request.query, words: words)
      return try TemplateRenderer(folder: folder).render(name, try page.values())
    } catch let error as TemplateError {
      throw Failure(.usage, "TEMPLATE", Localized(verbatim: error.description))
    }
  }

  var request: Danvan_V1_BriefRequest {
    var request = Danvan_V1_BriefRequest()
    let (period, query) = Self.parted(period ?? "", words.filter { $0 != "--" })
    request.period = period
    request.query = query
    request.limit = UInt32(limit)
    return request
  }

  /// `quý I-2021`, which a shell takes apart, is put together again: a word without a digit, and one that
  /// ends with a year.
  static func parted(_ first: String, _ rest: [String]) -> (period: String, query: String) {
    guard !first.contains(where: \.isNumber), !first.contains("."), let next = rest.first,
      let dash = next.lastIndex(where: { "-/".contains($0) }),
      next[next.index(after: dash)...].count == 4,
      next[next.index(after: dash)...].allSatisfy(\.isNumber)
    else { return (first, rest.joined(separator: " ")) }
    return ("\(first) \(next)", rest.dropFirst().joined(separator: " "))
  }

  private var language: String {
    lang ?? UserLanguage.current.code
  }
}

enum BriefFormat: String, ExpressibleByArgument, CaseIterable {
  case html, md, json
}
