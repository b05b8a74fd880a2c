import ArgumentParser
import DanvanClient
import DanvanLanguage
import Glibc

extension Localized {
  /// What the system says of an error's number.
  init(system number: Int32) { self.init(String(cString: strerror(number)), by: .system) }

  /// A word that programs read in JSON, such as the state of a directive.
  init(code: String) { self.init(code, by: .code) }

  /// The type of an event as JSON has it: `WORKING_SESSION`.
  init(eventType: String) {
    self.init(code: String(eventType.lowercased().map { $0 == "_" ? " " : $0 }))
  }
}

extension ValidationError {
  init(_ text: Localized) { self.init(text.text) }
}

extension DaemonError {
  /// Why a call did not give its answer, for people.
  var told: Localized {
    switch self {
    case .unreachable(let attempts) where attempts.isEmpty:
      Localized("cannot reach danvand: no socket is named and XDG_RUNTIME_DIR is not set")
    case .unreachable(let attempts):
      Localized(
        "\(Localized("cannot reach danvand (is it running?); tried:"))\(Self.list(attempts))")
    case .lost(let reason):
      Localized("the connection to danvand was lost: \(Localized(reason, by: .danvan))")
    case .status(let status):
      Localized(status.message.isEmpty ? status.name : status.message, by: .danvan)
    case .malformed(let how):
      Localized("danvand's answer makes no sense: \(Localized(how, by: .danvan))")
    }
  }

  /// A line each.
  private static func list(_ attempts: [Attempt]) -> Localized {
    .joined(
      attempts.map { Localized("\n  \($0.path): \(Localized($0.reason, by: .system))") }, by: "")
  }
}
