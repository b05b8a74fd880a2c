internal import Glibc

/// A moment in UTC, for people: RFC 3339 with milliseconds, such as `2026-11-22T08:30:00.250Z`.
struct Timestamp: CustomStringConvertible {
  /// Since 1970-01-01T00:00:00Z.
  let nanoseconds: Int64

  static var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  var description: String { text(places: 3) }

  /// With nanoseconds, for programs that must get the same moment back.
  var exact: String { text(places: 9) }

  private func text(places: Int) -> String {
    let steps: Int64 = places == 9 ? 1_000_000_000 : 1_000
    let count = Self.floored(nanoseconds, by: 1_000_000_000 / steps)
    var seconds = time_t(Self.floored(count, by: steps))
    var parts = tm()
    guard gmtime_r(&seconds, &parts) != nil else { return "" }
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    let date = [
      padded(Int(parts.tm_year) + 1900, 4), padded(Int(parts.tm_mon) + 1, 2),
      padded(Int(parts.tm_mday), 2),
    ]
    let time = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int($0), 2) }
    let fraction = padded(Int(count - Int64(seconds) * steps), places)
    return "\(date.joined(separator: "-"))T\(time.joined(separator: ":")).\(fraction)Z"
  }

  /// Reads a moment as it is written here, with up to nine places; nil for anything else.
  init?(parsing text: String) {
    let bytes = Array(text.utf8)
    let frame = Array("0000-00-00T00:00:00".utf8)
    guard bytes.count > frame.count, bytes.last == UInt8(ascii: "Z"),
      zip(bytes, frame).allSatisfy({ $1 == 48 ? (48...57).contains($0) : $0 == $1 })
    else { return nil }
    func number(_ range: Range<Int>) -> Int32 {
      bytes[range].reduce(0) { $0 * 10 + Int32($1 - 48) }
    }
    let fraction = bytes[frame.count..<(bytes.count - 1)]
    guard
      fraction.isEmpty
        || (fraction.first == UInt8(ascii: ".") && (2...10).contains(fraction.count)),
      fraction.dropFirst().allSatisfy({ (48...57).contains($0) })
    else { return nil }
    var parts = tm()
    parts.tm_year = number(0..<4) - 1900
    parts.tm_mon = number(5..<7) - 1
    parts.tm_mday = number(8..<10)
    parts.tm_hour = number(11..<13)
    parts.tm_min = number(14..<16)
    parts.tm_sec = number(17..<19)
    let (year, month, day) = (parts.tm_year, parts.tm_mon, parts.tm_mday)
    let seconds = timegm(&parts)
    // A day that the month does not have comes out as another one; years beyond what nanoseconds hold.
    guard (parts.tm_year, parts.tm_mon, parts.tm_mday) == (year, month, day),
      abs(seconds) < 9_000_000_000
    else { return nil }
    let digits =
      fraction.dropFirst() + repeatElement(48, count: max(0, 10 - max(1, fraction.count)))
    nanoseconds = Int64(seconds) * 1_000_000_000 + digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
  }

  init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  private static func floored(_ number: Int64, by divisor: Int64) -> Int64 {
    number >= 0 ? number / divisor : (number - divisor + 1) / divisor
  }
}
