internal import Glibc
internal import Synchronization

/// Writes one line a record to standard error: a priority for the journal (`<6>`), a message and
/// `key=value` fields. Where nothing else stamps the time (no journal), the record carries it.
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
  private let stampsTime: Bool
  private let write: @Sendable ([UInt8]) -> Void

  /// Records less urgent than `level` are dropped. `write` gets whole lines, from any thread.
  public init(
    level: Level, stampsTime: Bool, write: @escaping @Sendable ([UInt8]) -> Void = toStandardError
  ) {
    threshold = Threshold(level)
    self.stampsTime = stampsTime
    self.write = write
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
    guard level <= threshold.level else { return }
    var line = "<\(level.rawValue)>"
    if stampsTime { line += "time=\(Timestamp.now) " }
    line += "msg=\(Self.quoted(message))"
    for (key, value) in fields { line += " \(key)=\(Self.quoted(value.description))" }
    line += "\n"
    write(Array(line.utf8))
  }

  /// Plain words stay bare; everything else is quoted, with control characters written out so that
  /// no value can begin a record of its own. Long values are cut.
  static func quoted(_ value: String) -> String {
    let isBare = !value.isEmpty && value.utf8.count <= 128 && value.utf8.allSatisfy(isBareByte)
    if isBare { return value }
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      case "\n": text += "\\n"
      case let other where other.value < 0x20 || (0x7F...0x9F).contains(other.value):
        text += "\\u{\(String(other.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
      if text.utf8.count > 1024 { return text + "…\"" }
    }
    return text + "\""
  }

  private static func isBareByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: "-_./:+@%,".utf8.contains(byte)
    }
  }

  private final class Threshold: Sendable {
    private let number: Atomic<Int>

    init(_ level: Level) { number = Atomic(level.rawValue) }

    var level: Level {
      get { Level(rawValue: number.load(ordering: .relaxed)) ?? .info }
      set { number.store(newValue.rawValue, ordering: .relaxed) }
    }
  }

  /// One write a record keeps records of several threads apart.
  @Sendable public static func toStandardError(_ line: [UInt8]) {
    _ = Glibc.write(STDERR_FILENO, line, line.count)
  }
}
