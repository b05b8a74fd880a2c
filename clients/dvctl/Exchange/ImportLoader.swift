import DanvanClient
import DanvanInputs
import DanvanLanguage
import DanvanMessages
import DanvanModel
import Glibc
import SwiftProtobuf

/// Sends the lines of an export to a daemon, a batch at a time, and counts what became of them.
struct ImportLoader {
  private let daemon: DaemonConnection
  private let timeout: Duration
  private let checkpoint: IngestCheckpoint?
  private var request: Danvan_V1_ImportRequest
  private var requestBytes = 0
  /// Of the items of the request.
  private var lineNumbers: [Int] = []
  private var lastLine = 0
  private var linesDone = 0
  private var counts: [Danvan_V1_ImportResult.ImportOutcome: Int64] = [:]
  private var renumbered: Int64 = 0
  private var progress: Progress
  static let regroupedMark = ", copies looked for"
  private static let batchBytes = 1 << 20
  private static let batchItems = 200
  /// A document of 4 MiB in base64, its text, facts and JSON's escapes.
  private static let lineLimit = 64 << 20

  init(
    daemon: DaemonConnection, timeout: Duration, sameIDs: Bool, regroups: Bool,
    checkpoint: IngestCheckpoint?, size: Int64?
  ) {
    self.daemon = daemon
    self.timeout = timeout
    self.checkpoint = checkpoint
    request = .with {
      $0.sameIds = sameIDs
      $0.regroup = regroups
    }
    progress = Progress(total: Talk.isTerminal ? size : nil)
  }

  /// Throws `Failure` at the first line that cannot be taken; what was sent before it is stored.
  mutating func load(_ path: String) throws {
    let schema = try Schema(files: ProtocolFiles.all)
    var lines = try Self.lines(of: path)
    var hasHead = false
    var end: Danvan_V1_ExportEnd?
    while let (number, content) = try lines.next() {
      guard end == nil else {
        throw Self.failure(path, number, Localized("something follows the end"))
      }
      let item = try Self.item(content, schema, path, number)
      guard item.hasHead != hasHead else {
        throw Self.failure(
          path, number,
          hasHead
            ? Localized("a second head") : Localized("no head: this is no export of danvan"))
      }
      if item.hasHead {
        try Self.check(item.head, path)
        hasHead = true
      }
      if item.hasEnd { end = item.end }
      if number <= checkpoint?.done ?? 0 {
        if number == checkpoint?.done { try checkpoint?.check(label(number)) }
        lastLine = number
        continue
      }
      try add(item, content.count, number, path)
      progress.update(bytes: lines.bytesRead, articles: Int64(linesDone))
    }
    try send(path)
    guard end != nil else {
      throw Failure(
        .failed, "DATA_LOSS",
        Localized(
          "\(path): it breaks off behind line \(lastLine); everything up to there is stored"))
    }
  }

  private static func lines(of path: String) throws -> InputLines {
    do {
      return try InputLines(path: path, limit: lineLimit)
    } catch {
      throw Failure(
        .failed, error.code.name, Localized("\(path): \(Localized(error.message, by: .danvan))"))
    }
  }

  private static func item(
    _ content: [UInt8], _ schema: Schema, _ path: String, _ number: Int
  ) throws -> Danvan_V1_ExportItem {
    guard let text = String(validating: content, as: UTF8.self) else {
      throw failure(path, number, Localized("not UTF-8"))
    }
    do {
      let bytes = try schema.bytes(of: JSON(parsing: text), as: JSONLinesSink.type)
      return try Danvan_V1_ExportItem(serializedBytes: bytes)
    } catch {
      throw failure(path, number, Localized("\(error)", by: .json))
    }
  }

  private static func check(_ head: Danvan_V1_ExportHead, _ path: String) throws {
    guard head.version == 1 else {
      throw Failure(
        .failed, "FAILED_PRECONDITION",
        Localized("\(path): an export of version \(head.version); this dvctl knows version 1"))
    }
  }

  private static func failure(_ path: String, _ line: Int, _ reason: Localized) -> Failure {
    Failure(.failed, "INVALID_ARGUMENT", Localized("\(path):\(line): \(reason)"))
  }

  private mutating func add(
    _ item: Danvan_V1_ExportItem, _ bytes: Int, _ number: Int, _ path: String
  ) throws {
    var item = item
    // Facts are made anew; they need not travel.
    if item.hasText { item.text.clearFacts() }
    if !request.items.isEmpty,
      requestBytes + bytes > Self.batchBytes || request.items.count >= Self.batchItems
    {
      try send(path)
    }
    request.items.append(item)
    lineNumbers.append(number)
    requestBytes += bytes
    lastLine = number
  }

  private mutating func send(_ path: String) throws {
    guard !request.items.isEmpty else { return }
    let results = try answers(path)
    for (item, result) in zip(request.items, results) {
      counts[result.outcome, default: 0] += 1
      if item.hasText, result.outcome == .added, result.articleID != item.text.id {
        renumbered += 1
      }
      if result.outcome == .savedSearchKept {
        progress.clear()
        Talk.say(
          Localized(
            "the saved search \(item.savedSearch.name) is there with another query, and stays"))
      }
    }
    linesDone += results.count
    request.items = []
    lineNumbers = []
    requestBytes = 0
    try checkpoint?.advance(by: lastLine - (checkpoint?.done ?? 0), label: label(lastLine))
  }

  private func answers(_ path: String) throws(Failure) -> [Danvan_V1_ImportResult] {
    do throws(DaemonError) {
      return try daemon.take(request, timeout: timeout)
    } catch {
      let failure = Failure(error)
      guard case .status(let status) = error else { throw failure }
      let first = lineNumbers.first ?? lastLine
      let place =
        if let item = error.faultyItem, lineNumbers.indices.contains(item - 1) {
          "\(path):\(lineNumbers[item - 1]): \(status.message)"
        } else {
          "\(path): \(status.message)"
        }
      throw Failure(
        failure.status, status.name,
        Localized(
          "\(place); lines \(first) to \(lastLine) came together, none of which is stored"))
    }
  }

  /// What a checkpoint calls a line.
  private func label(_ line: Int) -> String {
    "line \(line)" + (request.regroup ? Self.regroupedMark : "")
  }

  /// Says what became of it.
  mutating func report(_ path: String) {
    progress.clear()
    func count(_ outcome: Danvan_V1_ImportResult.ImportOutcome) -> String {
      Quantities.count(counts[outcome] ?? 0)
    }
    var parts = [
      Localized(
        "added \(count(.added)), revised \(count(.updated)), there already \(count(.known))")
    ]
    for (what, added, known) in [
      (Localized("saved searches"), .savedSearch, [.savedSearchKnown, .savedSearchKept]),
      (Localized("rulings"), .ruling, [.rulingKnown]),
    ] as [(Localized, Danvan_V1_ImportResult.ImportOutcome, [Danvan_V1_ImportResult.ImportOutcome])]
    {
      let there = known.reduce(0) { $0 + (counts[$1] ?? 0) }
      guard (counts[added] ?? 0) + there > 0 else { continue }
      parts.append(
        Localized("\(what): added \(count(added)), there already \(Quantities.count(there))"))
    }
    if renumbered > 0 {
      parts.append(Localized("\(Quantities.count(renumbered)) got another number"))
    }
    parts.append(Localized("in \(Quantities.duration(progress.seconds))"))
    Talk.say(.joined(parts, by: "; "))
  }
}
