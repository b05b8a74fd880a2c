import ArgumentParser
import DanvanClient
import DanvanLanguage
import Glibc

struct RPCCall: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "call",
    abstract: "Call a method with a message in JSON.",
    discussion: """
      Names are those of `dvctl rpc describe`, enums go by name, bytes in base64. The answer is \
      JSON; a stream's messages are a line each, as they come. When the daemon answers with an \
      error, dvctl ends with 64 plus its status code.
      """)

  @Argument(help: ArgumentHelp("The method.", valueName: "method"))
  var method: String

  @Argument(help: ArgumentHelp("The message; - reads it from standard input.", valueName: "json"))
  var json = "{}"

  @Flag(help: "The method answers with a stream: print it until it ends.")
  var stream = false

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let daemon = try connection.connect()
    let schema = try daemon.schema(timeout: connection.deadline())
    let method = try schema.method(named: method)
    guard !method.takesStream else {
      throw Failure(
        .usage, "USAGE", Localized("\(method.path) takes a stream, which dvctl cannot send"))
    }
    guard method.givesStream == stream else {
      throw Failure(
        .usage, "USAGE",
        stream
          ? Localized("\(method.path) answers with one message; leave --stream out")
          : Localized("\(method.path) answers with a stream; add --stream"))
    }
    let payload = try payload(of: method, schema)
    do {
      try call(daemon, method, payload, schema)
    } catch DaemonError.status(let status) {
      throw Failure(answered: status, schema)
    }
  }

  private func call(
    _ daemon: DaemonConnection, _ method: Schema.Method, _ payload: [UInt8], _ schema: Schema
  ) throws {
    let timeout = connection.timeout.map { Duration.seconds($0) }
    guard stream else {
      let answer = try daemon.call(
        method.service, method.name, payload, timeout: timeout ?? connection.deadline())
      return try print(answer, schema, method, isLine: output.format == .ndjson)
    }
    let messages = try daemon.stream(method.service, method.name, payload, timeout: timeout)
    while true {
      if !messages.hasMessage {
        try Interruption.waitWhileRead(for: messages.fileDescriptor, seconds: nil)
      }
      switch try messages.next(timeout: .zero) {
      case .message(let bytes): try print(bytes, schema, method, isLine: true)
      case .nothing: continue
      case .end: return
      }
    }
  }

  private func payload(of method: Schema.Method, _ schema: Schema) throws -> [UInt8] {
    let text = json == "-" ? try Self.standardInput() : json
    do {
      return try schema.bytes(of: try JSON(parsing: text), as: method.input)
    } catch {
      throw Failure(.usage, "USAGE", Localized("\(error)", by: .json))
    }
  }

  private func print(
    _ bytes: [UInt8], _ schema: Schema, _ method: Schema.Method, isLine: Bool
  ) throws {
    guard let json = try? schema.json(of: bytes, as: method.output) else {
      throw Failure(.failed, "MALFORMED", Localized("the answer is no \(method.output)"))
    }
    try Output.write((isLine ? json.compact : json.pretty) + "\n")
  }

  /// All of standard input, up to what fits a frame.
  private static func standardInput() throws -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= 8_388_608 {
      let count = read(0, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    guard let text = String(validating: bytes, as: UTF8.self), bytes.count <= 8_388_608 else {
      throw Failure(.usage, "USAGE", Localized("standard input is not UTF-8, or longer than 8 MiB"))
    }
    return text
  }
}

extension Failure {
  /// An answer that is an error, with its details as far as the description knows them.
  init(answered status: DaemonError.Status, _ schema: Schema) {
    let details = status.details.map { detail in
      let type = String(detail.type.split(separator: "/").last ?? "")
      let value = try? schema.json(of: detail.value, as: type)
      return (type: type, value: value ?? .integer(Int64(detail.value.count)))
    }
    let lines = details.map { "\n  \($0.type) \($0.value.compact)" }.joined()
    self.init(
      ExitStatus(code: status.code), status.name, Localized(status.message, by: .danvan),
      exit: 64 + status.code,
      details: details.map { .object(["type": .string($0.type), "value": $0.value]) },
      spoken: Localized(verbatim: "\(status.name): \(status.message)\(lines)"))
  }
}
