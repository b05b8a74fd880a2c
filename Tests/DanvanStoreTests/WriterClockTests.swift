import Testing

@testable import DanvanStore

@Suite struct WriterClockTests {
  @Test func ageIsThatOfTheTransactionUnderWay() {
    let clock = WriterClock()
    #expect(clock.age == nil)
    clock.time {
      #expect(clock.age.map { $0 >= .zero } == true)
    }
    #expect(clock.age == nil)
  }

  @Test func anErrorEndsTheTransactionToo() {
    struct Failure: Error {}
    let clock = WriterClock()
    #expect(throws: Failure.self) { try clock.time { throw Failure() } }
    #expect(clock.age == nil)
  }

  @Test func whatWaitsForLongWorkDoesNotAge() {
    let clock = WriterClock()
    clock.time {
      clock.takingLong { #expect(clock.age == nil) }
      #expect(clock.age != nil)
    }
  }
}
