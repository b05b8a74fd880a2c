import Synchronization
import Testing

@testable import DanvanDaemon

@Suite struct AlarmsTests {
  @Test func actionsRunInTheOrderOfTheirTimes() async throws {
    let alarms = try Alarms()
    let seen = Mutex<[Int]>([])
    await withCheckedContinuation { done in
      alarms.after(.milliseconds(30)) {
        seen.withLock { $0.append(3) }
        done.resume()
      }
      let taken = alarms.after(.milliseconds(20)) { seen.withLock { $0.append(2) } }
      alarms.after(.milliseconds(10)) { seen.withLock { $0.append(1) } }
      taken.cancel()
    }
    #expect(seen.withLock { $0 } == [1, 3])
  }

  @Test func manyCancelledAlarmsLeaveNothingBehind() async throws {
    let alarms = try Alarms()
    for _ in 0..<10_000 { alarms.after(.seconds(3_600)) {}.cancel() }
    await withCheckedContinuation { done in alarms.after(.zero) { done.resume() } }
    #expect(alarms.standing < 1_000)
  }

  @Test func heapGivesTheEarliestFirst() {
    var heap = TimeHeap()
    let start = ContinuousClock.now
    let delays = (0..<200).map { ($0 * 7_919) % 200 }
    for delay in delays { heap.insert(start.advanced(by: .seconds(delay)), UInt64(delay)) }
    heap.keep { $0 % 2 == 0 }
    var order: [UInt64] = []
    while heap.earliest != nil { order.append(heap.removeEarliest()) }
    #expect(order == (0..<100).map { UInt64($0 * 2) })
  }
}
