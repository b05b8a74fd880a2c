import DanvanModel
import Glibc

/// The Vietnamese lunar calendar, reckoned from the new moons and the sun for the seventh hour east.
///
/// A month begins on the day of a new moon; the month of the winter solstice is the eleventh; in a
/// year of thirteen months the first without a principal term of the sun is the leap month. The
/// series are those of Meeus, good to some minutes within a few centuries of 2000.
enum LunarCalendar {
  /// The day of a lunar date (no leap month), or nil outside 1800 to 2199 and for a month too short.
  static func day(year: Int, month: Int, day: Int) -> CalendarDay? {
    guard (1800...2199).contains(year), (1...12).contains(month), (1...30).contains(day) else {
      return nil
    }
    let first = eleventhMonth(of: month < 11 ? year - 1 : year)
    let next = eleventhMonth(of: month < 11 ? year : year + 1)
    var offset = (month + 1) % 12
    if next - first > 365, offset >= leapMonth(after: first) { offset += 1 }
    let start = newMoon(lunation(of: first) + offset)
    guard day <= newMoon(lunation(of: first) + offset + 1) - start else { return nil }
    return CalendarDay(number: start + day - 1 - julianOfZero)
  }

  /// The Julian day number of `CalendarDay` zero.
  private static let julianOfZero = 1_721_120
  private static let lunationDays = 29.530588853

  private static func lunation(of julian: Int) -> Int {
    Int((0.5 + (Double(julian) - 2_415_021.076998695) / lunationDays).rounded(.down))
  }

  /// The first day of the month that holds the year's winter solstice.
  private static func eleventhMonth(of year: Int) -> Int {
    let december = CalendarDay(PartialDate(year: year, month: 12, day: 31))?.number ?? 0
    let lunation = Int(Double(december + julianOfZero - 2_415_021) / lunationDays)
    let start = newMoon(lunation)
    return sunSign(start) >= 9 ? newMoon(lunation - 1) : start
  }

  /// How many months after the eleventh the leap month stands.
  private static func leapMonth(after eleventh: Int) -> Int {
    let first = lunation(of: eleventh)
    return (2...14).first { sunSign(newMoon(first + $0 - 1)) == sunSign(newMoon(first + $0)) }.map {
      $0 - 1
    } ?? 14
  }

  /// The Julian day number, in Vietnam, of the new moon with that number since 1900.
  private static func newMoon(_ number: Int) -> Int {
    let k = Double(number)
    let t = k / 1236.85
    let (t2, t3) = (t * t, t * t * t)
    let mean =
      2_415_020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3
      + 0.00033 * sine(166.56 + 132.87 * t - 0.009173 * t2)
    let sun = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3
    let moon = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3
    let node = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3
    let bySun = (0.1734 - 0.000393 * t) * sine(sun) + 0.0021 * sine(2 * sun)
    let byMoon = -0.4068 * sine(moon) + 0.0161 * sine(2 * moon) - 0.0004 * sine(3 * moon)
    let byNode =
      0.0104 * sine(2 * node) + 0.0004 * sine(2 * node + sun) - 0.0004 * sine(2 * node - sun)
      - 0.0006 * sine(2 * node + moon) + 0.0010 * sine(2 * node - moon)
    let byBoth =
      -0.0051 * sine(sun + moon) - 0.0074 * sine(sun - moon) + 0.0005 * sine(2 * moon + sun)
    let clock = -0.000278 + 0.000265 * t + 0.000262 * t2
    return Int((mean + bySun + byMoon + byNode + byBoth - clock + 0.5 + 7.0 / 24).rounded(.down))
  }

  /// The twelfth of the zodiac, 0 to 11, that the sun is in when the day begins in Vietnam.
  private static func sunSign(_ julian: Int) -> Int {
    let t = (Double(julian) - 2_451_545.5 - 7.0 / 24) / 36525
    let anomaly = 357.52910 + 35999.05030 * t - 0.0001559 * t * t
    let longitude =
      280.46645 + 36000.76983 * t + 0.0003032 * t * t
      + (1.914600 - 0.004817 * t) * sine(anomaly) + (0.019993 - 0.000101 * t) * sine(2 * anomaly)
      + 0.000290 * sine(3 * anomaly)
    let turned = longitude - 360 * (longitude / 360).rounded(.down)
    return Int(turned / 30)
  }

  private static func sine(_ degrees: Double) -> Double { sin(degrees * .pi / 180) }
}
