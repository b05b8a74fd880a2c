import ArgumentParser
import DanvanClient
import DanvanMessages

struct Remove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Remove articles and their facts.")

  @Argument(help: ArgumentHelp("The articles' numbers.", valueName: "id"))
  var ids: [Int64]

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let answer = try connection.connect(forChanges: true)
      .delete(ids, timeout: connection.deadline())
    let lists = [
      ("deleted", Localized("deleted"), answer.deleted),
      ("missing", Localized("missing"), answer.missing),
    ]
    try output.renderer.render(
      FieldsReport(
        fields: lists.compactMap { name, label, ids in
          if ids.isEmpty, output.format == .text { return nil }
          return .init(
            name: name, label: label, value: .array(ids.map { .integer($0) }),
            shown: ids.map(String.init).joined(separator: " "))
        }))
    if !answer.missing.isEmpty {
      throw Failure(
        .failed, "NOT_FOUND",
        Localized("no article \(answer.missing.map(String.init).joined(separator: ", "))"))
    }
  }
}
