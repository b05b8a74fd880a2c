import ArgumentParser
import DanvanClient

struct Person: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person",
    abstract: "Tell what the articles say of a person: posts, meetings, words, directives.",
    discussion: """
      Persons who bear one name are told apart by their posts; NAME@ARTICLE is the one of whom that \
      article speaks. Typed without diacritics a name matches any.
      """)

  @Argument(
    help: ArgumentHelp("The name; several arguments are one.", valueName: "name"))
  var name: [String]

  @Option(help: ArgumentHelp("Of each kind at most so many, 1 to 500.", valueName: "count"))
  var limit = 10

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { try demandLimit(limit) }

  func run() throws {
    let answer = try connection.connect().person(
      name.joined(separator: " "), limit: UInt32(limit), timeout: connection.deadline())
    try output.renderer.render(PersonReport(answer: answer))
  }
}

struct Body: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "body",
    abstract: "Tell who led a body when, and what was asked of it.",
    discussion: """
      Abbreviations are written out: UBND TP Hà Nội is Ủy ban nhân dân thành phố Hà Nội.
      """)

  @Argument(
    help: ArgumentHelp("The name; several arguments are one.", valueName: "name"))
  var name: [String]

  @Option(help: ArgumentHelp("Of each kind at most so many, 1 to 500.", valueName: "count"))
  var limit = 10

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { try demandLimit(limit) }

  func run() throws {
    let answer = try connection.connect().body(
      name.joined(separator: " "), limit: UInt32(limit), timeout: connection.deadline())
    try output.renderer.render(BodyReport(answer: answer))
  }
}

struct Who: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "who",
    abstract: "Tell who held a post, at all times or on a day.")

  @Argument(
    help: ArgumentHelp(
      "The post with its body; several arguments are one.", valueName: "title"))
  var title: [String]

  @Option(
    help: ArgumentHelp(
      "Those attested nearest to this day, the nearest first.", valueName: "date"))
  var at: String?

  @Option(help: ArgumentHelp("At most so many, 1 to 500.", valueName: "count"))
  var limit = 10

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { try demandLimit(limit) }

  func run() throws {
    let holdings = try connection.connect().holders(
      of: title.joined(separator: " "), at: at ?? "", limit: UInt32(limit),
      timeout: connection.deadline())
    try output.renderer.render(HoldersReport(holdings: holdings))
  }
}

/// A page of the desk holds 1 to 500 of each kind.
func demandLimit(_ limit: Int) throws {
  guard (1...500).contains(limit) else {
    throw ValidationError(Localized("--limit must be from 1 to 500."))
  }
}
