import ArgumentParser
import DanvanClient
import DanvanMessages

struct Entity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "entity",
    abstract: "Decide which names are one person or body; remembered over every rebuild.",
    subcommands: [Merge.self, Split.self, Rename.self, List.self, Forget.self],
    defaultSubcommand: List.self)

  /// What kind of entity, and how to reach the daemon.
  struct Options: ParsableArguments {
    @Flag(help: "The names are those of bodies, not of persons.")
    var body = false

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func rule(
      _ verb: Danvan_V1_RuleEntityRequest.Verb, _ entity: String,
      _ fill: (inout Danvan_V1_RuleEntityRequest) -> Void
    ) throws {
      var request = Danvan_V1_RuleEntityRequest()
      request.verb = verb
      request.kind = body ? "body" : "person"
      request.entity = entity
      fill(&request)
      let rulings = try connection.connect(forChanges: true)
        .rule(request, timeout: connection.deadline())
      try output.renderer.render(RulingsReport(rulings: rulings))
    }
  }

  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "merge", abstract: "Two entities are one.")

    @Argument(help: "NAME or NAME@ARTICLE.") var entity: String
    @Argument(help: "NAME or NAME@ARTICLE.") var other: String
    @OptionGroup var options: Options

    func run() throws { try options.rule(.merge, entity) { $0.other = other } }
  }

  struct Split: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "split",
      abstract: "In some articles a name is another person's.",
      discussion: "With --body: the second name is another body's, though it reads the same.")

    @Argument(help: "NAME or NAME@ARTICLE.") var entity: String
    @Argument(help: ArgumentHelp("Numbers of articles; with --body a name.", valueName: "article"))
    var others: [String]
    @OptionGroup var options: Options

    func validate() throws {
      if !options.body, let stray = others.first(where: { Int64($0) == nil }) {
        throw ValidationError(Localized("'\(stray)' is no article's number."))
      }
      if options.body, others.count != 1 {
        throw ValidationError(Localized("--body wants one other name."))
      }
    }

    func run() throws {
      try options.rule(.split, entity) {
        if options.body {
          $0.other = others[0]
        } else {
          $0.articles = others.compactMap { Int64($0) }
        }
      }
    }
  }

  struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rename",
      abstract: "Show an entity under another name.")

    @Argument(help: "NAME or NAME@ARTICLE.") var entity: String
    @Argument var name: String
    @OptionGroup var options: Options

    func run() throws { try options.rule(.rename, entity) { $0.name = name } }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List what was decided.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let rulings = try connection.connect().entityRulings(timeout: connection.deadline())
      try output.renderer.render(RulingsReport(rulings: rulings))
    }
  }

  struct Forget: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "forget", abstract: "Take a decision back.")

    @Argument(help: "Its number, as `list` shows it.") var id: Int64
    @OptionGroup var connection: ConnectionOptions

    func run() throws {
      try connection.connect(forChanges: true).forgetRuling(id, timeout: connection.deadline())
    }
  }
}
