import Glibc

/// A file that is written beside its name and then renamed to it.
enum ReplacedFile {
  /// The name to rename to: of a link, what it leads to. Throws where something else than a plain file
  /// has that name: a device or a pipe would be gone.
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
    return resolved
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
