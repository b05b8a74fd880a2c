internal import Synchronization

/// Writes records of what the daemon does: a message and fields, to the journal where there is one, else one
/// line a record to standard error. Errors among them are remembered for `dvctl status`.
public struct Log: Sendable {
  /// The numbers are syslog's.
  public enum Level: Int, Sendable, CaseIterable, Comparable {
    case error = 3
    case warning = 4
    case notice = 5
    case info = 6
    case debug = 7

    public var name: String { "\(self)" }

    init?(name: String) {
      guard let level = Self.allCases.first(where: { $0.name == name }) else { return nil }
      self = level
    }

    public static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  public typealias Fields = KeyValuePairs<String, any CustomStringConvertible & Sendable>

  private let threshold: Threshold
  private let sink: any LogSink
  let recentErrors = RecentErrors()

  /// Records less urgent than `level` are dropped.
  init(level: Level, to sink: any LogSink) {
    threshold = Threshold(level)
    self.sink = sink
  }

  /// `write` gets whole lines, from any thread.
  public init(
    level: Level, stampsTime: Bool,
    write: @escaping @Sendable ([UInt8]) -> Void = LogLines.toStandardError
  ) {
    self.init(level: level, to: LogLines(stampsTime: stampsTime, write: write))
  }

  /// One for all copies of a log; may be set while others write.
  public var level: Level {
    get { threshold.level }
    nonmutating set { threshold.level = newValue }
  }

  public func error(_ message: String, _ fields: Fields = [:]) { record(.error, message, fields) }
  public func warning(_ message: String, _ fields: Fields = [:]) {
    record(.warning, message, fields)
  }
  public func notice(_ message: String, _ fields: Fields = [:]) { record(.notice, message, fields) }
  public func info(_ message: String, _ fields: Fields = [:]) { record(.info, message, fields) }
  public func debug(_ message: String, _ fields: Fields = [:]) { record(.debug, message, fields) }

  private func record(_ level: Level, _ message: String, _ fields: Fields) {
    let record = LogRecord(level: level, message: message, fields: fields)
    if level == .error { recentErrors.note(record, at: .now) }
    if level <= threshold.level { sink.write(record) }
  }

  private final class Threshold: Sendable {
    private let number: Atomic<Int>

    init(_ level: Level) { number = Atomic(level.rawValue) }

    var level: Level {
      get { Level(rawValue: number.load(ordering: .relaxed)) ?? .info }
      set { number.store(newValue.rawValue, ordering: .relaxed) }
    }
  }
}

/// One thing that the daemon says of itself.
struct LogRecord: Sendable {
  let level: Log.Level
  /// The same words each time; what differs is in the fields.
  let message: String
  let fields: Log.Fields

  /// A field's value; empty where it has none of that name.
  subscript(_ name: String) -> String {
    fields.first { $0.key == name }?.value.description ?? ""
  }
}

/// Where records go; called from any thread.
protocol LogSink: Sendable {
  func write(_ record: LogRecord)
}
