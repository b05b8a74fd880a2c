internal import DanvanModel

/// Where files are when neither the command line nor the configuration says so.
///
/// systemd names its directories in the environment; besides that root gets the system's places
/// and everyone else their own (XDG base directories).
struct Places {
  let environment: [String: String]
  let isRoot: Bool
  /// The program's own path, for the rules installed beside it.
  let executable: String

  var configuration: String? {
    if let directory = first("CONFIGURATION_DIRECTORY") { return "\(directory)/danvand.toml" }
    if isRoot { return "/etc/danvan/danvand.toml" }
    return home("XDG_CONFIG_HOME", ".config").map { "\($0)/danvan/danvand.toml" }
  }

  /// Throws `failedPrecondition` when there is no home to put it in.
  func state() throws -> String {
    if let directory = first("STATE_DIRECTORY") { return directory }
    if isRoot { return "/var/lib/danvan" }
    guard let home = home("XDG_STATE_HOME", ".local/state") else {
      throw DanvanError(
        .failedPrecondition, "no state directory: set HOME or XDG_STATE_HOME, or give --state DIR")
    }
    return "\(home)/danvan"
  }

  /// Throws `failedPrecondition` when there is no runtime directory to put it in.
  func socket() throws -> String {
    if let directory = first("RUNTIME_DIRECTORY") { return "\(directory)/danvand.sock" }
    if isRoot { return "/run/danvan/danvand.sock" }
    guard let directory = first("XDG_RUNTIME_DIR") else {
      throw DanvanError(
        .failedPrecondition, "no place for the socket: set XDG_RUNTIME_DIR, or give --socket PATH")
    }
    return "\(directory)/danvan/danvand.sock"
  }

  /// Where the rules may be, best first.
  var rules: [String] {
    let beside = executable.split(separator: "/").dropLast(2)
    return ["/" + (beside + ["share/danvan/vi"]).joined(separator: "/"), "/usr/share/danvan/vi"]
  }

  /// systemd separates several directories with colons; the first is the service's own.
  private func first(_ variable: String) -> String? {
    environment[variable]?.split(separator: ":").first.map(String.init)
  }

  private func home(_ variable: String, _ fallback: String) -> String? {
    if let directory = environment[variable], directory.hasPrefix("/") { return directory }
    return environment["HOME"].flatMap { $0.isEmpty ? nil : "\($0)/\(fallback)" }
  }
}
