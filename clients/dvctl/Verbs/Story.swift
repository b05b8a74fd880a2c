import ArgumentParser
import DanvanClient
import DanvanMessages

struct Story: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "story",
    abstract: "List the articles that tell of the same event as one of them.",
    discussion: """
      In the order of time, with what each adds in names and facts to those before it. Copies of one \
      text count as one. An article without a day is a story by itself. With --with it says how alike \
      two articles are, and what speaks for and against it.
      """)

  @Argument(help: "The article's number.")
  var id: Int64

  @Option(help: ArgumentHelp("Only compare it with this article.", valueName: "id"))
  var with: Int64?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let story = try connection.connect().story(
      id, comparedWith: with, timeout: connection.deadline())
    if let with {
      try output.renderer.render(
        StoryLikenessReport(id: id, other: with, found: story.compared))
      return
    }
    if story.cutOff { Talk.say(Localized("there are more articles than a story takes")) }
    try output.renderer.render(StoryReport(id: id, story: story))
  }
}
