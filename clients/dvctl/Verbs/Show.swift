import ArgumentParser
import DanvanClient
import DanvanMessages

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show an article with its facts.",
    discussion: """
      With --html as one page that needs no network: facts coloured by kind, and what they say on pointing \
      at them: dvctl show 12 --html > 12.html
      """)

  @Argument(help: "The article's number.")
  var id: Int64

  @Flag(help: "As a page for a browser.")
  var html = false

  @Option(
    help: ArgumentHelp(
      "With --html: take article.html, facts.html and article.css from this folder where it has them.",
      valueName: "folder"))
  var template: String?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if template != nil, !html { throw ValidationError(Localized("--template goes with --html.")) }
    if html, output.named != nil {
      throw ValidationError(Localized("--html is a format of its own; leave --format away."))
    }
  }

  func run() throws {
    // Faults of templates are told before the daemon is asked.
    let folder = try TemplateFolder(template)
    let article = try connection.connect().article(
      id, withText: true, withFacts: true, timeout: connection.deadline())
    let text = try article.text.text()
    guard html else {
      return try output.renderer.render(ArticleReport(article: article, text: text))
    }
    do {
      let page = ArticlePage(article: article, text: text)
      try Output.write(try TemplateRenderer(folder: folder).render("article.html", page.values))
    } catch let error as TemplateError {
      throw Failure(.usage, "TEMPLATE", Localized(verbatim: error.description))
    }
  }
}
