import ArgumentParser
import DanvanClient
import DanvanMessages

struct Reread: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reread",
    abstract: "Read articles anew from the documents that were kept of them.",
    discussion: """
      Takes numbers of articles, or a query; with neither, reads what older readers have read. It goes \
      on in the background, also over a restart. An article that cannot be read anew stays as it is; \
      --status says why.
      """)

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("Numbers of articles, or a query.", valueName: "id|words"))
  var words: [String] = []

  @Flag(help: "Every article.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "Those that a reader older than this version has read.", valueName: "version"))
  var olderThanReader: UInt32?

  @Flag(help: "Only say how far the re-reading is, or how the last one ended.")
  var status = false

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let stray = words.first(where: { $0.hasPrefix("--") && $0 != "--" }) {
      throw ValidationError(Localized("Unknown option '\(stray)'"))
    }
    let selections = [!words.isEmpty, all, olderThanReader != nil, status].count { $0 }
    guard selections <= 1 else {
      throw ValidationError(
        Localized("Name articles, or --all, or --older-than-reader, or --status."))
    }
  }

  var request: Danvan_V1_RereadRequest {
    var request = Danvan_V1_RereadRequest()
    request.statusOnly = status
    request.everything = all
    request.olderThanReader = olderThanReader ?? 0
    let words = words.filter { $0 != "--" }
    let ids = words.compactMap { Int64($0) }
    if ids.count == words.count {
      request.articleIds = ids
    } else {
      request.query = words.joined(separator: " ")
    }
    return request
  }

  func run() throws {
    let answer = try connection.connect(forChanges: !status).reread(
      request, timeout: connection.deadline())
    try output.renderer.render(
      RebuildReport(rebuild: answer.hasRebuild ? answer.rebuild : nil, isOfReadings: true))
  }
}
