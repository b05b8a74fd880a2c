import ArgumentParser
import DanvanClient
import DanvanMessages

struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show how the daemon was told to run.", subcommands: [Show.self],
    defaultSubcommand: Show.self)

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Print every key as it is in use, with where it comes from.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let settings = try connection.connect().settings(timeout: connection.deadline())
      try output.renderer.render(SettingsReport(settings: settings))
    }
  }
}

/// The keys of the configuration, a row each.
struct SettingsReport: Report {
  let settings: [Danvan_V1_Setting]

  func lines(_ style: Style) -> [String] {
    var table = Table([
      Table.Column(name: Localized("KEY")), Table.Column(name: Localized("VALUE"), least: 12),
      Table.Column(name: Localized("FROM"), least: 12, paint: .dim),
    ])
    table.rows = settings.map { [$0.name, $0.value, Localized(code: $0.origin).text] }
    return table.lines(style)
  }

  var json: JSON { .array(rows) }

  var rows: [JSON] {
    settings.map {
      ["name": .string($0.name), "value": .string($0.value), "from": .string($0.origin)]
    }
  }
}
