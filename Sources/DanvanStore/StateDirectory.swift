internal import DanvanModel
internal import Glibc
internal import Synchronization

/// The directory that holds one store, locked by this process while this value lives.
final class StateDirectory: Sendable {
  let path: String
  /// The lock file's descriptor; nil once given up.
  private let lock: Mutex<Int32?>

  var database: String { path + "/danvan.db" }
  /// Whether the database file is there, with something in it.
  var hasDatabase: Bool {
    var status = stat()
    return stat(database, &status) == 0 && status.st_size > 0
  }
  var wal: String { database + "-wal" }
  private static let backupPrefix = "backup-"
  /// A copy on its way out of here.
  func backup(number: Int64) -> String { "\(path)/\(Self.backupPrefix)\(number).db" }

  private static let upgradeMark = ".schema-"
  /// Where a store of an older schema is kept before it is upgraded.
  func upgradeBackup(of schema: Int) -> String { database + Self.upgradeMark + String(schema) }

  /// Removes the copies that upgrades made, but for that of `schema`.
  func removeUpgradeBackups(butOf schema: Int) {
    let kept = upgradeBackup(of: schema)
    for name in names() {
      let parts = name.split(separator: Self.upgradeMark, omittingEmptySubsequences: false)
      guard parts.count == 2, "\(path)/\(parts[0])" == database, Int(parts[1]) != nil else {
        continue
      }
      if "\(path)/\(name)" != kept { unlink("\(path)/\(name)") }
    }
  }

  /// Bytes that this user may still write here. Throws `failedPrecondition`.
  func freeBytes() throws -> Int64 {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { throw Self.failure("cannot look at \(path)") }
    return Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
  }

  /// Gives a whole file its name for good, for its owner alone. Throws `failedPrecondition`.
  static func makeDurable(_ part: String, as path: String) throws {
    let file = open(part, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure("cannot open \(part)") }
    defer { Glibc.close(file) }
    guard fchmod(file, 0o600) == 0, fsync(file) == 0 else { throw failure("cannot sync \(part)") }
    guard rename(part, path) == 0 else { throw failure("cannot rename \(part)") }
    try sync(parent(of: path))
  }

  /// Removes copies that a process left which was killed while it made them.
  func removeBackups() {
    for name in names() {
      // Backups that people put here have other names.
      let middle = name.dropFirst(Self.backupPrefix.count).prefix { $0.isASCII && $0.isNumber }
      let isOurs =
        name.hasPrefix(Self.backupPrefix) && !middle.isEmpty
        && [".db", ".db-journal"].contains(name.dropFirst(Self.backupPrefix.count + middle.count))
      if isOurs { unlink("\(path)/\(name)") }
    }
  }

  /// What lies in the directory; nothing where it cannot be read.
  private func names() -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }

  /// Makes the directory (mode 0700) where there is none and locks it.
  ///
  /// Throws `aborted` when another process holds the lock, `failedPrecondition` when the directory
  /// cannot be made or written to.
  init(_ path: String) throws {
    var path = path
    while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
    try Self.make(path)
    let lockPath = path + "/lock"
    let file = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw Self.failure("cannot open \(lockPath)") }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let busy = errno == EWOULDBLOCK
      let failure = Self.failure("cannot lock \(lockPath)")
      let holder = Self.holder(file)
      Glibc.close(file)
      guard busy else { throw failure }
      throw DanvanError(
        .aborted, "the state directory \(path) is in use by another danvand\(holder)")
    }
    // For the message above; the lock itself is the kernel's and ends with the process.
    ftruncate(file, 0)
    let text = "\(getpid())\n"
    _ = Array(text.utf8).withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
    lock = Mutex(file)
    try demandFile()
  }

  /// Throws `failedPrecondition` where what has the database's name is no file.
  private func demandFile() throws {
    var status = stat()
    guard stat(database, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return }
    throw DanvanError(.failedPrecondition, "\(database) is not a file")
  }

  deinit { unlock() }

  /// Lets another have the directory, also while a program that this process is about to start still has the
  /// descriptor, as between its fork and its exec.
  func unlock() {
    lock.withLock { file in
      if let file {
        flock(file, LOCK_UN)
        Glibc.close(file)
      }
      file = nil
    }
  }

  /// Makes the directory's entries durable: without it a new file can be lost with its name.
  func sync() throws { try Self.sync(path) }

  private static func make(_ path: String) throws {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw DanvanError(.failedPrecondition, "the state directory \(path) is not a directory")
      }
      return
    }
    let parent = parent(of: path)
    if stat(parent, &status) != 0 { try make(parent) }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("cannot make \(path)") }
    try sync(parent)
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func sync(_ path: String) throws {
    let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw failure("cannot open \(path)") }
    defer { Glibc.close(directory) }
    guard fsync(directory) == 0 else { throw failure("cannot sync \(path)") }
  }

  private static func holder(_ file: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
    let digits = bytes.prefix(max(0, count)).prefix { (48...57).contains($0) }
    guard !digits.isEmpty, let text = String(validating: digits, as: UTF8.self) else { return "" }
    return " (pid \(text))"
  }

  private static func failure(_ what: String) -> DanvanError {
    DanvanError(
      .failedPrecondition, "\(what): \(String(cString: strerror(errno)))")
  }
}
