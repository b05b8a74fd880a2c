internal import Synchronization

/// Runs actions at set times, one after the other, on one thread of its own. Ends when let go.
final class Alarms: Sendable {
  /// A standing alarm. Letting it go does not cancel it.
  struct Alarm: Sendable {
    fileprivate let number: UInt64
    fileprivate let clock: AlarmClock

    /// Takes the action back, unless it has begun.
    func cancel() { clock.take(number) }
  }

  private let clock: AlarmClock

  /// Throws `resourceExhausted` when the system gives no thread.
  init() throws {
    let clock = AlarmClock(bell: try Bell())
    try BackgroundThread.start { clock.run() }
    self.clock = clock
  }

  deinit { clock.stop() }

  /// Runs `action` once `delay` has passed; zero means as soon as the thread is free.
  @discardableResult
  func after(_ delay: Duration, _ action: @escaping @Sendable () -> Void) -> Alarm {
    Alarm(
      number: clock.set(ContinuousClock.now.advanced(by: delay), action), clock: clock)
  }

  /// Times kept, those of cancelled alarms included.
  var standing: Int { clock.standing }
}

/// What the thread of `Alarms` looks at; apart from them, so that it does not keep them alive.
private final class AlarmClock: Sendable {
  private struct State {
    var times = TimeHeap()
    var actions: [UInt64: @Sendable () -> Void] = [:]
    var last: UInt64 = 0
    var isOver = false
  }

  private enum Step {
    case run(@Sendable () -> Void)
    case wait(Duration?)
    case end
  }

  private let state = Mutex(State())
  private let bell: Bell

  init(bell: Bell) { self.bell = bell }

  var standing: Int { state.withLock { $0.times.count } }

  func set(_ time: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) -> UInt64 {
    let (number, isNext) = state.withLock { state in
      state.last += 1
      state.actions[state.last] = action
      let isNext = state.times.earliest.map { time < $0 } ?? true
      state.times.insert(time, state.last)
      // Cancelled alarms leave their times behind; they must not pile up.
      if state.times.count > 2 * state.actions.count + 64 {
        let actions = state.actions
        state.times.keep { actions[$0] != nil }
      }
      return (state.last, isNext)
    }
    if isNext { bell.ring() }
    return number
  }

  func take(_ number: UInt64) {
    // Let go outside the lock: an action's captures may run code when they go.
    _ = state.withLock { $0.actions.removeValue(forKey: number) }
  }

  func stop() {
    let dropped = state.withLock { state in
      defer { state = State(isOver: true) }
      return state.actions
    }
    bell.ring()
    withExtendedLifetime(dropped) {}
  }

  func run() {
    while true {
      switch state.withLock({ Self.step(&$0) }) {
      case .run(let action): action()
      case .wait(let limit): bell.wait(atMost: limit)
      case .end: return
      }
    }
  }

  private static func step(_ state: inout State) -> Step {
    if state.isOver { return .end }
    while let time = state.times.earliest {
      let now = ContinuousClock.now
      if now < time { return .wait(time - now) }
      let number = state.times.removeEarliest()
      if let action = state.actions.removeValue(forKey: number) { return .run(action) }
    }
    return .wait(nil)
  }
}
