internal import Dispatch

/// A connection that threads use one after the other.
final class SerialConnection: @unchecked Sendable {
  // Nothing but the queue touches it.
  private var database: Database?
  private let queue = DispatchQueue(label: "danvan.sqlite")

  init(_ database: sending Database) { self.database = database }

  /// Not to be called from within `body`.
  func run<Answer>(_ body: (Database) throws -> Answer) throws -> Answer {
    try queue.sync {
      guard let database else { throw DatabaseError.isClosed }
      defer { database.endReads() }
      return try body(database)
    }
  }

  /// Throws, and stays open, where somebody holds one of its statements.
  func close() throws {
    try queue.sync {
      try database?.close()
      database = nil
    }
  }
}
