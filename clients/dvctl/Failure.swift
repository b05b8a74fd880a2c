import ArgumentParser
import DanvanClient
import DanvanLanguage
import DanvanMessages
import DanvanModel
import Glibc

/// Why a verb did not do what it was asked: a sentence, a name for programs, and the exit status.
struct Failure: Error {
  let status: ExitStatus
  let name: String
  /// Nil where everything was said already.
  let message: Localized?
  /// What the process ends with, where it is not the status' own number.
  private var exitCode: Int32?
  /// Typed details of the daemon's answer, and for people the answer with them.
  private var details: [JSON] = []
  private var spoken: Localized?
  /// Set for ArgumentParser's own errors, which it words itself: help, version, usage.
  private var parserText: String?

  init(
    _ status: ExitStatus, _ name: String, _ message: Localized?, exit: Int32? = nil,
    details: [JSON] = [], spoken: Localized? = nil
  ) {
    self.status = status
    exitCode = exit
    self.details = details
    self.spoken = spoken
    self.name = name
    self.message = message
  }

  /// Everything was said; only the exit status is left.
  init(silent status: ExitStatus) { self.init(status, "", nil) }

  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as DaemonError: self.init(error)
    case let error as DanvanError:
      self.init(.failed, error.code.name, Localized(error.message, by: .danvan))
    case is OutputClosed: self.init(silent: .success)
    default:
      let isClean = Dvctl.exitCode(for: error).isSuccess
      self.init(
        isClean ? .success : .usage, "USAGE", Localized(verbatim: Dvctl.message(for: error)))
      parserText =
        isClean
        ? Dvctl.fullMessage(for: error)
        : UsageText.told(
          of: error, words: Dvctl.verbFirst(CommandLine.arguments.dropFirst()))
    }
  }

  init(_ error: DaemonError) {
    switch error {
    case .unreachable(let attempts):
      let isDenied = attempts.contains { $0.reason == String(cString: strerror(EACCES)) }
      self.init(isDenied ? .denied : .unreachable, "UNREACHABLE", error.told)
    case .lost: self.init(.unreachable, "LOST", error.told)
    case .malformed: self.init(.failed, "MALFORMED", error.told)
    case .status(let status):
      if let (exit, name) = Self.cursorTrouble(status.bounds?.reason) {
        self.init(exit, name, error.told)
      } else {
        self.init(ExitStatus(code: status.code), status.name, error.told)
      }
    }
  }

  /// What a program tells the four troubles with cursors apart by.
  private static func cursorTrouble(
    _ reason: Danvan_V1_CursorBounds.Reason?
  ) -> (ExitStatus, String)? {
    switch reason {
    case .malformed: (.usage, "CURSOR_MALFORMED")
    case .anotherStore: (.gap, "CURSOR_OF_ANOTHER_STORE")
    case .compacted: (.gap, "CURSOR_COMPACTED")
    case .ahead: (.gap, "CURSOR_AHEAD")
    case .unspecified, .UNRECOGNIZED, nil: nil
    }
  }

  /// Says what there is to say.
  func tell() {
    if let parserText {
      Talk.write(parserText + "\n", to: status == .success ? 1 : 2)
    } else if let message {
      // The options may be what failed to parse, so the wish for JSON is read from the words.
      if CommandLine.wantsJSON {
        Talk.write(json.compact + "\n")
      } else {
        Talk.say(spoken ?? message)
      }
    }
  }

  /// The process's exit status.
  var number: Int32 { exitCode ?? status.rawValue }

  private var json: JSON {
    let error: JSON = .object(
      [
        "code": .string(name), "message": .string(message?.english ?? ""),
        "exit": .integer(Int64(number)),
        "details": details.isEmpty ? nil : .array(details),
      ] as KeyValuePairs<String, JSON?>)
    return ["error": error]
  }
}

extension ErrorCode {
  /// As gRPC spells it, which is how the daemon's own errors come: `INVALID_ARGUMENT`.
  var name: String {
    if self == .internalError { return "INTERNAL" }
    return "\(self)".flatMap { $0.isUppercase ? "_\($0)" : $0.uppercased() }
      .map(String.init).joined()
  }
}

extension CommandLine {
  /// Whether `--format json` or `ndjson` is among the words of the command line.
  static var wantsJSON: Bool {
    let words = arguments.prefix { $0 != "--" }
    return zip(words, words.dropFirst()).contains { $0 == "--format" && $1.hasSuffix("json") }
      || words.contains { $0.hasPrefix("--format=") && $0.hasSuffix("json") }
  }
}
