import Dispatch
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
    #expect(queue.tryAdd {})
    #expect(!queue.tryAdd {})
    gate.signal()
    let done = DispatchSemaphore(value: 0)
    queue.add { done.signal() }
    done.wait()
    #expect(queue.tryAdd {})
    queue.stop(within: .seconds(5))
  }
}
