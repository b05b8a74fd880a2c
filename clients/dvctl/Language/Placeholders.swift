import DanvanLanguage

/// The names of values in a usage, such as `<count>`, in the user's language.
enum Placeholders {
  /// `--limit <count>` as `--limit <số>`; a name that the catalogue does not have stays.
  static func told(in usage: String, _ catalogue: Catalogue) -> String {
    guard !catalogue.isEmpty else { return usage }
    return usage.replacing(/<([^<> ]+)>/) { match in
      "<\(catalogue.translation(of: String(match.1), by: .value) ?? String(match.1))>"
    }
  }

  /// The names of all values that `command` and the verbs below it take.
  static func names(of command: CommandInfo) -> Set<String> {
    command.subcommands.reduce(
      into: Set(command.arguments.filter { $0.kind != .flag }.map(\.value))
    ) { $0.formUnion(names(of: $1)) }
  }
}
