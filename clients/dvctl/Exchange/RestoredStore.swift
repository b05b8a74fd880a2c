import DanvanLanguage
import DanvanModel
import DanvanSQLite
import Glibc

/// A database on its way into a state directory: it appears there when it is whole, verified and on disk.
final class RestoredStore {
  private let database: String
  private let owner: (uid: uid_t, gid: gid_t)
  private let lock: Int32
  private var file: Int32
  private var part: String { database + ".part" }

  /// Throws where the directory is not there, a daemon has it open, or there is a store in it that is not
  /// to be replaced.
  init(directory: String, replaces: Bool) throws(Failure) {
    database = directory + "/danvan.db"
    var about = stat()
    guard stat(directory, &about) == 0 else { throw Self.failure(directory) }
    owner = (about.st_uid, about.st_gid)
    lock = open(directory + "/lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    file = -1
    guard lock >= 0 else { throw Self.failure(directory + "/lock") }
    fchown(lock, owner.uid, owner.gid)
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      throw Failure(
        .failed, "ABORTED", Localized("\(directory): a danvand has it open; stop it first"))
    }
    guard replaces || access(database, F_OK) != 0 else {
      throw Failure(
        .failed, "ALREADY_EXISTS",
        Localized("\(database) is there; --replace keeps it beside the new one"))
    }
    guard access(database + ".replaced", F_OK) != 0 else {
      throw Failure(
        .failed, "ALREADY_EXISTS",
        Localized(
          "\(database).replaced, the store of before an earlier restore, is there; move it away or remove it"
        )
      )
    }
    removePart()
    file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw Self.failure(part) }
  }

  deinit {
    if file >= 0 {
      close(file)
      removePart()
    }
    close(lock)
  }

  /// With what SQLite keeps beside it: a journal that one who was killed left would be played into the next.
  private func removePart() {
    for ending in ["", "-journal", "-wal", "-shm"] { unlink(part + ending) }
  }

  func write(_ bytes: [UInt8]) throws {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.failure(part) }
      written += count
    }
  }

  /// Verifies, gives the store its new id, and puts it in place; returns how many articles it has.
  func finish() throws -> Int64 {
    let articles = try renew()
    guard fchown(file, owner.uid, owner.gid) == 0, fsync(file) == 0 else {
      throw Self.failure(part)
    }
    let present = ["", "-wal", "-shm"].filter { access(database + $0, F_OK) == 0 }
    for (number, ending) in present.enumerated()
    where rename(database + ending, database + ".replaced" + ending) != 0 {
      let failure = Self.failure(database + ending)
      putBack(present.prefix(number))
      throw failure
    }
    guard rename(part, database) == 0 else {
      let failure = Self.failure(database)
      putBack(present[...])
      throw failure
    }
    try syncNames()
    close(file)
    file = -1
    return articles
  }

  /// After a rename that failed: nothing is replaced then.
  private func putBack(_ endings: ArraySlice<String>) {
    for ending in endings { rename(database + ".replaced" + ending, database + ending) }
  }

  /// A new name is on disk with its directory.
  private func syncNames() throws(Failure) {
    let path = String(database.dropLast("/danvan.db".count))
    let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw Self.failure(path) }
    defer { close(directory) }
    guard fsync(directory) == 0 else { throw Self.failure(path) }
  }

  private func renew() throws -> Int64 {
    do {
      let store = try Database(path: part, mode: .readWrite)
      let faults = try String.fetchAll(store, sql: "PRAGMA quick_check")
      guard faults == ["ok"] else {
        throw Self.damaged(Localized(verbatim: faults.joined(separator: "; ")))
      }
      let schema = try Int64.fetchOne(store, sql: "PRAGMA user_version") ?? 0
      guard schema <= Release.schema else {
        let known = Release.schema
        throw Failure(
          .failed, "FAILED_PRECONDITION",
          Localized("a store of schema \(schema); this danvan knows none newer than \(known)"))
      }
      try setIdentity(of: store)
      let articles = try Int64.fetchOne(store, sql: "SELECT count(*) FROM article") ?? 0
      try store.close()
      return articles
    } catch let error as DatabaseError {
      throw Self.damaged(Localized(error.message ?? error.description, by: .system))
    }
  }

  private func setIdentity(of store: Database) throws {
    let foreign = Failure(
      .failed, "INVALID_ARGUMENT", Localized("this SQLite database is no store of danvan's"))
    do {
      try store.execute(
        sql: "UPDATE meta SET value = ? WHERE key = 'store'",
        arguments: [Int64(UInt32.random(in: .min ... .max))])
    } catch let error as DatabaseError where error.resultCode == .error {
      // There is no such table.
      throw foreign
    }
    guard store.changesCount == 1 else { throw foreign }
  }

  private static func damaged(_ reason: Localized) -> Failure {
    Failure(
      .failed, "DATA_LOSS", Localized("the backup is damaged (\(reason)); nothing was replaced"))
  }

  private static func failure(_ path: String) -> Failure {
    Failure(.failed, "OUTPUT", Localized("\(path): \(Localized(system: errno))"))
  }
}
