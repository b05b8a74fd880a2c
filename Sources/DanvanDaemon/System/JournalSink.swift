internal import Glibc
internal import Synchronization

/// Sends records to systemd's journal with their fields, in its native protocol
/// (https://systemd.io/JOURNAL_NATIVE_PROTOCOL), one datagram a record.
///
/// Never waits: what a full socket does not take is counted, and the count is the next record.
final class JournalSink: LogSink {
  static let path = "/run/systemd/journal/socket"

  private let peer: DatagramPeer
  private let descriptor: Int32
  private let lines: any LogSink
  private let lost = Atomic<UInt64>(0)

  /// Records that the journal's socket cannot take at all, for it is not there, go to `lines`. Nil where the
  /// system gives no socket.
  init?(_ path: String, otherwise lines: any LogSink) {
    guard let peer = DatagramPeer(path), let descriptor = DatagramPeer.makeSocket() else {
      return nil
    }
    self.peer = peer
    self.descriptor = descriptor
    self.lines = lines
  }

  deinit { close(descriptor) }

  func write(_ record: LogRecord) {
    let missing = lost.exchange(0, ordering: .relaxed)
    if missing > 0 {
      let gap = LogRecord(level: .warning, message: "records were lost", fields: ["count": missing])
      guard send(gap) else {
        lost.add(missing, ordering: .relaxed)
        lost.add(1, ordering: .relaxed)
        return
      }
    }
    if !send(record) { lost.add(1, ordering: .relaxed) }
  }

  /// False where the socket is full.
  private func send(_ record: LogRecord) -> Bool {
    switch peer.send(Self.datagram(of: record), from: descriptor, isWaiting: false) {
    case 0: return true
    case EAGAIN, ENOBUFS: return false
    default:
      lines.write(record)
      return true
    }
  }

  /// Whether standard error is the stream of the journal that the variable names, by device and inode.
  static func holds(_ environment: [String: String]) -> Bool {
    var about = stat()
    guard let named = environment["JOURNAL_STREAM"], fstat(STDERR_FILENO, &about) == 0 else {
      return false
    }
    return named == "\(about.st_dev):\(about.st_ino)"
  }

  /// A field is `NAME=value` and a newline, or where the value has newlines `NAME`, a newline, the count of
  /// its bytes in 8 bytes from the lowest, the value, and a newline.
  static func datagram(of record: LogRecord) -> [UInt8] {
    var bytes: [UInt8] = []
    func add(_ name: String, _ value: String) {
      let value = Array(cut(value).utf8)
      bytes += name.utf8
      if value.contains(UInt8(ascii: "\n")) {
        bytes.append(UInt8(ascii: "\n"))
        for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value.count >> (8 * shift))) }
      } else {
        bytes.append(UInt8(ascii: "="))
      }
      bytes += value
      bytes.append(UInt8(ascii: "\n"))
    }
    // For those who read without fields, the same words as in a line.
    add("MESSAGE", record.message + LogLines.fields(of: record))
    add("PRIORITY", String(record.level.rawValue))
    add("SYSLOG_IDENTIFIER", "danvand")
    if let kind = JournalKind.id(of: record.message) { add("MESSAGE_ID", kind) }
    for (key, value) in record.fields {
      add("DANVAN_" + key.uppercased(), value.description)
    }
    return bytes
  }

  private static func cut(_ value: String) -> String {
    value.utf8.count <= 4_096 ? value : String(value.prefix(1_024)) + "…"
  }
}

extension Log {
  /// Records go to the journal where standard error is its stream, else to standard error, with their time
  /// where systemd adds none.
  init(level: Level, environment: [String: String], journal: String = JournalSink.path) {
    let lines = LogLines(stampsTime: environment["JOURNAL_STREAM"] == nil)
    let sink = JournalSink.holds(environment) ? JournalSink(journal, otherwise: lines) : nil
    self.init(level: level, to: sink ?? lines)
  }
}
