internal import DanvanModel
internal import Glibc

/// Keeps a file of metrics for a collector of text files: written anew every so often, and never half.
final class MetricsFile: Sendable {
  private let path: String
  private let interval: Duration
  private let metrics: Metrics
  private let thread: Alarms
  private let log: Log

  init(_ path: String, interval: Duration, _ metrics: Metrics, thread: Alarms, log: Log) {
    self.path = path
    self.interval = interval
    self.metrics = metrics
    self.thread = thread
    self.log = log
  }

  /// Begins, and goes on as long as the thread lives.
  func start() { thread.after(.zero) { self.run() } }

  private func run() {
    do {
      try write(MetricsText.prometheus.of(metrics.families()))
    } catch {
      log.warning("the file of metrics could not be written", ["path": path, "error": "\(error)"])
    }
    thread.after(interval) { self.run() }
  }

  /// A collector reads as another user, so all may.
  private func write(_ text: String) throws {
    let part = path + ".part"
    let file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard file >= 0 else { throw Self.failure(part) }
    let bytes = Array(text.utf8)
    let written = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    fchmod(file, 0o644)
    close(file)
    guard written == bytes.count, rename(part, path) == 0 else {
      unlink(part)
      throw Self.failure(path)
    }
  }

  private static func failure(_ path: String) -> DanvanError {
    DanvanError(.unavailable, "\(path): \(String(cString: strerror(errno)))")
  }
}
