import DanvanLanguage
import DanvanMessages
import DanvanModel

/// Counts what became of the documents, and says it: faults at once, the sums at the end.
struct IngestTally {
  private let renderer: Renderer
  var progress: Progress
  private(set) var added: Int64 = 0
  private(set) var updated: Int64 = 0
  private(set) var duplicates: Int64 = 0
  private(set) var rejected: Int64 = 0
  private var isReaderGone = false
  /// Where rejected documents are also written to.
  var rejects: RejectFile?
  /// Files in folders that no reader is for.
  var passedOver = 0
  /// Sent, and the connection was lost before an answer came.
  var unanswered = 0

  init(renderer: Renderer, progress: Progress) {
    self.renderer = renderer
    self.progress = progress
  }

  var seen: Int64 { added + updated + duplicates + rejected }

  mutating func add(_ label: String, _ result: Danvan_V1_IngestResult) throws {
    switch result.outcome {
    case .added:
      added += 1
      try row(label, "added", result)
    case .updated:
      updated += 1
      try row(label, "updated", result)
    case .duplicate:
      duplicates += 1
      try row(label, "duplicate", result)
    case .rejected, .unspecified, .UNRECOGNIZED:
      let code = ErrorCode(rawValue: result.errorCode)?.name ?? "UNKNOWN"
      try add(rejected: label, code: code, result.error)
    }
  }

  mutating func add(rejected label: String, code: String, _ reason: String) throws {
    rejected += 1
    progress.clear()
    Talk.say(Localized("rejected \(label): \(Localized(reason, by: .danvan))"))
    let row: JSON = [
      "input": .string(label), "outcome": "rejected", "code": .string(code),
      "error": .string(reason),
    ]
    try rejects?.write(row)
    if renderer.format == .ndjson { try write(row) }
  }

  /// The sums: on standard error for people, as data where JSON was asked for.
  mutating func finish() throws {
    progress.clear()
    if renderer.format == .json {
      try renderer.render(
        FieldsReport(
          fields: [
            .init(name: "added", label: Localized("added"), value: .integer(added)),
            .init(name: "updated", label: Localized("updated"), value: .integer(updated)),
            .init(
              name: "duplicate", label: Localized("duplicate"), value: .integer(duplicates)
            ),
            .init(
              name: "rejected", label: Localized("rejected"), value: .integer(rejected)),
          ]
            + (unanswered > 0
              ? [
                .init(
                  name: "unanswered", label: Localized("without an answer"),
                  value: .integer(Int64(unanswered)))
              ] : [])))
    }
    let counts =
      [Localized("added \(Quantities.count(added))")]
      + (updated > 0 ? [Localized("updated \(Quantities.count(updated))")] : [])
      + [Localized("duplicate \(Quantities.count(duplicates))")]
    let time = Quantities.duration(progress.seconds)
    let sums = Localized(
      "\(Localized.joined(counts, by: ", ")), rejected \(Quantities.count(rejected)) in \(time)")
    if unanswered > 0 {
      Talk.say(
        Localized(
          """
          documents without an answer: \(Quantities.count(Int64(unanswered))); they may be stored; \
          ingest them again, what is stored counts as a duplicate
          """))
    }
    Talk.close(
      passedOver > 0 ? Localized("\(sums); passed over \(passedOver) of other kinds") : sums)
  }

  private mutating func row(_ label: String, _ outcome: String, _ result: Danvan_V1_IngestResult)
    throws
  {
    guard renderer.format == .ndjson else { return }
    try write([
      "input": .string(label), "outcome": .string(outcome), "id": .integer(result.articleID),
      "cursor": .string(result.cursor),
    ])
  }

  /// Storing goes on when nobody reads the rows any more.
  private mutating func write(_ row: JSON) throws {
    if isReaderGone { return }
    do {
      try Output.write(row.compact + "\n")
    } catch is OutputClosed {
      isReaderGone = true
    }
  }
}
