import DanvanMessages
import SwiftProtobuf
import Testing

@testable import dvctl

/// Facts within each other, and facts that cross, as pieces of a text.
struct ArticlePageTests {
  private func mention(_ type: String, _ start: UInt32, _ end: UInt32) -> Danvan_V1_Mention {
    .with {
      $0.type = type
      ($0.start, $0.end) = (start, end)
      $0.text = "x"
    }
  }

  private func page(_ text: String, _ fill: (inout Danvan_V1_ArticleFacts) -> Void) throws
    -> String
  {
    var article = Danvan_V1_Article()
    article.id = 1
    fill(&article.facts)
    let page = ArticlePage(article: article, text: text)
    return try TemplateRenderer(folder: TemplateFolder(nil)).render("article.html", page.values)
  }

  /// The pieces of the page's text, with the kinds of each.
  private func pieces(_ page: String) -> [String] {
    page.matches(of: /class="f ([a-z ]+)"[^>]*>([^<]+)</).filter { !$0.2.contains("corrected") }
      .map { "\($0.2): \($0.1)" }.filter { $0.first?.isNumber == true }
  }

  @Test func nestedAndCrossingFactsAreCut() throws {
    let page = try page("0123456789") {
      $0.mentions = [mention("TITLE", 1, 5), mention("ORG", 3, 5), mention("LOC", 4, 8)]
    }
    // Of equals in length the name of the kind decides; the shortest comes first.
    #expect(pieces(page) == ["12: title", "3: org title", "4: org loc title", "567: loc"])
    #expect(page.contains("<p>0<") && page.contains("</span>89</p>"))
  }

  @Test func rangesBeyondTheTextAreNoFault() throws {
    let page = try page("01\n34") {
      $0.mentions = [mention("LOC", 1, 4), mention("ORG", 90, 99), mention("TIME", 4, 2)]
    }
    #expect(pieces(page) == ["1: loc", "3: loc"])
  }

  @Test func whoHeldAPostByOtherArticlesIsToldApart() throws {
    var article = Danvan_V1_Article()
    article.id = 3
    article.incumbents = [
      .with {
        $0.post = "Bí thư <A>"
        ($0.name, $0.entity) = ("Phạm Hữu Thử", "Phạm Hữu Thử@1")
        $0.sources = [
          .with { ($0.articleID, $0.date) = (1, "2021-01-10") },
          .with { ($0.articleID, $0.date) = (2, "2021-04-15") },
        ]
      }
    ]
    let values = ArticlePage(article: article, text: "x").values
    let page = try TemplateRenderer(folder: TemplateFolder(nil)).render("article.html", values)
    #expect(page.contains(">Bí thư &lt;A&gt;<"))
    #expect(page.contains("article 1, 2021-01-10; article 2, 2021-04-15<"))
    #expect(page.contains("dvctl person &#39;Phạm Hữu Thử@1&#39;"))
    article.incumbents = []
    #expect(
      try !TemplateRenderer(folder: TemplateFolder(nil)).render(
        "article.html", ArticlePage(article: article, text: "x").values
      ).contains("other articles say"))
  }

  @Test func onlyWebAddressesAreLinks() {
    var article = Danvan_V1_Article()
    article.url = "javascript:alert(1)"
    let values = ArticlePage(article: article, text: "x").values.compact
    #expect(values.contains(#""url":"""#))
  }
}
