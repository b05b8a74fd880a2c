/// Looks for something to come a short while before the thread is put to sleep.
///
/// On one machine an answer is often there within microseconds, and falling asleep and being woken
/// takes longer than that. A look that was in vain costs at most `limit`; after it the next waits
/// go straight to sleep, so a quiet connection pays next to nothing. The processor is not yielded
/// between two looks: on a busy machine it would come back only after another's whole time slice.
struct BriefSpin {
  private static let limit: Duration = .microseconds(50)
  private static let pause = 16

  private var waitsToSkip = 0

  /// Asks `look` until it finds something; nil when it is time to sleep.
  mutating func first<Found>(_ look: () throws -> Found?) rethrows -> Found? {
    if let found = try look() { return found }
    guard waitsToSkip == 0 else {
      waitsToSkip -= 1
      return nil
    }
    let end = ContinuousClock.now + Self.limit
    repeat {
      if let found = try look() { return found }
    } while ContinuousClock.now < end
    waitsToSkip = Self.pause
    return nil
  }
}
