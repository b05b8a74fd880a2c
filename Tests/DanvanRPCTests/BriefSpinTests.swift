import Testing

@testable import DanvanRPC

@Suite struct BriefSpinTests {
  /// How often a wait looks before it finds something, or goes to sleep.
  private func looks(_ spin: inout BriefSpin, foundAt: Int = .max) -> Int {
    var count = 0
    _ = spin.first { () -> Bool? in
      count += 1
      return count >= foundAt ? true : nil
    }
    return count
  }

  @Test func whatIsThereIsTakenAtOnce() {
    var spin = BriefSpin()
    for _ in 0..<100 { #expect(looks(&spin, foundAt: 1) == 1) }
    #expect(looks(&spin, foundAt: 2) == 2)
  }

  @Test func aLookInVainIsFollowedByWaitsThatLookOnce() {
    var spin = BriefSpin()
    #expect(looks(&spin) > 1)
    for _ in 0..<16 { #expect(looks(&spin) == 1) }
    #expect(looks(&spin) > 1)
  }
}
