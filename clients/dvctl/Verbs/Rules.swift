import ArgumentParser
import DanvanClient

struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Show the rules by which facts are found.",
    discussion: "Every fact names its rule; with that name this explains it, with its examples.")

  @Argument(help: "A rule's name, such as time.part-and-date. None: all of them.")
  var rule: String?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let rules = try connection.connect().rules(rule, timeout: connection.deadline())
    if let rule, rules.isEmpty { throw Failure(.failed, "NOT_FOUND", Localized("no rule \(rule)")) }
    try output.renderer.render(RulesReport(rules: rules, isDetailed: rule != nil))
  }
}
