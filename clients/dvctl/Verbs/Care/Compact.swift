import ArgumentParser
import DanvanClient
import DanvanMessages
import SwiftProtobuf

struct Compact: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Take what was removed out of the file, and give its room back.",
    discussion: """
      Removed articles leave their words in the indexes and in lists of names. Afterwards no word that \
      only removed articles held is in the database. Needs as much room on the disk as the store takes; \
      what changes the store waits meanwhile.
      """)

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let stream = try connection.connect(forChanges: true).compact()
    guard case .message(let payload) = try stream.next(),
      let found = try? Danvan_V1_CompactResponse(serializedBytes: payload)
    else { throw Failure(.failed, "LOST", Localized("the store did not say how it ended")) }
    func bytes(_ name: String, _ label: Localized, _ value: UInt64) -> FieldsReport.Field {
      let value = Int64(clamping: value)
      return .init(name: name, label: label, value: .integer(value), shown: Quantities.bytes(value))
    }
    let forgotten = Int64(clamping: found.forgotten)
    try output.renderer.render(
      FieldsReport(fields: [
        bytes("before", Localized("before"), found.before),
        bytes("after", Localized("after"), found.after),
        .init(
          name: "forgotten", label: Localized("names and terms forgotten"),
          value: .integer(forgotten),
          shown: Quantities.count(forgotten)),
      ]))
  }
}
