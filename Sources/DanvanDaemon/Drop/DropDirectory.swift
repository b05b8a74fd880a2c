internal import Glibc

/// A drop folder on disk with its `done` and `failed`, held open: names are looked up in it and nowhere
/// else, and no link is followed.
final class DropDirectory {
  /// Why something could not be done.
  struct Failure: Error {
    let number: Int32
    let what: String
    var description: String { "\(what): \(String(cString: strerror(number)))" }
    /// Whether another attempt may succeed with nothing changed in the folder.
    var isPassing: Bool {
      [ENOSPC, EDQUOT, EMFILE, ENFILE, ENOMEM, EINTR, EAGAIN, EIO].contains(number)
    }
  }
  enum Place: String { case done, failed }

  private let folder: Int32
  private let done: Int32
  private let failed: Int32

  init(_ path: String) throws(Failure) {
    folder = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw Failure(number: errno, what: path) }
    do throws(Failure) {
      done = try Self.place(.done, in: folder)
    } catch {
      close(folder)
      throw error
    }
    do throws(Failure) {
      failed = try Self.place(.failed, in: folder)
    } catch {
      close(folder)
      close(done)
      throw error
    }
  }

  deinit { for descriptor in [folder, done, failed] { close(descriptor) } }

  private static func place(_ place: Place, in folder: Int32) throws(Failure) -> Int32 {
    if mkdirat(folder, place.rawValue, 0o770) != 0, errno != EEXIST {
      throw Failure(number: errno, what: place.rawValue)
    }
    let descriptor = openat(
      folder, place.rawValue, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(number: errno, what: place.rawValue) }
    return descriptor
  }

  /// Whether the path still leads to this folder.
  func isAt(_ path: String) -> Bool {
    var (there, here) = (stat(), stat())
    return stat(path, &there) == 0 && fstat(folder, &here) == 0 && there.st_ino == here.st_ino
      && there.st_dev == here.st_dev
  }

  /// The names of what is to be taken, in the order of their bytes.
  func names() throws(Failure) -> [DropName] {
    let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let list = fdopendir(copy) else { throw Failure(number: errno, what: "read") }
    defer { closedir(list) }
    var names: [DropName] = []
    while let entry = readdir(list) {
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      let name = DropName(bytes)
      if !name.isLeftAlone { names.append(name) }
    }
    return names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  /// Of the name itself, where it is a link; nil where there is none.
  func status(of name: DropName) -> stat? {
    var status = stat()
    return fstatat(folder, name.path, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
  }

  /// Opens a plain file for reading.
  func open(_ name: DropName) throws(Failure) -> Int32 {
    // Without O_NONBLOCK a pipe that has just taken the file's place would be waited for.
    let descriptor = openat(
      folder, name.path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(number: errno, what: name.shown) }
    return descriptor
  }

  /// Moves a file; one of that name that is there already stays. Returns its new name.
  @discardableResult
  func move(_ name: DropName, to place: Place) throws(Failure) -> DropName {
    let target = place == .done ? done : failed
    var new = name
    var status = stat()
    if fstatat(target, new.path, &status, AT_SYMLINK_NOFOLLOW) == 0 {
      new = name.adding(".\(Timestamp.now.nanoseconds)")
    }
    guard renameat(folder, name.path, target, new.path) == 0 else {
      throw Failure(number: errno, what: "cannot be moved to \(place.rawValue)")
    }
    return new
  }

  /// Puts a file that was moved back; false where another has its name.
  func moveBack(_ moved: DropName, from place: Place, to name: DropName) -> Bool {
    status(of: name) == nil
      && renameat(place == .done ? done : failed, moved.path, folder, name.path) == 0
  }

  /// The status of a file that was moved.
  func status(of name: DropName, in place: Place) -> stat? {
    var status = stat()
    let target = place == .done ? done : failed
    return fstatat(target, name.path, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
  }

  /// Writes why a file failed beside it: whole or not at all.
  func write(_ reason: String, beside name: DropName) throws(Failure) {
    let target = name.adding(".reason.txt")
    let temporary = DropName(Array(".reason.new".utf8))
    let file = openat(
      failed, temporary.path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o660)
    guard file >= 0 else { throw Failure(number: errno, what: "the reason cannot be written") }
    defer { close(file) }
    let bytes = Array(reason.utf8)
    let written = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    guard written == bytes.count, fsync(file) == 0,
      renameat(failed, temporary.path, failed, target.path) == 0
    else {
      let number = written >= 0 && written < bytes.count ? ENOSPC : errno
      unlinkat(failed, temporary.path, 0)
      throw Failure(number: number, what: "the reason cannot be written")
    }
  }
}
