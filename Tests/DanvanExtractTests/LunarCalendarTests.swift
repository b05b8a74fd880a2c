import DanvanModel
import Testing

@testable import DanvanExtract

@Suite struct LunarCalendarTests {
  /// New Year's days and other feasts as Vietnam kept them; 1985 and 2007 differ from China's.
  @Test(arguments: [
    (1985, 1, 1, "1985-01-21"), (2007, 1, 1, "2007-02-17"), (2013, 1, 1, "2013-02-10"),
    (2017, 1, 1, "2017-01-28"), (2020, 1, 1, "2020-01-25"), (2021, 1, 1, "2021-02-12"),
    (2023, 1, 1, "2023-01-22"), (2024, 1, 1, "2024-02-10"), (2025, 1, 1, "2025-01-29"),
    (2023, 3, 10, "2023-04-29"), (2020, 3, 10, "2020-04-02"), (2020, 8, 15, "2020-10-01"),
    (2017, 7, 15, "2017-09-05"), (2016, 12, 29, "2017-01-26"),
  ])
  func dayIs(_ year: Int, _ month: Int, _ day: Int, _ expected: String) {
    #expect(
      LunarCalendar.day(year: year, month: month, day: day)?.date?.description == expected)
  }

  @Test(arguments: [(1700, 1, 1), (2017, 0, 1), (2017, 13, 1), (2017, 1, 31), (2024, 12, 30)])
  func thereIsNoSuchDay(_ year: Int, _ month: Int, _ day: Int) {
    #expect(LunarCalendar.day(year: year, month: month, day: day) == nil)
  }
}
