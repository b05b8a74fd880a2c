import ArgumentParser
import DanvanClient
import DanvanMessages
import Glibc
import SwiftProtobuf

struct Correct: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correct",
    abstract: "Say what is wrong with a fact; remembered over every rebuild.",
    discussion: """
      FACT is as `dvctl explain` names it: 12.TITLE.345-367.
      Lists, queries, persons and directives follow at once. `dvctl export --format gold` writes \
      corrected articles for evaluating the rules.
      """)

  @Argument(help: ArgumentHelp("A fact; with --missing and --list an article.", valueName: "fact"))
  var fact: String?

  @Flag(help: "There is no such fact.")
  var spurious = false

  @Option(help: ArgumentHelp("A fact of this type is missing.", valueName: "type"))
  var missing: String?

  @Option(
    help: ArgumentHelp(
      "What it is: PERSON, TITLE, ORG, LOC, TIME, STATEMENT, DIRECTIVE, a type of event …",
      valueName: "type"))
  var type: String?

  @Option(
    help: ArgumentHelp("Who holds the title, says, orders or is named.", valueName: "name"))
  var person: String?

  @Option(
    help: ArgumentHelp(
      "What else it says, as explain names it; empty takes away. A list has one for each item.",
      valueName: "name=value"))
  var set: [String] = []

  @Option(help: ArgumentHelp("Where it stands, by its words.", valueName: "text"))
  var words: String?

  @Option(help: ArgumentHelp("Where it stands, by its bytes.", valueName: "start-end"))
  var bytes: ByteRange?

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var why: String?

  @Option(help: ArgumentHelp("Who says so; else the user.", valueName: "name"))
  var by: String?

  @Flag(help: "List what was said, of all articles or one.")
  var list = false

  @Option(
    help: ArgumentHelp("Take a correction back, by its number in the list.", valueName: "number"))
  var undo: Int64?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  private var says: Bool {
    spurious || missing != nil || type != nil || person != nil || !set.isEmpty || words != nil
      || bytes != nil
  }

  func validate() throws {
    if list || undo != nil {
      guard !says, !(list && undo != nil) else {
        throw ValidationError(Localized("--list and --undo stand alone."))
      }
      if undo != nil, fact != nil {
        throw ValidationError(Localized("--undo wants only a number."))
      }
      if list, let fact, Int64(fact) == nil {
        throw ValidationError(Localized("--list wants an article's number, or nothing."))
      }
      return
    }
    guard let fact else {
      throw ValidationError(Localized("Which fact? See dvctl explain ARTICLE."))
    }
    guard says else {
      throw ValidationError(Localized("What is wrong with it? See dvctl correct --help."))
    }
    if missing != nil {
      guard Int64(fact) != nil else {
        throw ValidationError(Localized("--missing wants an article's number."))
      }
      guard !spurious, type == nil else {
        throw ValidationError(Localized("--missing names the type itself."))
      }
      guard words != nil || bytes != nil else {
        throw ValidationError(Localized("--missing wants --words or --bytes."))
      }
    }
    if words != nil, bytes != nil {
      throw ValidationError(Localized("Give --words or --bytes, not both."))
    }
    if let stray = set.first(where: { !$0.contains("=") }) {
      throw ValidationError(Localized("--set wants NAME=VALUE, not '\(stray)'."))
    }
  }

  private var request: Danvan_V1_CorrectRequest {
    var request = Danvan_V1_CorrectRequest()
    if missing == nil { request.fact = fact ?? "" }
    request.articleID = missing == nil ? 0 : fact.flatMap { Int64($0) } ?? 0
    request.spurious = spurious
    request.type = missing ?? type ?? ""
    request.words = words ?? ""
    request.start = bytes?.start ?? 0
    request.end = bytes?.end ?? 0
    request.fields = set.map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return .with {
        $0.name = String(parts[0])
        $0.value = String(parts.last ?? "")
      }
    }
    if let person {
      request.fields.append(
        .with {
          $0.name = "person"
          $0.value = person
        })
    }
    request.why = why ?? ""
    // The daemon may see nobody: a service's kernel hides who calls.
    request.who = by ?? getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? ""
    return request
  }

  func run() throws {
    if list {
      let corrections = try connection.connect()
        .corrections(of: fact.flatMap { Int64($0) } ?? 0, timeout: connection.deadline())
      return try output.renderer.render(CorrectionsReport(corrections))
    }
    let daemon = try connection.connect(forChanges: true)
    if let undo { return try daemon.forgetCorrection(undo, timeout: connection.deadline()) }
    let made = try daemon.correct(request, timeout: connection.deadline())
    try output.renderer.render(CorrectionsReport([made]))
  }
}
