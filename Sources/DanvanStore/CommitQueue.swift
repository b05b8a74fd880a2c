internal import DanvanModel
internal import DanvanSQLite
internal import Dispatch
internal import Synchronization

/// Puts the work of callers that wait at the same time into one transaction.
///
/// The first to come leads: it commits what has gathered and, when its own work is done, hands the
/// lead to one still waiting. A lone caller waits for nobody.
final class CommitQueue: Sendable {
  /// One caller's work, with its outcome once that is known.
  final class Job: Sendable {
    enum Work: Sendable {
      case add([ArticleRecord])
      case take([IntakeItem])
      case remove([ArticleID])
      /// Statements on rows that no memory of the store mirrors before they are on disk.
      case change(@Sendable (Database) throws -> Void)
      case correct(ArticleID, CorrectionChange, Facts, _ sha256: [UInt8])
      case beginRebuild(_ ruleSet: String, _ everything: Bool)
      case beginRereading(_ ruleSet: String, [ArticleID])
      case goOnRebuilding(RebuildStatus, [RebuiltArticle])
      case endRebuild(RebuildStatus)
    }
    enum Outcome: Sendable {
      case added([Receipt])
      case taken([IntakeOutcome])
      case removed([ArticleID])
      case changed
      case corrected(Int64, head: Int64)
      /// The state after the step, nil where there is no such rebuild, and the newest event.
      case rebuild(RebuildStatus?, head: Int64)
      case failed(DanvanError)
    }
    let work: Work
    private let outcome = Mutex<Outcome?>(nil)
    private let leads = Mutex(false)
    private let turn = DispatchSemaphore(value: 0)

    init(_ work: Work) { self.work = work }

    var result: Outcome? { outcome.withLock { $0 } }
    func finish(_ result: Outcome) { outcome.withLock { $0 = result } }

    /// A transaction takes jobs up to a weight, so that no caller waits for all of a long queue.
    var weight: Int {
      switch work {
      case .add(let records): records.count
      case .take(let items): items.count
      case .remove(let ids): ids.count
      case .change: 1
      case .goOnRebuilding(_, let batch): batch.count
      case .correct, .beginRebuild, .beginRereading, .endRebuild: 1
      }
    }

    fileprivate func wake() { turn.signal() }
    fileprivate func promote() {
      leads.withLock { $0 = true }
      turn.signal()
    }
    fileprivate func waitForTurn() -> Bool {
      turn.wait()
      return leads.withLock { $0 }
    }
  }

  private struct State {
    var waiting: [Job] = []
    var isLed = false
  }
  private let state = Mutex(State())
  private let weightLimit = 1_000

  /// Blocks until `commit`, called by this or another thread with this job among others, has
  /// finished it.
  func run(_ job: Job, commit: ([Job]) -> Void) -> Job.Outcome? {
    var leads = state.withLock { state in
      state.waiting.append(job)
      defer { state.isLed = true }
      return !state.isLed
    }
    if !leads { leads = job.waitForTurn() }
    guard leads else { return job.result }
    // The leader's own job is the first that waits, so this is in the first batch.
    let batch = takeBatch()
    commit(batch)
    for other in batch where other !== job { other.wake() }
    handOver()
    return job.result
  }

  private func takeBatch() -> [Job] {
    state.withLock { state in
      var weight = 0
      let batch = Array(
        state.waiting.prefix { job in
          defer { weight += job.weight }
          return weight == 0 || weight + job.weight <= weightLimit
        })
      state.waiting.removeFirst(batch.count)
      return batch
    }
  }

  private func handOver() {
    let next = state.withLock { state in
      state.isLed = !state.waiting.isEmpty
      return state.waiting.first
    }
    next?.promote()
  }
}
