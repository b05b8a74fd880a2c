import DanvanClient
import Glibc

/// Where the cursor of a watch is kept: nowhere, in a file, or with the daemon under a name.
///
/// Saved when nothing more is at hand, and every tenth of a second while there is: what is saved is
/// never ahead of what was dealt with.
final class CursorPlace {
  private let keep: ((String) throws -> Void)?
  private var current: String?
  private var kept: String?
  private var last: Stopwatch?
  private static let interval = 0.1

  init(_ keep: ((String) throws -> Void)? = nil) { self.keep = keep }

  func note(_ cursor: String?) { current = cursor ?? current }

  /// When a save is due, in seconds from now; nil when nothing is to be saved.
  var pause: Double? {
    guard keep != nil, let current, current != kept else { return nil }
    return max(0, Self.interval - (last?.seconds ?? Self.interval))
  }

  func saveIfDue() throws { if pause == 0 { try save() } }

  func save() throws {
    guard let keep, let current, current != kept else { return }
    last = Stopwatch()
    try keep(current)
    kept = current
  }
}

/// A file that holds one cursor; after a crash the old one or the new one, whole.
struct CursorFile {
  private let path: String

  /// Throws `Failure` for what is no plain file.
  init(path: String) throws(Failure) { self.path = try ReplacedFile.place(path) }

  /// The cursor kept; nil when there is no file yet. Throws `Failure` for one that cannot be read.
  func load() throws -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    if file < 0, errno == ENOENT { return nil }
    guard file >= 0 else { throw Self.failure("read", path) }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 128)
    let count = read(file, &bytes, bytes.count)
    guard count >= 0 else { throw Self.failure("read", path) }
    let text = String(validating: bytes.prefix(count), as: UTF8.self) ?? ""
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count <= 1, count < bytes.count else {
      throw Failure(.usage, "INVALID_ARGUMENT", Localized("\(path) holds no cursor"))
    }
    return words.first.map(String.init)
  }

  /// Puts a cursor in place of the old one; on disk on return.
  func save(_ cursor: String) throws {
    let cut = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) }
    let folder = cut.map { String(path[..<$0]) } ?? "./"
    let temporary = "\(folder).\(path[(cut ?? path.startIndex)...]).\(getpid())"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Self.failure("write", temporary) }
    let line = Array("\(cursor)\n".utf8)
    let isWritten = write(file, line, line.count) == line.count && fsync(file) == 0
    let problem = errno
    close(file)
    guard isWritten, rename(temporary, path) == 0 else {
      if !isWritten { errno = problem }
      defer { unlink(temporary) }
      throw Self.failure("write", path)
    }
    let directory = open(folder, O_RDONLY | O_CLOEXEC)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
  }

  private static func failure(_ what: String, _ path: String) -> Failure {
    Failure(
      .failed, "FILE",
      (what == "read"
        ? Localized("cannot read \(path): \(Localized(system: errno))")
        : Localized("cannot write \(path): \(Localized(system: errno))")))
  }
}
