import Glibc

/// Where a watch begins, as people write it, in the words of the protocol.
enum StartingPlace {
  /// `start`, `now`, a cursor and `@SECONDS` stay; `-2h` (s, m, h, d or w back from now) becomes a
  /// time; anything else that is a file is a saved cursor's. Throws `Failure` for a file that cannot
  /// be read or holds no cursor.
  static func wire(_ text: String, now: Int = time(nil)) throws -> String {
    if text.hasPrefix("-") {
      guard let seconds = seconds(text.dropFirst()), seconds <= now else {
        throw Failure(
          .usage, "INVALID_ARGUMENT",
          Localized("'\(text)' is no time to go back by: a number and s, m, h, d or w, such as -2h")
        )
      }
      return "@\(now - seconds)"
    }
    let isWire =
      ["start", "now", ""].contains(text) || text.hasPrefix("dv1.") || text.hasPrefix("@")
    guard !isWire, access(text, F_OK) == 0 else { return text }
    guard let cursor = try CursorFile(path: text).load() else {
      throw Failure(.usage, "INVALID_ARGUMENT", Localized("\(text) holds no cursor"))
    }
    return cursor
  }

  private static func seconds(_ text: Substring) -> Int? {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
    guard let unit = text.last.flatMap({ units[$0] }),
      text.dropLast().utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int(text.dropLast())
    else { return nil }
    let (seconds, overflows) = number.multipliedReportingOverflow(by: unit)
    return overflows ? nil : seconds
  }
}
