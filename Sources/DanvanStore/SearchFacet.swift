/// What the matches of a search can be counted by.
public enum SearchFacet: String, Sendable, Hashable, CaseIterable {
  case person
  case organization = "org"
  case place
  case source
  case publisher
  case instrument
  case campaign
  case topic
  case kind
  case language = "lang"
  case tag
  /// Of publication, else of report; undated articles are in none.
  case year
  case month
}

/// The values of one facet with the number of articles of each.
public struct FacetCount: Sendable {
  public let facet: SearchFacet
  /// The most frequent first, as many as were asked for; years and months in their order.
  public let values: [(value: String, articles: Int)]
  /// How many values there are in all.
  public let distinct: Int

  public init(facet: SearchFacet, values: [(value: String, articles: Int)], distinct: Int) {
    self.facet = facet
    self.values = values
    self.distinct = distinct
  }
}
