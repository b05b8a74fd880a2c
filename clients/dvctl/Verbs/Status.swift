import ArgumentParser
import DanvanClient
import DanvanMessages

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say how the daemon and its store are.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let status = try connection.connect().status(timeout: connection.deadline())
    try output.renderer.render(Self.report(status))
  }

  static func report(_ status: Danvan_V1_StatusResponse) -> FieldsReport {
    typealias Field = FieldsReport.Field
    func number(_ name: String, _ label: String, _ value: some BinaryInteger) -> Field {
      let value = Int64(clamping: value)
      return Field(name: name, label: label, value: .integer(value), shown: Quantities.count(value))
    }
    func bytes(_ name: String, _ label: String, _ value: UInt64) -> Field {
      let value = Int64(clamping: value)
      return Field(name: name, label: label, value: .integer(value), shown: Quantities.bytes(value))
    }
    let seconds = Double(status.uptimeNano) / 1e9
    var fields = [
      Field(
        name: "version", label: "danvand", value: .string(status.version),
        shown: "\(status.version) (protocol \(status.protocol), schema \(status.schema))"),
      Field(name: "pid", label: "process", value: .integer(Int64(status.pid))),
      Field(
        name: "uptime", label: "up for", value: .real(seconds), shown: Quantities.duration(seconds)),
      Field(name: "store", label: "store", value: .string(status.store)),
      Field(name: "state_directory", label: "kept in", value: .string(status.stateDirectory)),
      Field(name: "socket", label: "socket", value: .string(status.socket)),
      number("articles", "articles", status.articles),
      number("facts", "facts", status.facts),
      number("head_sequence", "last event", status.headSequence),
      bytes("database_bytes", "database", status.databaseBytes),
      bytes("wal_bytes", "write-ahead log", status.walBytes),
      bytes("resident_bytes", "memory", status.residentBytes),
      number("connections", "connections", status.connections),
      number("watchers", "watchers", status.watchers),
      Field(name: "rule_set", label: "rule set", value: .string(status.ruleSet)),
      Field(name: "tokenizer", label: "tokenizer", value: .string(status.tokenizer)),
      Field(name: "protocol", label: "", value: .integer(Int64(status.protocol))),
      Field(name: "schema", label: "", value: .integer(Int64(status.schema))),
    ]
    fields.append(Field(name: "oldest_cursor", label: "", value: .string(status.oldestCursor)))
    let subscriptions = SubscriptionsReport(subscriptions: status.subscriptions)
    fields.append(
      Field(
        name: "subscriptions", label: status.subscriptions.isEmpty ? "" : "subscriptions",
        value: subscriptions.json,
        shown: status.subscriptions.map { one in
          "\(one.name) (\(SubscriptionsReport.state(one)), \(Quantities.count(Int64(clamping: one.lag))) behind)"
        }.joined(separator: ", ")))
    if status.hasRebuild {
      let rebuild = RebuildReport(rebuild: status.rebuild)
      fields.append(
        Field(
          name: "rebuild", label: status.rebuild.hasEnded ? "last rebuild" : "rebuilding facts",
          value: rebuild.object ?? .null, shown: rebuild.sentence))
    }
    if status.hasReread {
      let reread = RebuildReport(rebuild: status.reread, isOfReadings: true)
      fields.append(
        Field(
          name: "reread", label: status.reread.hasEnded ? "last re-reading" : "reading anew",
          value: reread.object ?? .null, shown: reread.sentence))
    }
    if status.hasReloadFailure {
      fields.append(
        Field(
          name: "reload_failure", label: "not reloaded", value: .string(status.reloadFailure)))
    }
    for folder in status.dropFolders {
      fields.append(Field(name: "", label: "drop folder", value: .null, shown: folder.sentence))
    }
    if !status.dropFolders.isEmpty {
      fields.append(
        Field(name: "drop_folders", label: "", value: .array(status.dropFolders.map(\.json))))
    }
    fields += lastErrors(status)
    for note in status.ruleNotes {
      fields.append(Field(name: "", label: "overlay", value: .string(note)))
    }
    if !status.ruleNotes.isEmpty {
      fields.append(Field(name: "rule_notes", label: "", value: .strings(status.ruleNotes)))
    }
    if status.hasWriteFailure {
      fields.append(
        Field(name: "write_failure", label: "cannot write", value: .string(status.writeFailure)))
    }
    return FieldsReport(fields: fields)
  }

  private static func lastErrors(_ status: Danvan_V1_StatusResponse) -> [FieldsReport.Field] {
    typealias Field = FieldsReport.Field
    let shown = status.lastErrors.map { error in
      let words = [
        error.time, error.message, error.method, error.hasCode ? "code \(error.code)" : "",
        error.times > 1 ? "\(Quantities.count(Int64(clamping: error.times))) times" : "",
      ].filter { !$0.isEmpty }.joined(separator: ", ")
      return Field(
        name: "", label: "last errors", value: .null,
        shown: error.reason.isEmpty ? words : "\(words): \(error.reason.printable)")
    }
    let objects = status.lastErrors.map { error in
      JSON.object([
        "time": .string(error.time), "message": .string(error.message),
        "method": error.method.isEmpty ? nil : .string(error.method),
        "code": error.hasCode ? .integer(Int64(error.code)) : nil,
        "reason": .string(error.reason), "times": .integer(Int64(clamping: error.times)),
      ])
    }
    return shown + [
      Field(name: "error_count", label: "", value: .integer(Int64(clamping: status.errorCount))),
      Field(name: "last_errors", label: "", value: .array(objects)),
    ]
  }
}
