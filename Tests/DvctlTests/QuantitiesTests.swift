import Testing

@testable import dvctl

struct QuantitiesTests {
  @Test(
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
    ] as [(Int64, String)])
  func counts(_ number: Int64, _ text: String) { #expect(Quantities.count(number) == text) }

  @Test(
    arguments: [
      (0, "0 bytes"), (1023, "1023 bytes"), (1024, "1 KiB"), (1536, "1.5 KiB"), (3 << 30, "3 GiB"),
    ] as [(Int64, String)])
  func sizes(_ number: Int64, _ text: String) { #expect(Quantities.bytes(number) == text) }

  @Test(arguments: [
    (0.42, "0.4 s"), (59, "59 s"), (61, "1 min 1 s"), (3660, "1 h 1 min"), (90_000, "1 d 1 h"),
  ])
  func durations(_ seconds: Double, _ text: String) {
    #expect(Quantities.duration(seconds) == text)
  }

  @Test func progressSaysShareRateAndTimeLeft() {
    let line = Progress.line(bytes: 50, total: 100, articles: 2500, 5, 80)
    #expect(line.hasPrefix(" 50% ███████████████░░░░░░░░░░░░░░░ "))
    #expect(line.hasSuffix("2,500 articles, 500/s, 5 s left"))
    #expect(Progress.line(bytes: 50, total: nil, articles: 10, 2, 80) == "10 articles, 5/s")
  }
}
