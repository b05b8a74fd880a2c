import DanvanModel
import Testing

@testable import DanvanExtract

@Suite struct CalendarDayTests {
  @Test(arguments: [
    ("2017-06-08", 4, "2017-W23"), ("2000-02-29", 2, "2000-W09"), ("2021-01-01", 5, "2020-W53"),
    ("2018-12-31", 1, "2019-W01"), ("1900-03-01", 4, "1900-W09"), ("0001-01-01", 1, "0001-W01"),
    ("9999-12-31", 5, "9999-W52"),
  ])
  func weekdayAndWeek(_ written: String, _ weekday: Int, _ week: String) throws {
    let day = try #require(CalendarDay(PartialDate(written)))
    #expect(day.weekday == weekday)
    #expect(day.week == week)
    #expect(day.date?.description == written)
  }

  @Test func everyDayFollowsTheOneBefore() throws {
    var day = try #require(CalendarDay(PartialDate(year: 1899, month: 12, day: 31)))
    for year in 1900...2104 {
      for month in 1...12 {
        for number in 1...PartialDate.days(inMonth: month, of: year) {
          day = day + 1
          #expect(day.date == PartialDate(year: year, month: month, day: number))
        }
      }
    }
  }

  @Test func beyondTheCalendarThereIsNoDate() throws {
    let first = try #require(CalendarDay(PartialDate(year: 1, month: 1, day: 1)))
    let last = try #require(CalendarDay(PartialDate(year: 9999, month: 12, day: 31)))
    #expect((first + -1).date == nil)
    #expect((last + 1).date == nil)
    #expect(CalendarDay(PartialDate(year: 2017)) == nil)
  }
}
