/// One key that danvand.toml may hold: its name, and how a value is checked and taken over.
struct ConfigurationKey: Sendable {
  /// `table.key`.
  let name: String
  let apply: @Sendable (inout Configuration, TOMLDocument.Value) throws(Complaint) -> Void
  let isSame: @Sendable (Configuration, Configuration) -> Bool

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
    integer("stop.drain_seconds", 0...300, \.stop.drainSeconds),
    level("log.level", \.log.level),
  ]

  private typealias Slot<Value> = any WritableKeyPath<Configuration, Value> & Sendable

  private static func key<Value: Equatable & SendableMetatype>(
    _ name: String, _ slot: Slot<Value>,
    _ apply: @escaping @Sendable (inout Configuration, TOMLDocument.Value) throws(Complaint) -> Void
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: name, apply: apply, isSame: { $0[keyPath: slot] == $1[keyPath: slot] })
  }

  private static func path(_ name: String, _ slot: Slot<String>) -> ConfigurationKey {
    key(name, slot) { (configuration, value) throws(Complaint) in
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
    key(name, slot) { (configuration, value) throws(Complaint) in
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
    key(name, slot) { (configuration, value) throws(Complaint) in
      guard case .integer(let number) = value, bounds.contains(number) else {
        throw Complaint(
          message: "must be an integer from \(bounds.lowerBound) to \(bounds.upperBound)")
      }
      configuration[keyPath: slot] = number
    }
  }

  /// Permission bits are written as octal digits in a string, since TOML integers are decimal.
  private static func mode(_ name: String, _ slot: Slot<Int>) -> ConfigurationKey {
    key(name, slot) { (configuration, value) throws(Complaint) in
      guard case .string(let text) = value, (3...4).contains(text.utf8.count),
        let bits = Int(text, radix: 8), (0...0o777).contains(bits)
      else { throw Complaint(message: "must be permission bits in octal, such as \"0660\"") }
      configuration[keyPath: slot] = bits
    }
  }

  private static func level(_ name: String, _ slot: Slot<Log.Level>) -> ConfigurationKey {
    key(name, slot) { (configuration, value) throws(Complaint) in
      guard case .string(let text) = value, let level = Log.Level(name: text) else {
        let names = Log.Level.allCases.map(\.name).joined(separator: ", ")
        throw Complaint(message: "must be one of \(names)")
      }
      configuration[keyPath: slot] = level
    }
  }
}
