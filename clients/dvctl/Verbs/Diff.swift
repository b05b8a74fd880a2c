import ArgumentParser
import DanvanClient
import DanvanMessages

struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what changed between revisions of an article.",
    discussion: """
      Another text under the same URL is a new revision. Without revisions, the newest is compared with \
      the one before it; with one, that one with the newest. Sentences that changed, with one before \
      and one behind; @@ says where in the newer text. Without colour, what is gone is [-so-] and \
      what is new {+so+}. Facts of both are those that the rules in use find.
      """)

  @Argument(help: "The article's number.")
  var id: Int64

  @Argument(help: ArgumentHelp("The revision to compare from, counted from 1.", valueName: "rev"))
  var from: UInt32?

  @Argument(help: ArgumentHelp("The revision to compare with.", valueName: "rev"))
  var to: UInt32?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard from != 0, to != 0 else { throw ValidationError(Localized("Revisions count from 1.")) }
  }

  func run() throws {
    let diff = try connection.connect().diff(
      id, from: from ?? 0, to: to ?? 0, timeout: connection.deadline())
    try output.renderer.render(DiffReport(id: id, diff: diff))
  }
}
