internal import DanvanInputs
internal import DanvanModel
internal import DanvanService

/// Takes the documents of one file into the store, by the readers that dvctl ingest has.
struct DropIntake: Sendable {
  /// What became of a file.
  struct Outcome {
    var stored = 0
    /// A sentence for each document that was rejected, the first hundred.
    private(set) var rejections: [String] = []
    private(set) var rejected = 0

    mutating func reject(_ label: String, _ reason: String) {
      rejected += 1
      if rejections.count < 100 { rejections.append("\(label): \(reason)") }
    }
  }
  /// The daemon stops; the file stays where it is.
  struct Stopping: Error {}

  let desk: Desk
  let isStopping: @Sendable () -> Bool
  private static let batchBytes = 512 << 10
  private static let batchCount = 200

  init(desk: Desk, isStopping: @escaping @Sendable () -> Bool) {
    self.desk = desk
    self.isStopping = isStopping
  }

  /// Stores what the open file holds; on disk when this returns.
  ///
  /// Throws `DanvanError` where the store takes nothing, with a part of the file stored perhaps: taking
  /// the file again finds it there.
  func take(_ descriptor: Int32, label: String, size: Int64) throws -> Outcome {
    var outcome = Outcome()
    var inputs = Inputs(openFile: descriptor, name: label, size: size)
    var batch: [Submission] = []
    var bytes = 0
    while let item = inputs.next() {
      switch item {
      case .fault(let label, let error): outcome.reject(label, error.message)
      case .document(let document):
        if !batch.isEmpty,
          bytes + document.content.count > Self.batchBytes || batch.count >= Self.batchCount
        {
          try store(&batch, &outcome)
          bytes = 0
        }
        batch.append(document)
        bytes += document.content.count
      }
    }
    try store(&batch, &outcome)
    if outcome.stored == 0, outcome.rejected == 0 { outcome.reject(label, "it holds no document") }
    return outcome
  }

  private func store(_ batch: inout [Submission], _ outcome: inout Outcome) throws {
    guard !batch.isEmpty else { return }
    let results = try desk.ingest(batch) { if isStopping() { throw Stopping() } }
    for (document, result) in zip(batch, results) {
      switch result {
      case .success: outcome.stored += 1
      case .failure(let error): outcome.reject(document.label, error.message)
      }
    }
    batch.removeAll()
  }
}
