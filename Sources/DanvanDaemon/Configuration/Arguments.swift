internal import DanvanModel

/// The command line of danvand.
struct Arguments: Equatable {
  enum Action: Equatable { case run, checkConfiguration, version, help }

  var action = Action.run
  var configuration: String?
  var state: String?
  var socket: String?
  var rules: String?

  static let usage = """
    usage: danvand [--config FILE] [--state DIR] [--socket PATH] [--rules DIR]
                   [--check-config] [--version] [--help]

    Keeps and reads Vietnamese news articles; dvctl(1) speaks to it. Runs in the foreground.
      --config FILE    configuration, see danvand.conf(5)
      --state DIR      where the database is
      --socket PATH    the socket to listen on
      --rules DIR      the extraction rules
      --check-config   read the configuration and the rules, say what is wrong, and end
    """

  /// Reads the words after the program's name. Throws `invalidArgument` for an unknown option, one
  /// without its value, and a word that is no option.
  init(_ words: [String]) throws {
    var rest = words[...]
    while let word = rest.popFirst() {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let option = String(parts[0])
      if let slot = Self.valued[option] {
        guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst(), !value.isEmpty
        else {
          throw DanvanError.invalid("\(option) needs a value")
        }
        self[keyPath: slot] = value
      } else if let action = Self.actions[word] {
        self.action = action
      } else {
        let hint = nearestName(
          to: option, among: Array(Self.valued.keys) + Array(Self.actions.keys))
        throw DanvanError.invalid(
          "unknown argument '\(word)'" + (hint.map { "; did you mean \($0)?" } ?? ""))
      }
    }
  }

  private static var valued: [String: WritableKeyPath<Arguments, String?>] {
    [
      "--config": \.configuration, "--state": \.state, "--socket": \.socket, "--rules": \.rules,
    ]
  }

  private static let actions: [String: Action] = [
    "--check-config": .checkConfiguration, "--version": .version, "--help": .help, "-h": .help,
  ]
}
