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
    func list(_ name: String, _ label: Localized?, _ ids: [Int64]) -> FieldsReport.Field {
      .init(
        name: name, label: ids.isEmpty ? nil : label, value: .array(ids.map { .integer($0) }),
        shown: ids.map(String.init).joined(separator: " "))
    }
    // People are told of the missing by the failure.
    let fields = [
      list("deleted", Localized("deleted"), answer.deleted), list("missing", nil, answer.missing),
    ]
    try output.renderer.render(FieldsReport(fields: fields))
    if !answer.missing.isEmpty {
      throw Failure(
        .failed, "NOT_FOUND",
        Localized("no article \(answer.missing.map(String.init).joined(separator: ", "))"))
    }
  }
}
