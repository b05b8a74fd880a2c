import ArgumentParser
import DanvanClient
import DanvanInputs
import DanvanMessages
import DanvanModel

struct Ingest: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Store articles.",
    discussion: """
      Takes files, folders, quoted patterns and - for standard input: .txt, .md, .html, .json, .jsonl, \
      .csv, .xml, .rss, .atom, .eml, .mbox, archives (.tar, .tgz, .zip) of these, and each with .gz. \
      In folders and archives, files of other kinds are passed over and counted. \
      Articles that are there already are counted as duplicates. With --format ndjson each \
      document's outcome is a line on standard output.
      """)

  @Argument(help: ArgumentHelp("Files and folders, or -.", valueName: "path"))
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "text, markdown, html, json, jsonl, csv, feed, eml or mbox; else by name and content.",
      valueName: "type"))
  var type: InputKind?

  @OptionGroup var selection: FilterOptions

  @Option(
    help: ArgumentHelp(
      "Keep there how far this run has come, and go on behind what an earlier one has done.",
      valueName: "file"))
  var resume: String?

  @Option(
    help: ArgumentHelp(
      "Write what was rejected, and why, there too: a line of JSON each.", valueName: "file"))
  var rejects: String?

  @OptionGroup var labels: LabelOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let checkpoint = try resume.map { path throws(Failure) in try IngestCheckpoint(path: path) }
    let daemon = try connection.connect(forChanges: true)
    var inputs = Inputs(
      paths, kind: type, filter: selection.filter, labels: InputLabels(labels))
    var read: Int64 = 0
    var lastLabel = ""
    var tally = IngestTally(
      renderer: output.renderer,
      progress: Progress(
        total: Talk.isTerminal
          ? Inputs.size(of: paths, kind: type, filter: selection.filter) : nil))
    do {
      let skipped = checkpoint?.done ?? 0
      for number in 0..<skipped {
        guard let label = inputs.next()?.label else { break }
        if number == skipped - 1 { try checkpoint?.check(label) }
      }
      if skipped > 0 { Talk.say("going on behind \(Quantities.count(Int64(skipped))) documents") }
      if let rejects { tally.rejects = try RejectFile(path: rejects) }
      // Small enough that progress moves and a lost connection costs little.
      var batch = IngestBatch(byteLimit: 512 << 10, countLimit: 200)
      while let item = inputs.next() {
        defer { lastLabel = item.label }
        switch item {
        case .fault(let label, let error):
          try tally.add(rejected: label, code: error.code.name, error.message)
        case .document(let submission):
          let document = Danvan_V1_Document(submission)
          if !batch.add(document) {
            try send(&batch, to: daemon, &tally)
            try checkpoint?.advance(by: Int(tally.seen), label: lastLabel)
            _ = batch.add(document)
            read = inputs.bytesRead
          }
        }
        // What waits in the batch is not done yet.
        tally.progress.update(bytes: read, articles: tally.seen)
      }
      try send(&batch, to: daemon, &tally)
      if tally.seen > 0 { try checkpoint?.advance(by: Int(tally.seen), label: lastLabel) }
      tally.passedOver = inputs.passedOver
    } catch {
      try? tally.finish()
      throw error
    }
    try tally.finish()
    if tally.rejected > 0 { throw Failure(silent: .rejected) }
  }

  private func send(
    _ batch: inout IngestBatch, to daemon: DaemonConnection, _ tally: inout IngestTally
  ) throws {
    if batch.isEmpty { return }
    let results = try daemon.ingest(
      batch.documents, timeout: connection.deadline(otherwise: 600))
    for (document, result) in zip(batch.documents, results) {
      try tally.add(document.label, result)
    }
    batch.removeAll()
  }
}

extension InputItem {
  fileprivate var label: String {
    switch self {
    case .document(let submission): submission.label
    case .fault(let label, _): label
    }
  }
}
