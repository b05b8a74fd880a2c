/// One key that danvand.toml may hold: its name, and how a value is checked and taken over.
struct ConfigurationKey: Sendable {
  /// `table.key`.
  let name: String
  let apply: @Sendable (inout Configuration, TOMLDocument.Value) throws(Complaint) -> Void
  let isSame: @Sendable (Configuration, Configuration) -> Bool
  /// The value as the file would have it.
  let text: @Sendable (Configuration) -> String
  /// The value that the text of an environment variable means.
  let value: @Sendable (String) -> TOMLDocument.Value
  /// Of an integer: the least and the greatest that it may be.
  var bounds: ClosedRange<Int>?

  /// The environment variable that sets it: `DANVAND_SEARCH_LIMIT` for `search.limit`.
  var variable: String { Self.variablePrefix + name.uppercased().replacing(".", with: "_") }
  static let variablePrefix = "DANVAND_"

  /// Whether a reload takes it over; the others wait for the next start.
  var isLive: Bool { ["paths.rules", "paths.overlay", "log.level"].contains(name) }

  /// What is wrong with a value: the end of a sentence that begins with the key.
  struct Complaint: Error {
    let message: String
  }

  static let all: [ConfigurationKey] = [
    path("paths.state", \.paths.state),
    path("paths.rules", \.paths.rules),
    path("paths.overlay", \.paths.overlay),
    path("socket.path", \.socket.path),
    mode("socket.mode", \.socket.mode),
    path("socket.admin_path", \.socket.adminPath),
    mode("socket.admin_mode", \.socket.adminMode),
    integer("limits.connections_per_user", 1...100_000, \.limits.connectionsPerUser),
    integer("limits.streams_per_connection", 1...65_536, \.limits.streamsPerConnection),
    integer("limits.inflated_bytes", (4 << 20)...(64 << 20), \.limits.inflatedBytes),
    integer("limits.workers", 1...64, \.limits.workers),
    integer("search.limit", 1...1_000, \.search.limit),
    integer("search.timeout_seconds", 1...3_600, \.search.timeoutSeconds),
    integer("events.batch", 1...1_000, \.events.batch),
    integer("events.fetch_wait_seconds", 1...86_400, \.events.fetchWaitSeconds),
    integer("events.progress_seconds", 1...3_600, \.events.progressSeconds),
    integer("events.keep_events", 0...1_000_000_000, \.events.keepEvents),
    integer("events.keep_days", 0...36_500, \.events.keepDays),
    integer("events.compact_seconds", 1...86_400, \.events.compactSeconds),
    folders("drop.folders", \.drop.folders),
    path("metrics.textfile", \.metrics.textfile),
    integer("metrics.textfile_seconds", 1...3_600, \.metrics.textfileSeconds),
    integer("stop.drain_seconds", 0...300, \.stop.drainSeconds),
    level("log.level", \.log.level),
  ]

  private typealias Slot<Value> = any WritableKeyPath<Configuration, Value> & Sendable

  private static func key<Value: Equatable & SendableMetatype>(
    _ name: String, _ slot: Slot<Value>, text: @escaping @Sendable (Value) -> String,
    value: @escaping @Sendable (String) -> TOMLDocument.Value = { .string($0) },
    _ apply: @escaping @Sendable (inout Configuration, TOMLDocument.Value) throws(Complaint) -> Void
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: name, apply: apply, isSame: { $0[keyPath: slot] == $1[keyPath: slot] },
      text: { text($0[keyPath: slot]) }, value: value)
  }

  private static func path(_ name: String, _ slot: Slot<String>) -> ConfigurationKey {
    key(name, slot, text: quoted) { (configuration, value) throws(Complaint) in
      guard case .string(let text) = value else {
        throw Complaint(message: "must be a string in quotes")
      }
      guard text.isEmpty || text.hasPrefix("/") else {
        throw Complaint(message: "must be an absolute path, or empty for the default place")
      }
      configuration[keyPath: slot] = text
    }
  }

  private static func folders(_ name: String, _ slot: Slot<[String]>) -> ConfigurationKey {
    key(name, slot, text: listed, value: list) { (configuration, value) throws(Complaint) in
      guard case .strings(let list) = value else {
        throw Complaint(message: "must be a list of strings, such as [\"/srv/drop\"]")
      }
      guard list.allSatisfy({ $0.hasPrefix("/") }), Set(list).count == list.count else {
        throw Complaint(message: "must be absolute paths, each once")
      }
      configuration[keyPath: slot] = list
    }
  }

  private static func integer(_ name: String, _ bounds: ClosedRange<Int>, _ slot: Slot<Int>)
    -> ConfigurationKey
  {
    var key = key(name, slot, text: digits, value: number) {
      (configuration, value) throws(Complaint) in
      guard case .integer(let number) = value, bounds.contains(number) else {
        throw Complaint(
          message: "must be an integer from \(bounds.lowerBound) to \(bounds.upperBound)")
      }
      configuration[keyPath: slot] = number
    }
    key.bounds = bounds
    return key
  }

  /// Permission bits are written as octal digits in a string, since TOML integers are decimal.
  private static func mode(_ name: String, _ slot: Slot<Int>) -> ConfigurationKey {
    key(name, slot, text: octal) { (configuration, value) throws(Complaint) in
      guard case .string(let text) = value, (3...4).contains(text.utf8.count),
        let bits = Int(text, radix: 8), (0...0o777).contains(bits)
      else { throw Complaint(message: "must be permission bits in octal, such as \"0660\"") }
      configuration[keyPath: slot] = bits
    }
  }

  private static func level(_ name: String, _ slot: Slot<Log.Level>) -> ConfigurationKey {
    key(name, slot, text: levelName) { (configuration, value) throws(Complaint) in
      guard case .string(let text) = value, let level = Log.Level(name: text) else {
        let names = Log.Level.allCases.map(\.name).joined(separator: ", ")
        throw Complaint(message: "must be one of \(names)")
      }
      configuration[keyPath: slot] = level
    }
  }

  // MARK: Values as the file has them, and as variables of the environment do

  static func quoted(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
  }

  private static func listed(_ list: [String]) -> String {
    "[\(list.map(quoted).joined(separator: ", "))]"
  }

  private static func list(_ text: String) -> TOMLDocument.Value {
    .strings(text.split(separator: ":").map(String.init))
  }

  private static func digits(_ number: Int) -> String { String(number) }

  private static func number(_ text: String) -> TOMLDocument.Value {
    Int(text).map { .integer($0) } ?? .string(text)
  }

  private static func octal(_ bits: Int) -> String {
    let digits = String(bits, radix: 8)
    return quoted(String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
  }

  private static func levelName(_ level: Log.Level) -> String { quoted(level.name) }
}
