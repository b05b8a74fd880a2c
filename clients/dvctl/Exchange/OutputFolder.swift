import Glibc

/// A folder of files that appears under its name only when it is complete and on disk.
///
/// While it is written it is `NAME.part`, held by a lock. One that an export left which broke off is
/// emptied and taken over; one with files that no export writes is refused.
final class OutputFolder {
  let path: String
  private let descriptor: Int32
  /// Whether there is something of ours to clear away.
  private var isOurs = false
  private var temporary: String { OutputFile.temporary(path) }

  /// Throws where there is something of that name already, and where another export is at work there.
  init(path named: String) throws(Failure) {
    var path = named
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
    let temporary = OutputFile.temporary(path)
    guard access(path, F_OK) != 0 else {
      throw Failure(
        .failed, "ALREADY_EXISTS",
        Localized("\(path): is there already; name a folder that is not"))
    }
    guard mkdir(temporary, 0o777) == 0 || errno == EEXIST else {
      throw OutputFile.failure(temporary, errno)
    }
    descriptor = open(temporary, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputFile.failure(temporary, errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw Failure(.failed, "OUTPUT", Localized("\(temporary): another export is writing it"))
    }
    try empty()
    isOurs = true
  }

  /// Where the file of that name is while the folder is incomplete.
  func place(of name: String) -> String { "\(temporary)/\(name)" }

  /// Everything is on disk before the folder has its name. The files are synced here, behind the last of
  /// them, where the system has written most of them already. Throws where there is something of that name.
  func finish() throws(Failure) {
    for name in try names() {
      let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
      guard file >= 0 else { throw OutputFile.failure(place(of: name), errno) }
      defer { close(file) }
      guard fsync(file) == 0 else { throw OutputFile.failure(place(of: name), errno) }
    }
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else {
      throw OutputFile.failure(path, errno)
    }
    isOurs = false
  }

  /// Removes what an earlier export left. Throws, with everything as it is, for a file that none writes.
  private func empty() throws(Failure) {
    let names = try names()
    for name in names where !Self.isOfExport(name) {
      throw Failure(
        .failed, "OUTPUT", Localized("\(place(of: name)): no export wrote this; move it away first")
      )
    }
    for name in names {
      guard unlinkat(descriptor, name, 0) == 0 else {
        throw OutputFile.failure(place(of: name), errno)
      }
    }
  }

  private func names() throws(Failure) -> [String] {
    guard let folder = opendir(temporary) else { throw OutputFile.failure(temporary, errno) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// `12.md`, `12.txt` or `12.gold.json`, or with `.part` behind it one that was being written.
  private static func isOfExport(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let ending = parts.dropFirst().map(String.init)
    return [["md"], ["txt"], ["gold", "json"]].contains(
      ending.last == "part" ? ending.dropLast() : ending) && !parts[0].isEmpty
      && parts[0].utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  deinit {
    if isOurs {
      try? empty()
      rmdir(temporary)
    }
    if descriptor >= 0 { close(descriptor) }
  }
}
