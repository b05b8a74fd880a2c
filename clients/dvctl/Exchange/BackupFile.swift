import DanvanZlib
import Glibc

/// A file of `dvctl backup`: a SQLite database, compressed with gzip or not.
struct BackupFile {
  private static let gzipOpening: [UInt8] = [0x1F, 0x8B]
  /// With which every SQLite 3 database begins.
  private static let databaseOpening = Array("SQLite format 3\0".utf8)
  private static let room = 256 << 10

  /// `-` is standard input.
  let path: String

  /// Hands the database's bytes to `take`, piece by piece. Throws where the file is neither, or is cut
  /// short.
  func unpack(into take: ([UInt8]) throws -> Void) throws {
    let file = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure(Localized(system: errno)) }
    defer { if file > 0 { close(file) } }
    var opening: [UInt8] = []
    func checked(_ piece: [UInt8]) throws {
      if opening.count < Self.databaseOpening.count {
        opening += piece.prefix(Self.databaseOpening.count - opening.count)
        guard Self.databaseOpening.starts(with: opening) else {
          throw failure(Localized("is no backup: no SQLite database begins so"))
        }
      }
      try take(piece)
    }
    var first = try read(file)
    while first.count < 2, case let more = try read(file), !more.isEmpty { first += more }
    if first.starts(with: Self.gzipOpening) {
      try inflate(first, file, checked)
    } else {
      var piece = first
      while !piece.isEmpty {
        try checked(piece)
        piece = try read(file)
      }
    }
    guard opening.count == Self.databaseOpening.count else {
      throw failure(Localized("is no backup: too short"))
    }
  }

  private func inflate(_ first: [UInt8], _ file: Int32, _ take: ([UInt8]) throws -> Void) throws {
    let stream = try GunzipStream()
    var output = [UInt8](repeating: 0, count: Self.room)
    var input = first
    while true {
      var start = 0
      while true {
        let (read, written) = try step(stream, input[start...], &output)
        start += read
        if written > 0 { try take(Array(output[..<written])) }
        if written == 0, read == 0 || start == input.count { break }
      }
      if input.isEmpty { break }
      input = try self.read(file)
    }
    guard stream.isComplete else { throw failure(Localized("is cut short")) }
  }

  private func step(_ stream: GunzipStream, _ input: ArraySlice<UInt8>, _ output: inout [UInt8])
    throws(Failure) -> (read: Int, written: Int)
  {
    do {
      return try input.withUnsafeBufferPointer { bytes in
        try output.withUnsafeMutableBufferPointer { try stream.inflate(bytes, into: $0) }
      }
    } catch {
      throw failure(Localized("is damaged: \("\(error)")"))
    }
  }

  private func read(_ file: Int32) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.room)
    while true {
      let count = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(Localized(system: errno)) }
      return Array(bytes[..<count])
    }
  }

  private func failure(_ what: Localized) -> Failure {
    Failure(.failed, "INVALID_ARGUMENT", Localized("\(path): \(what)"))
  }
}
