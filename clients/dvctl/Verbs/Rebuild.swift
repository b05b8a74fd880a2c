import ArgumentParser
import DanvanClient
import DanvanMessages

struct Rebuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Have the facts of all articles made anew.",
    discussion: """
      The daemon does so by itself when its rules have changed; this asks for it whatever they are. \
      It goes on in the background, also over a restart.
      """)

  @Flag(help: "Only say how far the rebuild is, or how the last one ended.")
  var status = false

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let answer = try connection.connect(forChanges: !status).rebuild(
      statusOnly: status, timeout: connection.deadline())
    try output.renderer.render(RebuildReport(rebuild: answer.hasRebuild ? answer.rebuild : nil))
  }
}
