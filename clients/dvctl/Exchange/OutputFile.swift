import Glibc

/// Where an export is written: standard output, a pipe or device, or a file that appears under its name
/// only when it is complete and on disk.
final class OutputFile {
  /// The file that is to appear; nil for what is written through.
  private let path: String?
  private let descriptor: Int32
  private var pending: [UInt8] = []
  private var isOpen = true
  private let replacing: Bool
  private static let room = 256 << 10

  /// Nil: standard output. Throws where the file cannot be made, or is there and is not to be replaced.
  /// `mode`: the permission bits of a new file, before the umask.
  init(path: String?, mode: mode_t = 0o666, replacing: Bool = true) throws(Failure) {
    self.replacing = replacing
    guard let named = path else {
      (self.path, descriptor) = (nil, 1)
      return
    }
    if ReplacedFile.isDevice(named) {
      (self.path, descriptor) = (nil, open(named, O_WRONLY | O_CLOEXEC))
      guard descriptor >= 0 else { throw Self.failure(named, errno) }
      return
    }
    let path = try ReplacedFile.place(named)
    if !replacing { try Self.check(isFree: path) }
    self.path = path
    descriptor = open(
      Self.temporary(path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
  }

  /// The name of a file that is not complete yet.
  static func temporary(_ path: String) -> String { path + ".part" }

  private static func check(isFree path: String) throws(Failure) {
    guard access(path, F_OK) != 0 else {
      throw Failure(
        .failed, "ALREADY_EXISTS", Localized("\(path): is there already; --force replaces it"))
    }
  }

  static func failure(_ path: String, _ number: Int32) -> Failure {
    Failure(.failed, "OUTPUT", Localized("\(path): \(Localized(system: number))"))
  }

  func write(_ text: String) throws { try write(bytes: text.utf8) }

  func write(bytes: some Sequence<UInt8>) throws {
    pending += bytes
    if pending.count >= Self.room { try flush() }
  }

  private func flush() throws {
    var written = 0
    while written < pending.count {
      let count = pending[written...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        if path == nil, errno == EPIPE { throw OutputClosed() }
        throw Self.failure(path ?? Localized("standard output").text, errno)
      }
      written += count
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// Writes what is left; a file gets its name once it is on disk, or without `syncing` at once.
  func finish(syncing: Bool = true) throws {
    try flush()
    guard let path else { return }
    guard !syncing || fsync(descriptor) == 0 else { throw Self.failure(path, errno) }
    // Another may have got the name in the meantime.
    if !replacing { try Self.check(isFree: path) }
    closeFile()
    guard rename(Self.temporary(path), path) == 0 else { throw Self.failure(path, errno) }
  }

  private func closeFile() {
    if isOpen, path != nil { close(descriptor) }
    isOpen = false
  }

  deinit {
    guard let path, isOpen else { return }
    closeFile()
    unlink(Self.temporary(path))
  }
}
