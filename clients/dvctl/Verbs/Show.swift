import ArgumentParser
import DanvanClient
import DanvanMessages

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show an article with its facts.")

  @Argument(help: "The article's number.")
  var id: Int64

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let article = try connection.connect().article(
      id, withText: true, withFacts: true, timeout: connection.deadline())
    try output.renderer.render(ArticleReport(article: article, text: article.text.text()))
  }
}
