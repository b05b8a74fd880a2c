import DanvanClient
import DanvanInputs
import DanvanMessages
import DanvanModel

/// Sends what an ingest reads in loads, several of them on their way at once, and counts what became of
/// them in the order of the inputs.
///
/// Reading stops while as many loads as allowed are on their way: what is held in memory is these. An
/// item is done, for the checkpoint too, when it and all before it are answered.
struct LoadSender {
  private enum Entry {
    case document(label: String)
    case fault(label: String, DanvanError)

    var label: String {
      switch self {
      case .document(let label), .fault(let label, _): label
      }
    }
  }
  private struct Load {
    /// Small enough that progress moves and a lost connection costs little.
    var batch = IngestBatch(byteLimit: 512 << 10, countLimit: 200)
    var entries: [Entry] = []
    /// Of the inputs, when it was complete.
    var bytesRead: Int64 = 0
  }
  private struct Sent {
    let entries: [Entry]
    let bytesRead: Int64
    /// Nil where nothing was to be sent.
    let pending: DaemonConnection.PendingIngest?
  }

  private let daemon: DaemonConnection
  private let jobs: Int
  private let timeout: Duration
  private let checkpoint: IngestCheckpoint?
  var tally: IngestTally
  private var load = Load()
  /// The oldest first.
  private var sent: [Sent] = []

  init(
    daemon: DaemonConnection, jobs: Int, timeout: Duration, checkpoint: IngestCheckpoint?,
    tally: IngestTally
  ) {
    self.daemon = daemon
    self.jobs = jobs
    self.timeout = timeout
    self.checkpoint = checkpoint
    self.tally = tally
  }

  mutating func take(_ item: InputItem, bytesRead: Int64) throws {
    switch item {
    case .fault(let label, let error): load.entries.append(.fault(label: label, error))
    case .document(let submission):
      let document = Danvan_V1_Document(submission)
      if !load.batch.add(document) {
        try send()
        _ = load.batch.add(document)
      }
      load.entries.append(.document(label: submission.label))
    }
    load.bytesRead = bytesRead
    // Faults are told soon also where there is nothing else.
    if load.batch.isEmpty, load.entries.count >= 100 { try send() }
  }

  /// Sends the rest and waits for all.
  mutating func finish() throws {
    try send()
    while !sent.isEmpty { try settle() }
  }

  private mutating func send() throws {
    if load.entries.isEmpty { return }
    while sent.count >= jobs { try settle() }
    let pending =
      load.batch.isEmpty
      ? nil : try daemon.beginIngest(load.batch.documents, timeout: timeout)
    sent.append(Sent(entries: load.entries, bytesRead: load.bytesRead, pending: pending))
    load = Load()
    // Alone, it is waited for: then articles are stored in the order of the inputs.
    if jobs == 1 { try settle() }
  }

  /// How many documents were sent and have no answer: they may be stored or not.
  var unanswered: Int {
    sent.reduce(0) { sum, load in
      sum
        + (load.pending == nil
          ? 0 : load.entries.count { if case .document = $0 { true } else { false } })
    }
  }

  /// Waits for the oldest load and counts it.
  private mutating func settle() throws {
    let first = sent[0]
    var results: ArraySlice<Danvan_V1_IngestResult> = []
    do {
      if let pending = first.pending { results = try daemon.results(of: pending)[...] }
    } catch {
      if error.refusesAll { sent.removeFirst() }
      throw error
    }
    sent.removeFirst()
    for entry in first.entries {
      switch entry {
      case .fault(let label, let error):
        try tally.add(rejected: label, code: error.code.name, error.message)
      case .document(let label):
        if let result = results.popFirst() { try tally.add(label, result) }
      }
    }
    if let last = first.entries.last {
      try checkpoint?.advance(by: Int(tally.seen), label: last.label)
    }
    tally.progress.update(bytes: first.bytesRead, articles: tally.seen)
  }
}

extension DaemonError {
  /// Whether it is an answer that nothing of the request was stored. Where the connection was lost, the time was up or
  /// the call was cut off, nobody knows.
  fileprivate var refusesAll: Bool {
    guard case .status(let status) = self else { return false }
    let open: [ErrorCode] = [.cancelled, .unknown, .deadlineExceeded, .unavailable]
    return !open.contains { $0.rawValue == status.code }
  }
}
