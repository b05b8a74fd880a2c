internal import DanvanLanguage
internal import Glibc

/// What danvand says to the person who has called it: sentences in that person's language, where the log has
/// records in English.
struct CallerTalk {
  private let catalogue: Catalogue

  init(environment: [String: String], executable: String = OwnProcess.executable) {
    catalogue = UserLanguage(environment: environment, executable: executable).catalogue {
      Self.write($0)
    }
  }

  /// Whether somebody reads standard error who is not the journal: one who has asked for the check, or sits
  /// at a terminal.
  static func hasReader(_ words: [String], environment: [String: String]) -> Bool {
    guard !JournalSink.holds(environment) else { return false }
    return isatty(STDERR_FILENO) == 1 || (try? Arguments(words).action) == .checkConfiguration
  }

  /// The English text in the caller's language; itself where the catalogue does not have it.
  func text(_ english: String) -> String {
    catalogue.translation(of: english, by: .danvan) ?? english
  }

  /// Writes a line to standard error, the cause in brackets.
  func say(_ english: String, cause: String? = nil) {
    Self.write(text(english) + (cause.map { " (\(text($0)))" } ?? ""))
  }

  private static func write(_ line: String) {
    LogLines.toStandardError(Array("danvand: \(line)\n".utf8))
  }
}
