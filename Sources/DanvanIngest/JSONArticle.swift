import DanvanModel

/// One article as a JSON object.
///
/// `text` (or `body`, `content`) is demanded; `title` (`headline`), `date` (`published`), `url` and
/// `publisher` (`source`) are taken where they are strings. A date that cannot be read is left out:
/// many a crawl has such, and the article is good without.
func jsonArticle(_ bytes: [UInt8]) throws -> Draft {
  let object = try JSONObject(bytes)
  guard let text = object.first("text", "body", "content") else {
    throw DanvanError.invalid(
      "the JSON object has no 'text' (nor 'body' or 'content') that is a string with text in it")
  }
  return Draft(
    text: text, title: object.first("title", "headline")?.trimmed.onOneLine,
    url: object.first("url", "link")?.trimmed,
    publisher: object.first("publisher", "source")?.trimmed,
    published: object.first("date", "published").flatMap(publicationDate))
}

/// A date as pages and feeds write it: ISO 8601 with or without a time, or day/month/year.
func publicationDate(_ text: String) -> PartialDate? {
  let day = text.trimmed.prefix { !$0.isWhitespace && $0 != "T" }
  if let date = PartialDate(day) { return date }
  for separator in ["/", "-", "."] as [Character] {
    let parts = day.split(separator: separator, omittingEmptySubsequences: false).map { Int($0) }
    if parts.count == 3, let day = parts[0], let month = parts[1], let year = parts[2], year > 999 {
      return PartialDate(year: year, month: month, day: day)
    }
  }
  return nil
}
