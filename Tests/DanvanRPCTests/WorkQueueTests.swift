import Dispatch
import Synchronization
import Testing

@testable import DanvanRPC

@Suite struct WorkQueueTests {
  @Test func whatMustBeDoneTakesNoCallsPlace() {
    let queue = WorkQueue(width: 1, bound: 1)
    let (gate, begun) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    queue.add {
      begun.signal()
      gate.wait()
    }
    begun.wait()
    for _ in 0..<3 { queue.add {} }
    #expect(queue.tryAdd(of: 1) {})
    #expect(!queue.tryAdd(of: 1) {})
    gate.signal()
    let done = DispatchSemaphore(value: 0)
    queue.add { done.signal() }
    done.wait()
    #expect(queue.tryAdd(of: 1) {})
    queue.stop(within: .seconds(5))
  }

  /// Who comes with one call is neither refused nor kept waiting by one who comes with all that are taken.
  @Test func connectionsTakeTurns() {
    let queue = WorkQueue(width: 1, bound: 100)
    let (gate, begun) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let order = Mutex<[UInt64]>([])
    queue.add {
      begun.signal()
      gate.wait()
    }
    begun.wait()
    let taken = (0..<150).count { _ in queue.tryAdd(of: 1) { order.withLock { $0.append(1) } } }
    #expect(taken == 100)
    for connection in UInt64(2)...4 {
      #expect(queue.tryAdd(of: connection) { order.withLock { $0.append(connection) } })
    }
    let done = DispatchSemaphore(value: 0)
    queue.add(of: 1) { done.signal() }
    gate.signal()
    done.wait()
    #expect(order.withLock { $0 } == [1, 2, 3, 4] + Array(repeating: 1, count: 99))
    queue.stop(within: .seconds(5))
  }

  /// A call is not kept waiting by all the streams that have something to send, nor the other way round.
  @Test func callsAndStepsTakeTurns() {
    let queue = WorkQueue(width: 1, bound: 100)
    let (gate, begun) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let order = Mutex<[String]>([])
    queue.add {
      begun.signal()
      gate.wait()
    }
    begun.wait()
    for stream in UInt64(1)...5 {
      queue.add(of: stream, .steps) { order.withLock { $0.append("step") } }
    }
    for connection in UInt64(6)...7 {
      #expect(queue.tryAdd(of: connection) { order.withLock { $0.append("call") } })
    }
    let done = DispatchSemaphore(value: 0)
    queue.add(of: 1, .steps) { done.signal() }
    gate.signal()
    done.wait()
    #expect(order.withLock { $0 } == ["step", "call", "step", "call", "step", "step", "step"])
    queue.stop(within: .seconds(5))
  }
}
