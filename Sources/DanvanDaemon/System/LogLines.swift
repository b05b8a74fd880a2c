internal import Glibc

/// One line a record: a priority for the journal (`<6>`), `msg=` and `key=value` fields. Where nothing else
/// stamps the time, the record carries it.
public struct LogLines: LogSink {
  private let stampsTime: Bool
  private let write: @Sendable ([UInt8]) -> Void

  init(stampsTime: Bool, write: @escaping @Sendable ([UInt8]) -> Void = toStandardError) {
    self.stampsTime = stampsTime
    self.write = write
  }

  func write(_ record: LogRecord) {
    var line = "<\(record.level.rawValue)>"
    if stampsTime { line += "time=\(Timestamp.now) " }
    line += "msg=\(Self.quoted(record.message))\(Self.fields(of: record))\n"
    write(Array(line.utf8))
  }

  /// ` key=value` of each field.
  static func fields(of record: LogRecord) -> String {
    record.fields.map { " \($0.key)=\(quoted($0.value.description))" }.joined()
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

  /// One write a record keeps records of several threads apart.
  @Sendable public static func toStandardError(_ line: [UInt8]) {
    _ = Glibc.write(STDERR_FILENO, line, line.count)
  }
}
