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

  var description: String {
    let milliseconds = Self.floored(nanoseconds, by: 1_000_000)
    var seconds = time_t(Self.floored(milliseconds, by: 1_000))
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
    let fraction = padded(Int(milliseconds - Int64(seconds) * 1_000), 3)
    return "\(date.joined(separator: "-"))T\(time.joined(separator: ":")).\(fraction)Z"
  }

  private static func floored(_ number: Int64, by divisor: Int64) -> Int64 {
    number >= 0 ? number / divisor : (number - divisor + 1) / divisor
  }
}
