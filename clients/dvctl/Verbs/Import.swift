import ArgumentParser
import DanvanClient
import DanvanInputs
import DanvanMessages
import SwiftProtobuf

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take an export back in.",
    discussion: """
      Reads the JSON lines of `dvctl export`, gzip or plain. Numbers, times, tags, notes, rulings, sightings, former \
      texts, kept documents and groups of copies come out the same; facts are made anew by the \
      daemon's rules. A text that is there already is not stored twice: its sightings and tags are \
      joined. An article whose number is taken gets another. Lines go in a batch at a time, a batch \
      whole or not at all; doing it again changes nothing.
      """)

  @Argument(help: ArgumentHelp("The file, or -.", valueName: "file"))
  var path: String

  @Flag(help: "Refuse an article whose number is taken instead of giving it another.")
  var sameIds = false

  @Option(
    help: ArgumentHelp(
      "Keep there how far this run has come, and go on behind what an earlier one has done.",
      valueName: "file"))
  var resume: String?

  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    let checkpoint = try resume.map { path throws(Failure) in try IngestCheckpoint(path: path) }
    let daemon = try connection.connect(forChanges: true)
    // A store that has articles of its own may have copies of these; a run that goes on goes on so.
    let regroups =
      if let checkpoint, checkpoint.done > 0 {
        checkpoint.lastLabel.hasSuffix(ImportLoader.regroupedMark)
      } else {
        try daemon.status(timeout: connection.deadline()).articles > 0
      }
    var loader = ImportLoader(
      daemon: daemon, timeout: connection.deadline(otherwise: 600), sameIDs: sameIds,
      regroups: regroups, checkpoint: checkpoint, size: path == "-" ? nil : Inputs.size(of: [path]))
    do {
      try loader.load(path)
    } catch {
      loader.report(path)
      throw error
    }
    loader.report(path)
  }
}
