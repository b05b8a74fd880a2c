internal import CDanvanPosix
internal import DanvanModel
internal import Glibc

/// One folder that is looked after: what lies in it is taken in and moved away, file by file.
///
/// For the keeper's thread. A file is moved after its commit is on disk, so a process that dies between
/// the two takes it again and finds its texts there.
final class DropFolder {
  let path: String
  private(set) var directory: DropDirectory?
  /// What a writer is known to have closed or moved in since the last look.
  private var closed: Set<DropName> = []
  /// Files that cannot be taken or moved, as they were; tried again when they have changed.
  private var stuck: [DropName: Mark] = [:]
  private var isDirty = true
  private var nextTry = ContinuousClock.now
  private let intake: DropIntake
  private let reports: DropReports
  private let log: Log

  /// How long a file lies unchanged before it counts as complete, where nothing else tells.
  private static let settling: Int64 = 3_000_000_000
  private static let pause = Duration.seconds(5)

  init(_ path: String, intake: DropIntake, reports: DropReports, log: Log) {
    self.path = path
    self.intake = intake
    self.reports = reports
    self.log = log
  }

  /// What tells whether a file is the same and unchanged.
  private struct Mark: Equatable {
    let inode: ino_t
    let size: off_t
    let seconds: Int
    let nanoseconds: Int

    init(_ status: stat) {
      inode = status.st_ino
      size = status.st_size
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
    }
  }

  /// Opens the folder where it is not, or no longer, open; true when it is there now and was not.
  func openIfNeeded() -> Bool {
    if let directory, directory.isAt(path) { return false }
    directory = nil
    do throws(DropDirectory.Failure) {
      directory = try DropDirectory(path)
      isDirty = true
      stuck = [:]
      report { $0.trouble = nil }
      log.notice("drop folder watched", ["folder": path])
      return true
    } catch {
      let isNews = reports.all.first { $0.path == path }?.trouble != error.description
      report {
        $0.trouble = error.description
        $0.waiting = 0
      }
      if isNews { log.warning("drop folder", ["folder": path, "error": error.description]) }
      return false
    }
  }

  func lose() { directory = nil }

  func note(closed name: DropName?) {
    isDirty = true
    if let name { closed.insert(name) }
  }

  /// How long the folder can be left alone when nothing is heard of it.
  var rest: Duration {
    if directory == nil { return Self.pause }
    guard isDirty else { return .seconds(30) }
    return max(.milliseconds(500), ContinuousClock.now.duration(to: nextTry))
  }

  /// Takes what is complete. Throws `DropIntake.Stopping`.
  func tend() throws {
    guard let directory, isDirty, ContinuousClock.now >= nextTry else { return }
    isDirty = false
    let closed = self.closed
    self.closed = []
    do {
      var waiting = try directory.names().filter { isFile($0, directory) }
      report { $0.waiting = waiting.count }
      stuck = stuck.filter { waiting.contains($0.key) }
      for name in waiting {
        if intake.isStopping() { throw DropIntake.Stopping() }
        guard try take(name, isClosed: closed.contains(name), directory) else { continue }
        waiting.removeAll { $0 == name }
        report { $0.waiting = waiting.count }
      }
    } catch let error as DanvanError {
      // The store takes nothing just now; all stays where it is.
      putOff("the store: \(error.message)")
    } catch let error as DropDirectory.Failure {
      putOff(error.description)
      if !error.isPassing { lose() }
    }
  }

  private func putOff(_ reason: String) {
    isDirty = true
    nextTry = .now + Self.pause
    fail(reason)
    log.error("drop folder put off", ["folder": path, "error": reason])
  }

  /// Folders are left where they are.
  private func isFile(_ name: DropName, _ directory: DropDirectory) -> Bool {
    directory.status(of: name).map { $0.st_mode & S_IFMT != S_IFDIR } ?? false
  }

