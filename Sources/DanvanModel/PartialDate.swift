/// A date of which only the year, or the year and month, may be known: `2017`, `2017-05`, `2017-05-19`.
public struct PartialDate: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let year: Int
  public let month: Int?
  public let day: Int?

  /// Returns nil for anything but a date of the Gregorian calendar in the years 1 to 9999.
  public init?(year: Int, month: Int? = nil, day: Int? = nil) {
    guard (1...9999).contains(year), month != nil || day == nil else { return nil }
    if let month {
      guard (1...12).contains(month) else { return nil }
      if let day {
        guard (1...PartialDate.days(inMonth: month, of: year)).contains(day) else { return nil }
      }
    }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a time of day after `T` is cut off. Nil for anything else.
  public init?(_ text: some StringProtocol) {
    let widths = [4, 2, 2]
    var numbers: [Int] = []
    var number = 0
    var width = 0
    func ends() -> Bool {
      guard numbers.count < widths.count, width == widths[numbers.count] else { return false }
      numbers.append(number)
      (number, width) = (0, 0)
      return true
    }
    for byte in text.utf8 {
      if byte == UInt8(ascii: "T") { break }
      if byte == UInt8(ascii: "-") {
        guard ends() else { return nil }
      } else {
        guard (48...57).contains(byte), width < 4 else { return nil }
        number = number * 10 + Int(byte - 48)
        width += 1
      }
    }
    guard ends() else { return nil }
    self.init(
      year: numbers[0], month: numbers.count > 1 ? numbers[1] : nil,
      day: numbers.count > 2 ? numbers[2] : nil)
  }

  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  public var isWhole: Bool { day != nil }

  public var description: String {
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let zeros = String(repeating: "0", count: max(0, 4 - String(year).utf8.count))
    return ([zeros + String(year)] + [month, day].compactMap { $0.map(two) })
      .joined(separator: "-")
  }

  /// An unknown month or day sorts before every known one.
  public static func < (a: PartialDate, b: PartialDate) -> Bool {
    (a.year, a.month ?? 0, a.day ?? 0) < (b.year, b.month ?? 0, b.day ?? 0)
  }
}
