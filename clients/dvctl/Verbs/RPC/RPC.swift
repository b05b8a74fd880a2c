import ArgumentParser
import DanvanClient
import DanvanMessages

struct RPC: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rpc",
    abstract: "Call any method of the daemon, by what it says of itself.",
    discussion: """
      A daemon describes its own services and messages, so that dvctl can call methods that it was \
      not built for. A METHOD is named as danvan.v1.Search/Query, Search/Query, or Query where that \
      is the only one.
      """,
    subcommands: [RPCList.self, RPCDescribe.self, RPCCall.self])
}

struct RPCList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the daemon's methods.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let schema = try connection.connect().schema(timeout: connection.deadline())
    try output.renderer.render(MethodList(methods: schema.methods))
  }
}

struct RPCDescribe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Print a method with its messages, or all files of the description.")

  @Argument(help: ArgumentHelp("None: the whole.", valueName: "method"))
  var method: String?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let daemon = try connection.connect()
    let description = try daemon.describe(timeout: connection.deadline())
    guard let method else {
      return try output.renderer.render(DescriptionReport(files: description.files))
    }
    let schema = try Schema(description)
    try output.renderer.render(
      MethodReport(schema: schema, method: try schema.method(named: method)))
  }
}

extension DaemonConnection {
  /// What the daemon says of itself.
  func schema(timeout: Duration) throws -> Schema { try Schema(try describe(timeout: timeout)) }
}

extension Schema {
  /// Throws `Failure` for a description that makes no sense.
  init(_ description: Danvan_V1_DescribeResponse) throws {
    do throws(SchemaError) {
      try self.init(files: description.files.map { ($0.name, $0.text) })
    } catch {
      throw Failure(
        .failed, "MALFORMED",
        Localized(
          "the daemon's description makes no sense: \(error.file), line \(error.line): \(error.message)"
        )
      )
    }
  }
}
