import Glibc
import Synchronization

/// A program with faults that a sanitizer must report, one for each word, and one that it must not: what a
/// `Mutex` guards. `Tests/Torture/sanitize` demands it.
@main struct Planted {
  static func main() {
    switch CommandLine.arguments.last {
    case "overflow": overflow()
    case "leak": leak()
    case "race": race { counter += 1 }
    case "guarded": race { guarded.withLock { $0.add() } }
    default: exit(2)
    }
  }

  private static func overflow() {
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 8)
    bytes.initialize(repeating: 1, count: 8)
    print(bytes[7 + CommandLine.arguments.count])
    bytes.deallocate()
  }

  private static func leak() {
    for _ in 0..<100 {
      let (one, other) = (Node(), Node())
      one.next = other
      other.next = one
    }
  }

  private static func race(_ step: @escaping @Sendable () -> Void) {
    work = step
    var threads = [pthread_t](repeating: pthread_t(), count: 2)
    for place in threads.indices {
      pthread_create(
        &threads[place], nil,
        { _ in
          for step in 0..<1_000 {
            work()
            // So that both are at it at one time, on one processor too.
            if step % 100 == 0 { usleep(5_000) }
          }
          return nil
        }, nil)
    }
    for thread in threads { pthread_join(thread, nil) }
    print(counter)
  }
}

private final class Node {
  var next: Node?
  let bytes = [UInt8](repeating: 1, count: 1_000)
}

private nonisolated(unsafe) var counter = 0
private nonisolated(unsafe) var work: @Sendable () -> Void = {}
/// Held for so long that the other thread has to wait for it.
private let guarded = Mutex(Guarded())

private struct Guarded {
  private var count = 0

  mutating func add() {
    count += 1
    if count % 100 == 0 { usleep(2_000) }
  }
}
