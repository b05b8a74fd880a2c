import ArgumentParser
import DanvanClient
import DanvanLanguage
import DanvanMessages
import SwiftProtobuf

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Look at what is stored, and say what is damaged.",
    discussion: """
      The checksums of each article's record, text and facts, of former texts and kept documents, of the log \
      and of rules, the database's pages, the full-text index against the articles, the structure of the other \
      indexes. Ends with 1 when something is damaged. Queries go on meanwhile; what changes the store waits while \
      the index is looked at.
      """)

  @Flag(help: "First make the full-text index anew from the articles.")
  var repairIndex = false

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let stream = try connection.connect(forChanges: true).check(repairingIndex: repairIndex)
    var faults: [Danvan_V1_CheckFault] = []
    var end: Danvan_V1_CheckEnd?
    var progress = Progress(total: nil)
    while case .message(let payload) = try stream.next() {
      guard let item = try? Danvan_V1_CheckItem(serializedBytes: payload) else {
        throw DaemonError.malformed("a check's message is no CheckItem")
      }
      if item.hasProgress {
        let (done, total) = (
          Int64(clamping: item.progress.done), Int64(clamping: item.progress.total)
        )
        if done == 0 { progress = Progress(total: total) }
        progress.update(bytes: done, articles: done)
      }
      if item.hasFault { faults.append(item.fault) }
      if item.hasEnd { end = item.end }
    }
    progress.clear()
    guard let end else { throw Failure(.failed, "LOST", Localized("the check broke off")) }
    try output.renderer.render(CheckReport(faults: faults, articles: end.articles))
    if !faults.isEmpty { throw Failure(silent: .failed) }
  }
}

struct CheckReport: Report {
  let faults: [Danvan_V1_CheckFault]
  let articles: UInt64

  func lines(_ style: Style) -> [String] {
    let found =
      faults.isEmpty ? Localized("all is well") : Localized("\(faults.count) damaged")
    let looked = Localized(
      "looked at \(Quantities.articles(Int64(clamping: articles))), the index and all pages: \(found)"
    )
    return faults.map { fault in
      style.paint(
        (fault.articleID == 0
          ? Localized("store") : Localized("article \(fault.articleID)")).text, .bold)
        + "  \(Localized(fault.reason, by: .danvan).text.printable)"
    } + [looked.text]
  }

  var json: JSON {
    .object([
      .init(name: "articles", value: .integer(Int64(clamping: articles))),
      .init(
        name: "faults",
        value: .array(
          faults.map { fault in
            .object([
              .init(
                name: "article", value: fault.articleID == 0 ? .null : .integer(fault.articleID)),
              .init(name: "reason", value: .string(fault.reason)),
            ])
          })),
    ])
  }
}
