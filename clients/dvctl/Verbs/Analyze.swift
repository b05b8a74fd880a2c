import ArgumentParser
import DanvanClient
import DanvanInputs
import DanvanMessages
import DanvanModel

struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
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

  @OptionGroup var labels: LabelOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let connection = try self.connection.connect()
    let renderer = output.renderer
    var isEmpty = true
    for item in Inputs([file], kind: type, labels: InputLabels(labels)) {
      isEmpty = false
      switch item {
      case .fault(let label, let error):
        throw Failure(.rejected, error.code.name, "\(label): \(error.message)")
      case .document(let submission):
        try renderer.render(report(on: submission, from: connection))
      }
    }
    if isEmpty { throw Failure(.rejected, "EMPTY", "\(file): holds no document") }
  }

  private func report(on submission: Submission, from daemon: DaemonConnection) throws
    -> AnalysisReport
  {
    do {
      return AnalysisReport(
        answer: try daemon.analyze(
          Danvan_V1_Document(submission), withWords: words, timeout: connection.deadline()))
    } catch {
      // These two codes are about the document, not about how dvctl was called.
      guard case .status(let status) = error, status.code == 3 || status.code == 8 else {
        throw error
      }
      throw Failure(.rejected, status.name, "\(submission.label): \(status.message)")
    }
  }
}
