import ArgumentParser
import DanvanClient
import DanvanMessages

struct Connections: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conns",
    abstract: "List who is connected, and what they wait for.",
    discussion: "For those who may change things; on a reader's socket it is denied.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let list = try connection.connect(forChanges: true).connections(timeout: connection.deadline())
    try output.renderer.render(ConnectionsReport(connections: list))
  }
}

struct ConnectionsReport: Report {
  let connections: [Danvan_V1_ConnectionState]

  func lines(_ style: Style) -> [String] {
    var table = Table([
      Table.Column(name: Localized("CONN"), side: .right),
      Table.Column(name: Localized("CLIENT"), least: 8),
      Table.Column(name: Localized("PID"), side: .right),
      Table.Column(name: Localized("UID"), side: .right),
      Table.Column(name: Localized("SOCKET")), Table.Column(name: Localized("AGE"), side: .right),
      Table.Column(name: Localized("CALLS"), side: .right),
      Table.Column(name: Localized("IN"), side: .right),
      Table.Column(name: Localized("OUT"), side: .right),
      Table.Column(name: Localized("WAITING"), side: .right),
      Table.Column(name: Localized("LAG"), side: .right),
      Table.Column(name: Localized("IN PROGRESS"), least: 12),
    ])
    table.rows = connections.map { one in
      [
        "\(one.number)", one.client.isEmpty ? "?" : one.client, "\(one.pid)", "\(one.uid)",
        one.socket, Quantities.duration(Double(one.ageNano) / 1e9), Self.count(one.calls),
        Self.bytes(one.bytesIn), Self.bytes(one.bytesOut), Self.bytes(one.bytesWaiting),
        Self.lag(of: one).map(Self.count) ?? "", Self.summary(one.inProgress),
      ]
    }
    return table.lines(style)
  }

  /// Of the watch that is furthest behind.
  private static func lag(of one: Danvan_V1_ConnectionState) -> UInt64? {
    one.inProgress.filter(\.hasLag).map(\.lag).max()
  }

  /// `Events/Watch ×3, Search/Query`
  static func summary(_ calls: [Danvan_V1_ConnectionState.Call]) -> String {
    var counts: [(name: String, count: Int)] = []
    for call in calls {
      // Services of one package are told apart by their last word.
      let name = String(call.method.split(separator: ".").last ?? "")
      if let index = counts.firstIndex(where: { $0.name == name }) {
        counts[index].count += 1
      } else {
        counts.append((name, 1))
      }
    }
    return counts.map { $0.count == 1 ? $0.name : "\($0.name) ×\($0.count)" }
      .joined(separator: ", ")
  }

  private static func count(_ value: UInt64) -> String { Quantities.count(Int64(clamping: value)) }
  private static func bytes(_ value: UInt64) -> String { Quantities.bytes(Int64(clamping: value)) }

  var json: JSON { .array(rows) }

  var rows: [JSON] {
    connections.map { one in
      [
        "connection": .integer(Int64(clamping: one.number)), "client": .string(one.client),
        "pid": .integer(Int64(one.pid)), "uid": .integer(Int64(one.uid)),
        "gid": .integer(Int64(one.gid)), "socket": .string(one.socket),
        "features": .strings(one.features), "age": .real(Double(one.ageNano) / 1e9),
        "calls": .integer(Int64(clamping: one.calls)),
        "bytes_in": .integer(Int64(clamping: one.bytesIn)),
        "bytes_out": .integer(Int64(clamping: one.bytesOut)),
        "bytes_waiting": .integer(Int64(clamping: one.bytesWaiting)),
        "in_progress": .array(
          one.inProgress.map { call in
            .object(
              [
                "stream": .integer(Int64(call.stream)), "method": .string(call.method),
                "lag": call.hasLag ? .integer(Int64(clamping: call.lag)) : nil,
              ] as KeyValuePairs<String, JSON?>)
          }),
      ]
    }
  }
}