  /// Takes one file; true when it lies here no more.
  private func take(_ name: DropName, isClosed: Bool, _ directory: DropDirectory) throws -> Bool {
    guard let found = directory.status(of: name) else { return true }
    if stuck[name] == Mark(found) { return false }
    guard found.st_mode & S_IFMT == S_IFREG else {
      let isLink = found.st_mode & S_IFMT == S_IFLNK
      return try reject(
        name, found, isLink ? "a link, which is not followed" : "neither a file nor a folder",
        directory)
    }
    let file: Int32
    do throws(DropDirectory.Failure) {
      file = try directory.open(name)
    } catch {
      if error.number == ENOENT { return true }
      if error.isPassing { throw error }
      return try reject(name, found, String(cString: strerror(error.number)), directory)
    }
    defer { close(file) }
    var opened = stat()
    guard fstat(file, &opened) == 0, Mark(opened) == Mark(found),
      isComplete(file, opened, isClosed: isClosed)
    else {
      // Looked at again soon, and when its writer closes it.
      isDirty = true
      return false
    }
    let label = "\(path)/\(name.shown)"
    let outcome = try intake.take(file, label: label, size: Int64(opened.st_size))
    var after = stat()
    guard fstat(file, &after) == 0, Mark(after) == Mark(opened),
      directory.status(of: name).map(Mark.init) == Mark(opened)
    else {
      // Written to or replaced while it was read: what is there now is taken on its own.
      isDirty = true
      return false
    }
    if outcome.rejected > 0 {
      let more = outcome.rejected - outcome.rejections.count
      let reason =
        "\(outcome.stored) documents stored, \(outcome.rejected) rejected:\n"
        + outcome.rejections.joined(separator: "\n") + (more > 0 ? "\nand \(more) more" : "")
      return try reject(name, opened, reason, directory)
    }
    guard try move(name, opened, to: .done, directory) != nil else { return false }
    report { $0.done += 1 }
    log.info("took a file", ["file": label, "documents": outcome.stored])
    return true
  }

  /// A file that nobody writes to: the system says so, or its writer was heard to close it, or it has
  /// lain unchanged for a while.
  private func isComplete(_ file: Int32, _ status: stat, isClosed: Bool) -> Bool {
    switch danvan_is_being_written(file) {
    case 0: return true
    case 1: return false
    default:
      let age =
        Timestamp.now.nanoseconds - Int64(status.st_mtim.tv_sec) * 1_000_000_000
        - Int64(status.st_mtim.tv_nsec)
      return isClosed || age >= Self.settling || age < 0
    }
  }

  private func reject(
    _ name: DropName, _ status: stat, _ reason: String, _ directory: DropDirectory
  ) throws -> Bool {
    guard let moved = try move(name, status, to: .failed, directory) else { return false }
    try directory.write(reason + "\n", beside: moved)
    report { $0.failed += 1 }
    fail("\(name.shown): \(reason.split(separator: "\n").prefix(2).joined(separator: " "))")
    log.warning("file failed", ["file": "\(path)/\(name.shown)", "reason": reason])
    return true
  }

  /// The name that the file has there; nil where it stays.
  private func move(
    _ name: DropName, _ status: stat, to place: DropDirectory.Place, _ directory: DropDirectory
  ) throws -> DropName? {
    do throws(DropDirectory.Failure) {
      let moved = try directory.move(name, to: place)
      guard directory.status(of: moved, in: place)?.st_ino != status.st_ino else { return moved }
      // Replaced at the last moment: the other file has not been read.
      isDirty = true
      return directory.moveBack(moved, from: place, to: name) ? nil : moved
    } catch {
      if error.number == ENOENT || error.isPassing { throw error }
      stuck[name] = Mark(status)
      fail("\(name.shown): \(error.description)")
      log.error("file stays", ["file": "\(path)/\(name.shown)", "error": error.description])
      return nil
    }
  }

  private func fail(_ reason: String) { report { $0.lastFailure = (reason, .now) } }

  private func report(_ body: (inout DropReports.Report) -> Void) { reports.change(path, body) }
}
