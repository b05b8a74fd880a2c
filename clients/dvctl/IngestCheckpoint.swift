import DanvanModel
import Glibc

/// A file that says how far an ingest has come: how many items of its inputs were acknowledged, and the
/// label of the last, so that a run that was broken off can go on behind it.
///
/// The inputs are read in the same order every time, so a number is enough; the label tells inputs
/// that are not the same.
struct IngestCheckpoint {
  private let path: String
  /// Items that an earlier run has finished.
  let done: Int
  /// Of the last of them.
  let lastLabel: String

  /// Reads the file; where there is none, nothing is done yet. Throws where it is none of ours.
  init(path: String) throws(Failure) {
    let path = try ReplacedFile.place(path)
    self.path = path
    guard let text = try Self.read(path) else {
      done = 0
      lastLabel = ""
      return
    }
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[0] == "danvan-ingest 1", let done = Int(parts[1]), done >= 0
    else {
      throw Failure(.usage, "INVALID_ARGUMENT", Localized("\(path): not a file of --resume"))
    }
    self.done = done
    lastLabel = parts[2...].joined(separator: "\n").trimmingLineEnd
  }

  /// Throws where the item numbered `done` has another label than it had.
  func check(_ label: String) throws(Failure) {
    guard label == lastLabel else {
      throw Failure(
        .usage, "FAILED_PRECONDITION",
        Localized(
          "\(path): was written for other inputs: item \(done) was \(lastLabel) and is \(label)"))
    }
  }

  /// Notes that so many items of this run are on disk, the last with this label; the file is replaced
  /// whole.
  func advance(by count: Int, label: String) throws(Failure) {
    let done = self.done + count
    let temporary = path + ".new"
    let bytes = Array("danvan-ingest 1\n\(done)\n\(label)\n".utf8)
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure(errno) }
    let written = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    let number = errno
    close(file)
    guard written == bytes.count else { throw failure(number) }
    guard rename(temporary, path) == 0 else { throw failure(errno) }
  }

  private func failure(_ number: Int32) -> Failure {
    Failure(.failed, "UNAVAILABLE", Localized("\(path): \(Localized(system: number))"))
  }

  private static func read(_ path: String) throws(Failure) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw Failure(.failed, "UNAVAILABLE", Localized("\(path): \(Localized(system: errno))"))
    }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 8192)
    let count = Glibc.read(file, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }
}

extension String {
  fileprivate var trimmingLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
