import ArgumentParser
import DanvanClient
import DanvanMessages

struct Ping: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ping", abstract: "Ask whether the daemon serves.")

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let daemon = try connection.connect()
    let watch = Stopwatch()
    guard try daemon.isServing(timeout: connection.deadline(otherwise: 10)) else {
      throw Failure(
        .unreachable, "NOT_SERVING", Localized("danvand at \(daemon.socket) does not serve now"))
    }
    let micros = (watch.seconds * 1e6).rounded()
    let server =
      daemon.hello.map { "\($0.server) \($0.version)" } ?? Localized("a ttrpc server").text
    try output.renderer.render(
      PongReport(server: server, socket: daemon.socket, micros: Int64(micros)))
  }
}

private struct PongReport: Report {
  let server: String
  let socket: String
  let micros: Int64

  func lines(_ style: Style) -> [String] {
    [Localized("\(server) serves at \(socket), answered in \(micros) µs").text]
  }

  var json: JSON {
    [
      "serving": true, "server": .string(server), "socket": .string(socket),
      "micros": .integer(micros),
    ]
  }
}
