import Glibc

/// A file that is written beside its name and then renamed to it.
enum ReplacedFile {
  /// The name to rename to: of a link, what it leads to. Throws where something else than a plain file
  /// has that name: a device or a pipe would be gone; and where a store would be.
  static func place(_ path: String) throws(Failure) -> String {
    guard let found = realpath(path, nil) else {
      if errno == ENOENT, !isLink(path) { return path }
      throw failure(path, Localized(system: errno))
    }
    defer { free(found) }
    let resolved = String(cString: found)
    guard isPlain(resolved) else {
      throw failure(path, Localized("is no plain file, and would be replaced"))
    }
    guard !isOfStore(resolved) else {
      throw failure(path, Localized("belongs to a store, which danvand would go on writing unseen"))
    }
    return resolved
  }

  /// A store's database, what SQLite keeps beside it, or its lock.
  private static func isOfStore(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    guard ["danvan.db", "danvan.db-wal", "danvan.db-shm", "lock"].contains(name) else {
      return false
    }
    let folder = path.dropLast(name.count)
    return access(folder + "danvan.db", F_OK) == 0 && access(folder + "lock", F_OK) == 0
  }

  /// Whether there is something of that name that is not a plain file, nor a folder.
  static func isDevice(_ path: String) -> Bool {
    var about = stat()
    guard stat(path, &about) == 0 else { return false }
    return about.st_mode & S_IFMT != S_IFREG && about.st_mode & S_IFMT != S_IFDIR
  }

  private static func isPlain(_ path: String) -> Bool {
    var about = stat()
    return stat(path, &about) == 0 && about.st_mode & S_IFMT == S_IFREG
  }

  private static func isLink(_ path: String) -> Bool {
    var about = stat()
    return lstat(path, &about) == 0 && about.st_mode & S_IFMT == S_IFLNK
  }

  private static func failure(_ path: String, _ what: Localized) -> Failure {
    Failure(.usage, "INVALID_ARGUMENT", Localized("\(path): \(what)"))
  }
}
