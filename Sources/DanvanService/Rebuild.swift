internal import DanvanExtract
public import DanvanModel
public import DanvanStore
internal import Dispatch
internal import Glibc
internal import Synchronization

/// What asks the rebuild's thread to look, and tells it to stop.
final class Rebuilding: Sendable {
  private struct State {
    var isAsked = true
    var everything = false
    var isStopping = false
    var isRunning = false
  }
  private let state = Mutex(State())
  private let bell = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  func ask(everything: Bool = false) {
    state.withLock { state in
      state.isAsked = true
      state.everything = state.everything || everything
    }
    bell.signal()
  }

  /// Waits until a thread that is in `run` has left it: after the phase in hand.
  func stop() {
    let isRunning = state.withLock { state in
      state.isStopping = true
      defer { state.isRunning = false }
      return state.isRunning
    }
    bell.signal()
    if isRunning { ended.wait() }
  }

  func run(_ body: () -> Void) {
    let mayRun = state.withLock { state in
      state.isRunning = !state.isStopping
      return state.isRunning
    }
    guard mayRun else { return }
    body()
    ended.signal()
  }

  /// Throws where it is to stop.
  func demandOn() throws { if isStopping { throw Stopping() } }
  struct Stopping: Error {}

  var isStopping: Bool { state.withLock { $0.isStopping } }

  func rest(milliseconds: Int) { usleep(UInt32(milliseconds) * 1_000) }

  /// Blocks until somebody asks: whether he wants everything read again. Nil when it is to stop.
  func wait() -> Bool? {
    while true {
      let found: Bool?? = state.withLock { state in
        if state.isStopping { return .some(nil) }
        guard state.isAsked else { return nil }
        defer { (state.isAsked, state.everything) = (false, false) }
        return state.everything
      }
      if let found { return found }
      bell.wait()
    }
  }
}

/// What a rebuild tells of itself.
public enum RebuildNews: Sendable {
  case began(RebuildStatus)
  case ended(RebuildStatus)
  /// The disk or the store failed; it goes on when it is asked again or at the next start.
  case failed(DanvanError)
}

extension Desk {
  /// Rebuilds facts whenever the rule set has changed, and reads documents anew where that is asked for,
  /// until the desk is closed: the body of a thread of its own.
  ///
  /// Oldest articles first, a few a transaction, standing back while calls are served. Where it has
  /// come is kept in the store, so that a process that dies goes on there.
  public func rebuildFacts(_ tell: (RebuildNews) -> Void) {
    rebuilding.run {
      while let everything = rebuilding.wait() {
        do {
          let facts = try store.beginRebuild(ruleSet: ruleSet, everything: everything)
          if let facts { try goOn(facts, tell) }
          let readings = try store.beginRereading([], ruleSet: ruleSet)
          if let readings { try goOn(readings, tell) }
        } catch is Rebuilding.Stopping {
          return
        } catch {
          tell(.failed(error as? DanvanError ?? DanvanError(.internalError, "\(error)")))
        }
      }
    }
  }

  /// Has all facts made anew, also those of the rule set in use. Returns how the rebuild stands.
  public func askRebuild() throws -> RebuildStatus? {
    let begun = try store.beginRebuild(ruleSet: ruleSet, everything: true)
    rebuilding.ask()
    return begun
  }

  /// The rebuild of that kind under way, or the last one.
  public func rebuildStatus(_ kind: RebuildKind) throws -> RebuildStatus? {
    try store.rebuildStatus(kind)
  }

  /// One rebuild from where it stands to its end, unless another rule set overtakes one of facts.
  private func goOn(_ begun: RebuildStatus, _ tell: (RebuildNews) -> Void) throws {
    var status = begun
    tell(.began(status))
    while !rebuilding.isStopping {
      let engine = self.engine
      // A new set came: what is left is read with that one.
      if status.kind == .facts, engine.version != status.ruleSet { return }
      let batch = try store.articlesToRebuild(
        status, limit: Self.articlesOfBatch, byteLimit: Self.bytesOfBatch)
      let rebuilt = try batch.map { id, stored in
        standBack()
        return RebuiltArticle(
          id: id, sha256: stored?.header.sha256,
          outcome: try outcome(status.kind, id, stored, by: engine))
      }
      let step =
        try batch.isEmpty
        ? store.endRebuild(status) : store.goOnRebuilding(status, with: rebuilt)
      guard let step else { return }
      if step.head > watchers.head { wakeWatchers(upTo: step.head) }
      status = step.status
      if status.ended != nil { return tell(.ended(status)) }
    }
  }

  private func outcome(
    _ kind: RebuildKind, _ id: ArticleID, _ stored: StoredArticle?, by engine: Engine
  ) throws -> RebuiltArticle.Outcome {
    guard let stored else { return .failed("its stored text fails its checksum") }
    switch kind {
    case .facts:
      return .facts(try engine.facts(in: Article(stored), check: rebuilding.demandOn))
    case .readings: return try reading(of: id, by: engine)
    }
  }

  /// Ingest and queries go first; but not for ever, or a busy daemon would never be done.
  private func standBack() {
    for _ in 0..<100 where foreground.isBusy && !rebuilding.isStopping {
      rebuilding.rest(milliseconds: 2)
    }
  }

  private static let articlesOfBatch = 32
  private static let bytesOfBatch = 256 << 10
}

extension Article {
  /// As it was when it came in.
  init(_ stored: StoredArticle) {
    self.init(
      text: stored.text ?? "", title: stored.header.title, url: stored.header.url,
      publisher: stored.header.publisher, published: stored.header.published)
  }
}
