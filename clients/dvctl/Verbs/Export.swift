import ArgumentParser
import DanvanClient
import DanvanMessages
import Glibc
import SwiftProtobuf

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write articles and their facts for other programs.",
    discussion: """
      Takes all articles, or those that match a query, as they are at one moment. JSON lines hold \
      everything and go back in with `dvctl import`; CSV holds the facts of one kind, a SQLite file \
      those of every kind in plain tables, Markdown the texts; gold those articles whose facts were \
      corrected, in the form in which the rules are evaluated. A file appears under its name when it is \
      complete.
      """)

  @Argument(help: ArgumentHelp("Only articles that match; see dvctl query.", valueName: "query"))
  var query: [String] = []

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "jsonl, csv, md, sqlite or gold; else by the output's name, else jsonl.", valueName: "format")
  )
  var named: String?

  @Flag(help: "With JSON lines: the facts too.")
  var facts = false

  @Flag(help: "With JSON lines: leave the kept documents out.")
  var withoutOriginals = false

  @Option(
    help: ArgumentHelp(
      "With CSV: article, \(FactTable.all.dropFirst().map(\.kind).joined(separator: ", ")).",
      valueName: "kind"))
  var kind: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "A file; with Markdown also a folder, where it ends in /; gold is always a folder. Else standard output.",
      valueName: "path"))
  var path: String?

  @OptionGroup var connection: ConnectionOptions

  private func chosenFormat() throws -> ExportFormat {
    if let named {
      guard let format = ExportFormat(rawValue: named) else {
        throw ValidationError(Localized("--format wants jsonl, csv, md, sqlite or gold."))
      }
      return format
    }
    if let path, path.hasSuffix("/") { return .md }
    return try path.flatMap { try ExportFormat.named(by: $0) } ?? .jsonl
  }

  func validate() throws {
    let format = try chosenFormat()
    if format == .csv {
      guard let kind else {
        throw ValidationError(Localized("CSV holds one kind of row: name it with --kind."))
      }
      guard FactTable.named(kind) != nil else {
        let kinds = FactTable.all.map(\.kind).joined(separator: ", ")
        throw ValidationError(Localized("--kind wants one of \(kinds)."))
      }
    } else if kind != nil {
      throw ValidationError(Localized("--kind goes with --format csv."))
    }
    if format == .sqlite, path == nil {
      throw ValidationError(Localized("A SQLite file is written with -o."))
    }
    if format == .gold, path == nil {
      throw ValidationError(Localized("Gold articles are written to a folder, with -o."))
    }
    if format != .md, format != .gold, path?.hasSuffix("/") == true {
      throw ValidationError(Localized("Only Markdown is written to a folder."))
    }
  }

  func run() throws {
    let format = try chosenFormat()
    let stream = try connection.connect().export(
      .with {
        $0.query = query.joined(separator: " ")
        let isWhole = format == .jsonl
        $0.withFacts = facts || !isWhole
        $0.withOriginals = isWhole ? !withoutOriginals : format != .md && format != .gold
        $0.withSentences = format == .csv || format == .sqlite
        $0.newestOnly = !isWhole
      })
    let sink = try sink(format)
    var progress = Progress(total: nil)
    var (seen, isComplete): (Int64, Bool) = (0, false)
    while case .message(let bytes) = try stream.next() {
      guard let item = try? Danvan_V1_ExportItem(serializedBytes: bytes) else {
        throw DaemonError.malformed("an export's message is no ExportItem")
      }
      if item.hasHead {
        progress = Progress(total: Int64(clamping: item.head.texts))
        Talk.say(
          Localized(
            "\(Quantities.articles(Int64(clamping: item.head.articles))) as of \(item.head.cursor)")
        )
      }
      if item.hasText { seen += 1 }
      isComplete = item.hasEnd
      try sink.write(item)
      progress.update(bytes: seen, articles: seen)
    }
    progress.clear()
    guard isComplete else {
      throw Failure(
        .failed, "LOST", Localized("the export broke off; nothing was written under its name"))
    }
    try sink.finish()
    let written = (sink as? GoldSink)?.written ?? seen
    Talk.say(
      Localized(
        "exported \(Quantities.count(written)) texts in \(Quantities.duration(progress.seconds))"))
  }

  private func sink(_ format: ExportFormat) throws -> any ExportSink {
    switch format {
    case .jsonl: return try JSONLinesSink(OutputFile(path: path))
    case .csv:
      guard let table = kind.flatMap(FactTable.named) else {
        throw Failure(.usage, "USAGE", Localized("no such kind"))
      }
      return try CSVSink(table, OutputFile(path: path))
    case .md:
      if let path, path.hasSuffix("/") { return MarkdownSink(try OutputFolder(path: path)) }
      return MarkdownSink(try OutputFile(path: path))
    case .sqlite: return try SQLiteSink(path: path ?? "")
    case .gold: return try GoldSink(OutputFolder(path: path ?? ""))
    }
  }
}
