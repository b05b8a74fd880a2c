import ArgumentParser
import DanvanClient
import DanvanMessages
import DanvanZlib
import Glibc
import SwiftProtobuf

struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the whole store while it is in use.",
    discussion: """
      The copy is a SQLite database as of one moment, compressed with gzip, without what was deleted; \
      its pages were verified. It appears under its name when it is whole and on disk; a file that has \
      this name already stays, unless --force is given. \
      `dvctl restore` makes a store of it.
      """)

  @Argument(help: ArgumentHelp("Where to write it; - is standard output.", valueName: "file"))
  var path: String

  @Flag(help: "Replace a file of that name.")
  var force = false

  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    if path == "-", isatty(1) == 1 {
      throw ValidationError(Localized("A backup is not for a terminal: name a file, or pipe it."))
    }
  }

  func run() throws {
    let file = try OutputFile(path: path == "-" ? nil : path, mode: 0o600, replacing: force)
    let stream = try connection.connect(forChanges: true).backup()
    let gzip = try GzipStream()
    var checksum = CRC32()
    var (head, end): (Danvan_V1_BackupHead?, Danvan_V1_BackupEnd?)
    var (bytes, compressed): (Int64, Int64) = (0, 0)
    var progress = Progress(total: nil)
    while case .message(let payload) = try stream.next() {
      guard let item = try? Danvan_V1_BackupItem(serializedBytes: payload) else {
        throw DaemonError.malformed("a backup's message is no BackupItem")
      }
      if item.hasHead {
        head = item.head
        progress = Progress(total: Int64(clamping: item.head.bytes))
      }
      if item.hasPiece {
        let piece = Array(item.piece)
        piece.withUnsafeBufferPointer { checksum.add($0) }
        bytes += Int64(piece.count)
        let packed = try gzip.deflate(piece)
        compressed += Int64(packed.count)
        try file.write(bytes: packed)
        progress.update(bytes: bytes, articles: 0)
      }
      if item.hasEnd { end = item.end }
    }
    progress.clear()
    guard let head, let end, end.crc32 == checksum.value, Int64(clamping: head.bytes) == bytes
    else {
      throw Failure(
        .failed, "LOST", Localized("the backup broke off; nothing was written under its name"))
    }
    let rest = try gzip.deflate([], ends: true)
    compressed += Int64(rest.count)
    try file.write(bytes: rest)
    try file.finish()
    Talk.say(
      Localized(
        """
        backed up \(Quantities.articles(Int64(clamping: head.articles))) as of \(head.cursor): \
        \(Quantities.bytes(bytes)), \(Quantities.bytes(compressed)) compressed, in \
        \(Quantities.duration(progress.seconds))
        """))
  }
}
