public import DanvanModel
internal import DanvanStore

/// Who held a post that an article names without a name, as other articles say.
///
/// It is no fact of the article: it is told when it is asked, by what the corpus says then.
public struct Incumbent: Sendable {
  /// The title as the article writes it, at the place that was looked at.
  public let title: Mention
  /// Office and body, the body by its full name.
  public let post: String
  public let person: EntitySummary
  /// The day asked about: the article's.
  public let day: PartialDate
  /// The articles nearest to that day that give him the post: the last before and the first after, or where
  /// there is none after (before), the two nearest.
  public let sources: [FactSource]
  /// How many articles give him the post within half a year of the day.
  public let articles: Int
}

extension Desk {
  /// Who by other articles held the posts that an article names alone, as speaker, issuer, chair or attendee, in
  /// the order of its text; none for an article that is not there.
  public func incumbents(in article: ArticleID, deadline: ContinuousClock.Instant? = nil) throws
    -> [Incumbent]
  {
    try reading(deadline) { try DeskReader($0, engine).incumbents(in: article) }
  }
}
