internal import DanvanModel
internal import DanvanRPC
internal import Glibc
internal import Synchronization

/// Everything that is decided before the daemon starts: the command line goes before the environment, that
/// before the drop-ins, the last of them first, those before the file, and that before the defaults.
struct Settings {
  let configuration: Configuration
  /// The file that was read; nil when there is none in the default place.
  let file: String?
  let state: String
  let rules: String
  /// What the operator adds to the rules; nil where there is no such folder in the default place.
  let overlay: String?
  /// Every key as it is in use, with where that comes from.
  let shown: [ShownSetting]
  /// Where to listen when systemd passes no sockets. Throws when there is no place for it.
  let socket: @Sendable () throws -> String

  /// Throws `DanvanError` for a file that is not as it must be and for places that cannot be found.
  init(_ arguments: Arguments, environment: [String: String]) throws {
    let places = Places(
      environment: environment, isRoot: geteuid() == 0, executable: OwnProcess.executable)
    file =
      arguments.configuration ?? places.configuration.flatMap { OwnProcess.exists($0) ? $0 : nil }
    var read = Configuration()
    var origins: [(key: String, origin: String)] = []
    if let file {
      for path in [file] + (try OwnProcess.files(in: file + ".d", ending: ".toml")) {
        origins += try read.take(OwnProcess.contents(of: path, limit: 1 << 20), file: path)
      }
    }
    origins += try read.take(environment)
    self.configuration = read

    state = try arguments.state ?? (read.paths.state.isEmpty ? places.state() : read.paths.state)
    rules = try Self.rules(arguments.rules ?? read.paths.rules, places)
    overlay = Self.overlay(read.paths.overlay, beside: file ?? places.configuration)
    let named = arguments.socket ?? read.socket.path
    socket = { try named.isEmpty ? places.socket() : named }
    shown = ShownSetting.all(
      of: read, origins,
      paths: [
        ("paths.state", state, arguments.state != nil ? "--state" : nil),
        ("paths.rules", rules, arguments.rules != nil ? "--rules" : nil),
        ("paths.overlay", overlay ?? "", nil),
        ("socket.path", (try? socket()) ?? "", arguments.socket != nil ? "--socket" : nil),
      ])
  }

  /// Throws `DanvanError` for places at which a start would end, as far as can be said without making anything.
  func demandUsablePlaces() throws {
    if OwnProcess.exists(state), !OwnProcess.isDirectory(state) {
      throw DanvanError(
        .failedPrecondition, "the state directory \(state) is not a directory")
    }
    // systemd may pass the sockets where there is no place for an own one.
    let (socket, admin) = ((try? self.socket()) ?? "", configuration.socket.adminPath)
    if socket == admin, !socket.isEmpty {
      throw DanvanError.invalid("socket.path and socket.admin_path are the same: \(socket)")
    }
    for path in [socket, admin] where !path.isEmpty {
      do throws(ListeningError) {
        try ListeningSocket.demandUsable(path: path)
      } catch {
        throw DanvanError.invalid(error.description)
      }
    }
  }

  /// The named directory, else `vi.d` beside the configuration file where there is one.
  private static func overlay(_ named: String, beside file: String?) -> String? {
    if !named.isEmpty { return named }
    guard let file else { return nil }
    let folder = (file.lastIndex(of: "/").map { String(file[...$0]) } ?? "") + "vi.d"
    return OwnProcess.isDirectory(folder) ? folder : nil
  }

  /// The named directory, else the first default one that is there.
  private static func rules(_ named: String, _ places: Places) throws -> String {
    let candidates = named.isEmpty ? places.rules : [named]
    guard let found = candidates.first(where: OwnProcess.isDirectory) else {
      throw DanvanError(
        .failedPrecondition,
        "no extraction rules at \(candidates.joined(separator: ", ")); give --rules DIR")
    }
    return found
  }
}

/// One key of the configuration as it is in use.
struct ShownSetting: Sendable, Equatable {
  let name: String
  /// As the file would have it; a path that the file leaves empty is the place that was found for it.
  var value: String
  /// `default`, a file with its line, `environment NAME` or `option --NAME`.
  var origin: String

  /// `origins`: later ones go before earlier ones. `paths`: what was made of a path, and the option that
  /// named it, if any.
  static func all(
    of configuration: Configuration, _ origins: [(key: String, origin: String)],
    paths: [(key: String, path: String, option: String?)]
  ) -> [ShownSetting] {
    let known = Dictionary(origins.map { ($0.key, $0.origin) }) { $1 }
    return ConfigurationKey.all.map { key in
      var setting = ShownSetting(
        name: key.name, value: key.text(configuration), origin: known[key.name] ?? "default")
      if let found = paths.first(where: { $0.key == key.name }) {
        setting.value = ConfigurationKey.quoted(found.path)
        if let option = found.option { setting.origin = "option \(option)" }
      }
      return setting
    }
  }
}

/// The settings in use, which a reload changes in part.
final class SettingsInUse: Sendable {
  private let state: Mutex<[ShownSetting]>

  init(_ settings: [ShownSetting] = []) { state = Mutex(settings) }

  var all: [ShownSetting] { state.withLock { $0 } }

  /// Takes over the keys that need no new start.
  func reload(_ settings: [ShownSetting]) {
    let live = Set(ConfigurationKey.all.filter(\.isLive).map(\.name))
    state.withLock { now in
      for index in now.indices where live.contains(now[index].name) {
        if let new = settings.first(where: { $0.name == now[index].name }) { now[index] = new }
      }
    }
  }
}
