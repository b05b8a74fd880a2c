internal import DanvanModel

/// What a TIME fact may be worth, as somebody writes it.
enum TimeValue {
  /// The value itself. Throws `invalidArgument` for anything but one of `2021`, `2021-Q1`, `2021-EOY`,
  /// `2021-03`, `2021-03-26`, `2021-03-26TAF`, `2021-03-26T09:30`, `XXXX-03-26` where no year is known,
  /// `199X`, `19XX`, `term:15`, `REFTMO` and `REF+P1D` (of a day that is not known), or two with a slash between.
  static func checked(_ text: String) throws -> String {
    let ends = text.split(separator: "/", omittingEmptySubsequences: false)
    guard ends.count <= 2, ends.allSatisfy(isPoint), isForward(ends) else {
      throw DanvanError.invalid(
        "'\(text.prefix(40))' is no time: 2021-03-26, 2021-03-26TAF, 2021-03, 2021-Q1, 2021, or two with / between"
      )
    }
    return text
  }

  /// Not the later of two before the earlier, as far as both are told.
  private static func isForward(_ ends: [Substring]) -> Bool {
    let dates = ends.compactMap { PartialDate($0) }
    guard dates.count == 2 else { return true }
    return dates.allSatisfy(\.isWhole) ? dates[0] <= dates[1] : dates[0].year <= dates[1].year
  }

  private static let partsOfDay: Set<Substring> = ["MO", "MI", "AF", "EV", "NI"]
  /// Quarters, and the marks of TIMEX3.
  private static let partsOfYear: Set<Substring> = [
    "Q1", "Q2", "Q3", "Q4", "SOY", "EOY", "SP", "SU", "AU", "WI",
  ]

  private static func isPoint(_ text: Substring) -> Bool {
    if text.hasPrefix("term:") { return isNumber(text.dropFirst(5), 1...2) }
    if text.hasSuffix("XX") { return isNumber(text.dropLast(2), 2...2) }
    if text.last == "X" { return isNumber(text.dropLast(), 3...3) }
    if text.hasPrefix("REF") {
      return isOffset(text.dropFirst(3)) || text.count == 3
        || text.dropFirst(3).first == "T" && partsOfDay.contains(text.dropFirst(4))
    }
    // Any year with a 29th of February does where none is known.
    if text.hasPrefix("XXXX-") { return isPoint("2000-\(text.dropFirst(5))") }
    if isNumber(text.prefix(4), 4...4), text.dropFirst(4).first == "-",
      partsOfYear.contains(text.dropFirst(5))
    {
      return true
    }
    guard let date = PartialDate(text) else { return false }
    let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count < 2 || date.isWhole && (partsOfDay.contains(parts[1]) || isClock(parts[1]))
  }

  /// `+P1D`, `-P2W`
  private static func isOffset(_ text: Substring) -> Bool {
    ["+P", "-P"].contains(text.prefix(2)) && ["D", "W", "M", "Y"].contains(text.suffix(1))
      && isNumber(text.dropFirst(2).dropLast(), 1...3)
  }

  private static func isClock(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ isNumber($0, 2...2) }) else { return false }
    return zip(parts, ["24", "60"]).allSatisfy { $0 < $1 }
  }

  private static func isNumber(_ text: Substring, _ digits: ClosedRange<Int>) -> Bool {
    digits.contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
  }
}
