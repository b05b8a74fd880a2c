import ArgumentParser

struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Make a store of a backup, where no daemon runs.",
    discussion: """
      Writes the database into a state directory that no danvand has open, once its pages are found \
      whole (`dvctl check` looks at every article); it belongs to whom the directory belongs. The \
      restored store has an id of its own, since its history goes on in another way: cursors of \
      before are refused as those of another store, and are never taken for a place that they do \
      not name.
      """)

  @Argument(
    help: ArgumentHelp(
      "A file of `dvctl backup`, or the same unpacked; - is standard input.", valueName: "file"))
  var path: String

  @Option(
    help: ArgumentHelp("The state directory of a danvand that does not run.", valueName: "dir"))
  var state: String

  @Flag(help: "Where there is a store: keep it beside as danvan.db.replaced.")
  var replace = false

  func run() throws {
    let store = try RestoredStore(directory: state, replaces: replace)
    try BackupFile(path: path).unpack(into: store.write)
    let articles = try store.finish()
    Talk.say(Localized("restored \(Quantities.articles(articles)) into \(state)"))
  }
}
