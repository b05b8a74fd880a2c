import DanvanModel
import TestSupport
import Testing

@testable import DanvanStore

@Suite struct CommittedHeadTests {
  /// Jobs that are committed together are one commit, of which the head is the end.
  @Test func theHeadIsTheEndOfTheCommit() throws {
    let folder = try TemporaryDirectory()
    let store = try Store(directory: folder.path + "/state/", tokenizer: SpaceTokenizer())
    #expect(store.committedHead == 0)
    let jobs = try ["một", "hai", "ba"].map { CommitQueue.Job(.add([try store.record($0)])) }
    store.commit(jobs)
    #expect(store.committedHead == 3)
    #expect(try store.read { try $0.headSequence() } == 3)
    let events = try store.read { try $0.events(after: 0, matching: .everything, limit: 1).events }
    #expect(events.count == 3)
    try store.close()
  }
}
