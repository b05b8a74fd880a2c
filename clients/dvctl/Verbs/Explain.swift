import ArgumentParser
import DanvanClient
import DanvanMessages
import SwiftProtobuf

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why the facts of an article were found.",
    discussion: """
      With words, only the facts that touch a place where they stand: \
      dvctl explain 12 "Bí thư Thành ủy". A rule in full, with its examples: dvctl rules RULE. \
      For a document that is not stored: dvctl analyze --explain. What is wrong: dvctl correct.
      """)

  @Argument(help: "The article's number.")
  var article: Int64

  @Argument(help: "Words of the article, as they stand there.")
  var words: String?

  @OptionGroup var reasons: ReasonsOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if words != nil, reasons.bytes != nil {
      throw ValidationError(Localized("Give words or --bytes, not both."))
    }
  }

  func run() throws {
    var request = reasons.request
    request.articleID = article
    if let words { request.words = words }
    let answer = try connection.connect().explain(request, timeout: connection.deadline())
    try output.renderer.render(ReasonsReport(answer, of: article, withLosers: reasons.trace))
  }
}

/// What of an explanation is wanted.
struct ReasonsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only what touches these bytes of the text, as byte_start and byte_end count them.",
      valueName: "start-end"))
  var bytes: ByteRange?

  @Flag(help: "Also the readings that were given up, and what decided against them.")
  var trace = false

  var request: Danvan_V1_ExplainRequest {
    .with {
      if let bytes {
        $0.start = bytes.start
        $0.end = bytes.end
      }
      $0.withLosers = trace
    }
  }
}

/// `120-131`: UTF-8 bytes, the end not among them.
struct ByteRange: ExpressibleByArgument {
  let start: UInt32
  let end: UInt32

  init?(argument: String) {
    let ends = argument.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let start = UInt32(ends[0]), let end = UInt32(ends[1]), start < end
    else { return nil }
    self.start = start
    self.end = end
  }
}
