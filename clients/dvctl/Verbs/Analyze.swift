import ArgumentParser
import DanvanClient
import DanvanInputs
import DanvanLanguage
import DanvanMessages
import DanvanModel

struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Say what a document says, without storing it.",
    discussion: "Of a file that holds several documents each is analysed in turn.")

  @Argument(help: ArgumentHelp("A file, or - for standard input.", valueName: "file"))
  var file: String

  @Option(
    help: ArgumentHelp(
      "text, markdown, html, json, jsonl, csv, feed, eml or mbox; else by name and content.",
      valueName: "type"))
  var type: InputKind?

  @Flag(help: "Also cut the text into words, their syllables joined by _.")
  var words = false

  @Flag(help: "Say why each fact was found, in place of the facts alone.")
  var explain = false

  @Option(
    help: ArgumentHelp(
      "With --explain: only what touches a place where these words stand.", valueName: "words"))
  var of: String?

  @OptionGroup var reasons: ReasonsOptions
  @OptionGroup var labels: LabelOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    let narrows = of != nil || reasons.bytes != nil || reasons.trace
    if narrows, !explain {
      throw ValidationError(Localized("--of, --bytes and --trace go with --explain."))
    }
    if of != nil, reasons.bytes != nil {
      throw ValidationError(Localized("Give --of or --bytes, not both."))
    }
    if explain, words { throw ValidationError(Localized("Give --words or --explain, not both.")) }
  }

  func run() throws {
    let connection = try self.connection.connect()
    let renderer = output.renderer
    var isEmpty = true
    for item in Inputs([file], kind: type, labels: InputLabels(labels)) {
      isEmpty = false
      switch item {
      case .fault(let label, let error):
        throw Failure(
          .rejected, error.code.name,
          Localized("\(label): \(Localized(error.message, by: .danvan))"))
      case .document(let submission):
        if explain {
          try renderer.render(explanation(of: submission, from: connection))
        } else {
          try renderer.render(report(on: submission, from: connection))
        }
      }
    }
    if isEmpty { throw Failure(.rejected, "EMPTY", Localized("\(file): holds no document")) }
  }

  private func explanation(of submission: Submission, from daemon: DaemonConnection) throws
    -> ReasonsReport
  {
    var request = reasons.request
    request.document = Danvan_V1_Document(submission)
    if let of { request.words = of }
    let answer = try rejecting(submission) {
      try daemon.explain(request, timeout: connection.deadline())
    }
    return ReasonsReport(answer, withLosers: reasons.trace)
  }

  private func report(on submission: Submission, from daemon: DaemonConnection) throws
    -> AnalysisReport
  {
    try rejecting(submission) {
      AnalysisReport(
        answer: try daemon.analyze(
          Danvan_V1_Document(submission), withWords: words, timeout: connection.deadline()))
    }
  }

  private func rejecting<Answer>(_ submission: Submission, _ ask: () throws -> Answer) throws
    -> Answer
  {
    do {
      return try ask()
    } catch {
      // These two codes are about the document, not about how dvctl was called.
      guard case DaemonError.status(let status) = error, status.code == 3 || status.code == 8 else {
        throw error
      }
      throw Failure(
        .rejected, status.name,
        Localized("\(submission.label): \(Localized(status.message, by: .danvan))"))
    }
  }
}
