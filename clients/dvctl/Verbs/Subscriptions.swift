import ArgumentParser
import DanvanClient
import DanvanMessages

struct Subscriptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "subs",
    abstract: "List the named subscriptions, make, move and delete them.",
    discussion: """
      subs; subs create NAME [query...] [--from WHERE]; subs ack NAME CURSOR; subs seek NAME WHERE; \
      subs delete NAME. `dvctl watch --name NAME` follows one.
      """)

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("create, ack, seek or delete, and what it wants.", valueName: "words"))
  var words: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Where a new one begins: as in watch.", valueName: "where"))
  var from = "now"

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  enum Action: Equatable {
    case list
    case create(String, query: String)
    case ack(String, String)
    case seek(String, String)
    case delete(String)
  }

  func validate() throws {
    try rejectStrayOptions(words)
    _ = try action()
  }

  func action() throws -> Action {
    let rest = Array(words.filter { $0 != "--" }.dropFirst())
    switch (words.first, rest.count) {
    case (nil, _), ("list", 0): return .list
    case ("create", 1...): return .create(rest[0], query: rest.dropFirst().joined(separator: " "))
    case ("ack", 2): return .ack(rest[0], rest[1])
    case ("seek", 2): return .seek(rest[0], rest[1])
    case ("delete", 1): return .delete(rest[0])
    default:
      throw ValidationError(
        Localized(
          "Expected nothing, or: create NAME [query], ack NAME CURSOR, seek NAME WHERE, delete NAME."
        ))
    }
  }

  func run() throws {
    let action = try action()
    let daemon = try connection.connect(forChanges: action != .list)
    let deadline = connection.deadline()
    switch action {
    case .list:
      try show(daemon.subscriptions(timeout: deadline))
    case .create(let name, let query):
      let place = try StartingPlace.wire(from)
      try show([
        daemon.createSubscription(name, query: query, from: place, timeout: deadline)
      ])
    case .ack(let name, let cursor):
      let place = try StartingPlace.wire(cursor)
      try show([daemon.acknowledge(name, cursor: place, timeout: deadline)])
    case .seek(let name, let text):
      let place = try StartingPlace.wire(text)
      try show([daemon.seek(name, to: place, timeout: deadline)])
    case .delete(let name):
      try daemon.deleteSubscription(name, timeout: deadline)
    }
  }

  private func show(_ subscriptions: [Danvan_V1_Subscription]) throws {
    try output.renderer.render(SubscriptionsReport(subscriptions: subscriptions))
  }
}

/// Subscriptions as a table.
struct SubscriptionsReport: Report {
  let subscriptions: [Danvan_V1_Subscription]

  func lines(_ style: Style) -> [String] {
    if subscriptions.isEmpty { return [] }
    var table = Table([
      .init(name: Localized("NAME")), .init(name: Localized("BEHIND"), side: .right),
      .init(name: Localized("STATE")),
      .init(name: Localized("ACKNOWLEDGED")), .init(name: Localized("CURSOR")),
      .init(name: Localized("QUERY"), least: 10),
    ])
    table.rows = subscriptions.map { one in
      [
        one.name, Quantities.count(Int64(clamping: one.lag)), Localized(code: Self.state(one)).text,
        one.hasAcknowledged ? String(one.acknowledged.prefix(19)) : Localized("never").text,
        one.cursor, one.query,
      ]
    }
    return table.lines(style)
  }

  var rows: [JSON] { subscriptions.map(Self.row) }
  var json: JSON { .array(rows) }

  static func state(_ one: Danvan_V1_Subscription) -> String {
    if one.cutOff { return "cut off" }
    return one.atRisk ? "at risk" : "good"
  }

  private static func row(_ one: Danvan_V1_Subscription) -> JSON {
    .object([
      "name": .string(one.name), "query": .string(one.query), "cursor": .string(one.cursor),
      "lag": .integer(Int64(clamping: one.lag)), "state": .string(state(one)),
      "created": .string(one.created),
      "acknowledged": one.hasAcknowledged ? .string(one.acknowledged) : nil,
    ])
  }
}
