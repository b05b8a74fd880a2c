import ArgumentParser
import DanvanClient
import DanvanLanguage
import DanvanMessages

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Say how the daemon and its store are.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let status = try connection.connect().status(timeout: connection.deadline())
    try output.renderer.render(Self.report(status))
  }

  static func report(_ status: Danvan_V1_StatusResponse) -> FieldsReport {
    typealias Field = FieldsReport.Field
    func number(_ name: String, _ label: Localized, _ value: some BinaryInteger) -> Field {
      let value = Int64(clamping: value)
      return Field(name: name, label: label, value: .integer(value), shown: Quantities.count(value))
    }
    func bytes(_ name: String, _ label: Localized, _ value: UInt64) -> Field {
      let value = Int64(clamping: value)
      return Field(name: name, label: label, value: .integer(value), shown: Quantities.bytes(value))
    }
    let seconds = Double(status.uptimeNano) / 1e9
    var fields = [
      Field(
        name: "version", label: Localized("danvand"), value: .string(status.version),
        shown: "\(status.version) (protocol \(status.protocol), schema \(status.schema))"),
      Field(name: "pid", label: Localized("process"), value: .integer(Int64(status.pid))),
      Field(
        name: "uptime", label: Localized("up for"), value: .real(seconds),
        shown: Quantities.duration(seconds)),
      Field(name: "store", label: Localized("store"), value: .string(status.store)),
      Field(
        name: "state_directory", label: Localized("kept in"), value: .string(status.stateDirectory)),
      Field(name: "socket", label: Localized("socket"), value: .string(status.socket)),
      number("articles", Localized("articles"), status.articles),
      number("facts", Localized("facts"), status.facts),
      number("head_sequence", Localized("last event"), status.headSequence),
      bytes("database_bytes", Localized("database"), status.databaseBytes),
      bytes("wal_bytes", Localized("write-ahead log"), status.walBytes),
      bytes("resident_bytes", Localized("memory"), status.residentBytes),
      number("connections", Localized("connections"), status.connections),
      number("watchers", Localized("watchers"), status.watchers),
      Field(name: "rule_set", label: Localized("rule set"), value: .string(status.ruleSet)),
      Field(name: "tokenizer", label: Localized("tokenizer"), value: .string(status.tokenizer)),
      Field(name: "protocol", label: nil, value: .integer(Int64(status.protocol))),
      Field(name: "schema", label: nil, value: .integer(Int64(status.schema))),
    ]
    fields.append(Field(name: "oldest_cursor", label: nil, value: .string(status.oldestCursor)))
    let subscriptions = SubscriptionsReport(subscriptions: status.subscriptions)
    fields.append(
      Field(
        name: "subscriptions",
        label: status.subscriptions.isEmpty ? nil : Localized("subscriptions"),
        value: subscriptions.json,
        shown: status.subscriptions.map { one in
          Localized(
            "\(one.name) (\(Localized(code: SubscriptionsReport.state(one))), \(Quantities.count(Int64(clamping: one.lag))) behind)"
          ).text
        }.joined(separator: ", ")))
    if status.hasRebuild {
      let rebuild = RebuildReport(rebuild: status.rebuild)
      fields.append(
        Field(
          name: "rebuild",
          label:
            status.rebuild.hasEnded
            ? Localized("last rebuild") : Localized("rebuilding facts"),
          value: rebuild.object ?? .null, shown: rebuild.sentence))
    }
    if status.hasReread {
      let reread = RebuildReport(rebuild: status.reread, isOfReadings: true)
      fields.append(
        Field(
          name: "reread",
          label:
            status.reread.hasEnded
            ? Localized("last re-reading") : Localized("reading anew"),
          value: reread.object ?? .null, shown: reread.sentence))
    }
    if status.hasReloadFailure {
      fields.append(
        Field(
          name: "reload_failure", label: Localized("not reloaded"),
          value: .string(status.reloadFailure),
          shown: Localized(status.reloadFailure, by: .danvan).text.printable))
    }
    for folder in status.dropFolders {
      fields.append(
        Field(name: "", label: Localized("drop folder"), value: .null, shown: folder.sentence))
    }
    if !status.dropFolders.isEmpty {
      fields.append(
        Field(name: "drop_folders", label: nil, value: .array(status.dropFolders.map(\.json))))
    }
    fields += lastErrors(status)
    for note in status.ruleNotes {
      fields.append(
        Field(
          name: "", label: Localized("overlay"), value: .string(note),
          shown: Localized(note, by: .danvan).text.printable))
    }
    if !status.ruleNotes.isEmpty {
      fields.append(Field(name: "rule_notes", label: nil, value: .strings(status.ruleNotes)))
    }
    if status.hasWriteFailure {
      fields.append(
        Field(
          name: "write_failure", label: Localized("cannot write"),
          value: .string(status.writeFailure),
          shown: Localized(status.writeFailure, by: .danvan).text.printable))
    }
    return FieldsReport(fields: fields)
  }

  private static func lastErrors(_ status: Danvan_V1_StatusResponse) -> [FieldsReport.Field] {
    typealias Field = FieldsReport.Field
    let shown = status.lastErrors.map { error in
      let words = [
        error.time, Localized(error.message, by: .danvan).text, error.method,
        error.hasCode ? Localized("code \(error.code)").text : "",
        error.times > 1
          ? Localized("\(Quantities.count(Int64(clamping: error.times))) times").text : "",
      ].filter { !$0.isEmpty }.joined(separator: ", ")
      return Field(
        name: "", label: Localized("last errors"), value: .null,
        shown: error.reason.isEmpty
          ? words : "\(words): \(Localized(error.reason, by: .danvan).text.printable)")
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
      Field(name: "error_count", label: nil, value: .integer(Int64(clamping: status.errorCount))),
      Field(name: "last_errors", label: nil, value: .array(objects)),
    ]
  }
}
