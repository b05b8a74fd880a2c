internal import DanvanModel
internal import Glibc

/// Everything that is decided before the daemon starts: command line, then file, then defaults.
struct Settings {
  let configuration: Configuration
  /// The file that was read; nil when there is none in the default place.
  let file: String?
  let state: String
  let rules: String
  /// What the operator adds to the rules; nil where there is no such folder in the default place.
  let overlay: String?
  /// Where to listen when systemd passes no sockets. Throws when there is no place for it.
  let socket: @Sendable () throws -> String

  /// Throws `DanvanError` for a file that is not as it must be and for places that cannot be found.
  init(_ arguments: Arguments, environment: [String: String]) throws {
    let places = Places(
      environment: environment, isRoot: geteuid() == 0, executable: OwnProcess.executable)
    file =
      arguments.configuration ?? places.configuration.flatMap { OwnProcess.exists($0) ? $0 : nil }
    let configuration = try file.map { path in
      try Configuration(
        parsing: OwnProcess.contents(of: path, limit: 1 << 20), file: path)
    }
    let read = configuration ?? Configuration()
    self.configuration = read

    state = try arguments.state ?? (read.paths.state.isEmpty ? places.state() : read.paths.state)
    rules = try Self.rules(arguments.rules ?? read.paths.rules, places)
    overlay = Self.overlay(read.paths.overlay, beside: file ?? places.configuration)
    let named = arguments.socket ?? read.socket.path
    socket = { try named.isEmpty ? places.socket() : named }
  }

  /// The named directory, else `vi.d` beside the configuration file where there is one.
  private static func overlay(_ named: String, beside file: String?) -> String? {
    if !named.isEmpty { return named }
    guard let file, let slash = file.lastIndex(of: "/") else { return nil }
    let folder = file[..<slash] + "/vi.d"
    return OwnProcess.isDirectory(String(folder)) ? String(folder) : nil
  }

  /// The named directory, else the first default one that is there.
  private static func rules(_ named: String, _ places: Places) throws -> String {
    let candidates = named.isEmpty ? places.rules : [named]
    guard let found = candidates.first(where: OwnProcess.isDirectory) else {
      throw DanvanError(
        .failedPrecondition,
        "no extraction rules at \(candidates.joined(separator: " or ")); give --rules DIR")
    }
    return found
  }
}
