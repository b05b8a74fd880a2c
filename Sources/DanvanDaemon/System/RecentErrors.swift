internal import Synchronization

/// The last errors that were logged, for `dvctl status`: what failed and why, never a cause, which may hold
/// anything.
final class RecentErrors: Sendable {
  struct Entry: Sendable {
    /// When it last happened.
    var time: Timestamp
    let message: String
    /// Of a call; else empty.
    let method: String
    /// gRPC's status code; empty where it is not of a call.
    let code: String
    let reason: String
    /// How often, one after the other.
    var times: UInt64 = 1

    func isSame(as other: Entry) -> Bool {
      message == other.message && method == other.method && code == other.code
        && reason == other.reason
    }
  }

  static let limit = 16
  private let state = Mutex<(entries: [Entry], count: UInt64)>(([], 0))

  /// The newest first.
  var all: [Entry] { state.withLock { $0.entries.reversed() } }
  /// Since the start.
  var count: UInt64 { state.withLock { $0.count } }

  func note(_ record: LogRecord, at time: Timestamp) {
    let reason = record["error"].isEmpty ? record["reason"] : record["error"]
    let subject = ["article", "folder", "file"].map { record[$0] }.first {
      // A reason may name its article itself.
      !$0.isEmpty && $0 != "0" && !reason.hasPrefix("article \($0)")
    }
    let entry = Entry(
      time: time, message: record.message, method: record["method"], code: record["code"],
      reason: Self.cut([subject, reason].compactMap { $0 }.joined(separator: ": ")))
    state.withLock { state in
      state.count += 1
      if let last = state.entries.indices.last, state.entries[last].isSame(as: entry) {
        state.entries[last].time = time
        state.entries[last].times += 1
        return
      }
      state.entries.append(entry)
      if state.entries.count > Self.limit { state.entries.removeFirst() }
    }
  }

  private static func cut(_ text: String) -> String {
    text.utf8.count <= 512 ? text : String(text.prefix(256)) + "…"
  }
}
