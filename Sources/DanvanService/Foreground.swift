internal import Synchronization

/// How many calls of people and programs are being served, before which background work stands back.
final class Foreground: Sendable {
  private let calls = Atomic(0)

  var isBusy: Bool { calls.load(ordering: .relaxed) > 0 }

  /// Counts a call until `end()`.
  func enter() -> Visit {
    calls.add(1, ordering: .relaxed)
    return Visit(foreground: self)
  }

  struct Visit: Sendable {
    fileprivate let foreground: Foreground
    func end() { foreground.calls.subtract(1, ordering: .relaxed) }
  }
}
