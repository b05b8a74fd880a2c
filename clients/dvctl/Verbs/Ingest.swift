import ArgumentParser
import DanvanClient
import DanvanInputs
import DanvanMessages
import DanvanModel

struct Ingest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
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

  @Option(
    help: ArgumentHelp(
      "Send so many batches before the first is acknowledged, 1 to 16; above 1 articles are numbered in "
        + "no particular order.", valueName: "count"))
  var jobs = 1

  @OptionGroup var labels: LabelOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...16).contains(jobs) else {
      throw ValidationError(Localized("--jobs must be from 1 to 16."))
    }
  }

  func run() throws {
    let checkpoint = try resume.map { path throws(Failure) in try IngestCheckpoint(path: path) }
    let daemon = try connection.connect(forChanges: true)
    var inputs = PeekedInputs(
      Inputs(paths, kind: type, filter: selection.filter, labels: InputLabels(labels)))
    // An address is of one page: nothing is stored where another would get it, too.
    if labels.url != nil { try inputs.demandOne() }
    let total = Talk.isTerminal ? Inputs.size(of: paths, kind: type, filter: selection.filter) : nil
    var sender = LoadSender(
      daemon: daemon, jobs: jobs, timeout: connection.deadline(otherwise: 600),
      checkpoint: checkpoint,
      tally: IngestTally(renderer: output.renderer, progress: Progress(total: total)))
    do {
      let skipped = checkpoint?.done ?? 0
      for number in 0..<skipped {
        guard let label = inputs.next()?.label else { break }
        if number == skipped - 1 { try checkpoint?.check(label) }
      }
      if skipped > 0 {
        Talk.say(Localized("going on behind \(Quantities.count(Int64(skipped))) documents"))
      }
      if let rejects { sender.tally.rejects = try RejectFile(path: rejects) }
      while let item = inputs.next() { try sender.take(item, bytesRead: inputs.all.bytesRead) }
      try sender.finish()
      sender.tally.passedOver = inputs.all.passedOver
    } catch {
      sender.tally.unanswered = sender.unanswered
      try? sender.tally.finish()
      throw error
    }
    try sender.tally.finish()
    if sender.tally.rejected > 0 { throw Failure(silent: .rejected) }
  }
}

/// Documents of which some have been looked at before they are taken.
private struct PeekedInputs {
  private(set) var all: Inputs
  private var seen: [InputItem] = []

  init(_ inputs: Inputs) { all = inputs }

  mutating func next() -> InputItem? {
    guard seen.isEmpty else { return seen.removeFirst() }
    return all.next()
  }

  /// Throws where there are more than one.
  mutating func demandOne() throws(Failure) {
    guard let first = all.next() else { return }
    seen = [first]
    guard all.next() == nil else {
      throw Failure(
        .usage, "USAGE",
        Localized(
          "--url is the address of one document, and there are more here; nothing is stored"))
    }
  }
}

extension InputItem {
  var label: String {
    switch self {
    case .document(let submission): submission.label
    case .fault(let label, _): label
    }
  }
}
