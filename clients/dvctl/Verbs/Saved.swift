import ArgumentParser
import DanvanClient
import DanvanMessages

struct Saved: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "saved",
    abstract: "Keep queries under names, for `saved:NAME` in queries and watches.",
    subcommands: [Add.self, List.self, Remove.self, Run.self], defaultSubcommand: List.self)

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Keep a query, in place of an earlier one of that name.")

    @Argument(help: "Letters, digits and _ - . /")
    var name: String

    @Argument(
      parsing: .allUnrecognized,
      help: ArgumentHelp("The query; several arguments are one.", valueName: "words"))
    var words: [String]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let query = words.filter { $0 != "--" }.joined(separator: " ")
      let search = try connection.connect(forChanges: true)
        .save(query, as: name, timeout: connection.deadline())
      try output.renderer.render(SavedReport([search]))
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the saved searches.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let searches = try connection.connect().savedSearches(timeout: connection.deadline())
      try output.renderer.render(SavedReport(searches))
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rm", abstract: "Forget a saved search.")

    @Argument var name: String
    @OptionGroup var connection: ConnectionOptions

    func run() throws {
      try connection.connect(forChanges: true).removeSaved(name, timeout: connection.deadline())
    }
  }

  struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run",
      abstract: "Find what a saved search finds, with the options of query.")

    @Argument var name: String
    @OptionGroup var query: Query

    func run() throws {
      var query = query
      query.words = ["saved:\"\(name)\""] + query.words
      try query.run()
    }
  }
}
