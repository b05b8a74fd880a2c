import ArgumentParser
import DanvanClient
import DanvanMessages
import Glibc
import SwiftProtobuf

struct Trace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Follow the frames of a connection.",
    discussion: """
      A line for each frame in either direction, without bodies, until the connection ends. For \
      those who may change things; `dvctl conns` has the numbers.
      """)

  @Argument(
    help: ArgumentHelp(
      "The connection's number. None: all others, also those to come.", valueName: "connection"))
  var number: UInt64?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if number == 0 { throw ValidationError(Localized("There is no connection 0.")) }
  }

  func run() throws {
    if isatty(0) == 1 || isatty(1) == 1 {
      signal(SIGINT) { _ in _exit(ExitStatus.success.rawValue) }
    }
    let stream = try connection.connect(forChanges: true).trace(number ?? 0)
    let watch = Stopwatch()
    // A stream has no end to close a JSON list at, so json is a value a frame as well.
    let format = output.format == .json ? Format.ndjson : output.format
    let renderer = Renderer(format: format, style: output.renderer.style)
    while true {
      let left = connection.timeout.map { $0 - watch.seconds }
      if let left, left <= 0 { return }
      if !stream.hasMessage {
        try Interruption.waitWhileRead(for: stream.fileDescriptor, seconds: left)
      }
      switch try stream.next(timeout: .zero) {
      case .nothing: continue
      case .end: return
      case .message(let bytes):
        guard let frame = try? Danvan_V1_TraceFrame(serializedBytes: bytes) else {
          throw DaemonError.malformed("a trace's message is no TraceFrame")
        }
        try renderer.render(TraceReport(frame: frame))
        if frame.missed > 0 {
          Talk.say(Localized("\(frame.missed) frames came too fast to be shown"))
        }
      }
    }
  }
}
