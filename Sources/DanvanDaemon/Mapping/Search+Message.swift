internal import DanvanMessages
internal import DanvanModel
internal import DanvanService
internal import DanvanStore
internal import SwiftProtobuf

extension SearchRequest {
  /// Throws `invalidArgument` for a limit over `greatestLimit` and for orders and marks that this
  /// version does not know.
  init(_ request: Danvan_V1_QueryRequest, defaultLimit: Int, deadline: ContinuousClock.Instant?)
    throws(DanvanError)
  {
    guard request.limit <= Self.greatestLimit else {
      throw .invalid("limit \(request.limit) is over \(Self.greatestLimit); page with `after`")
    }
    let marks: Marks? =
      switch request.marks {
      case .automatic: .automatic
      case .exact: .exact
      case .ignored: .ignored
      case .UNRECOGNIZED: nil
      }
    guard let marks else { throw .invalid("unknown treatment of marks") }
    let order: SearchOrder? =
      switch request.sort {
      case .newest: .newest
      case .relevance: .relevance
      case .title: .title
      case .UNRECOGNIZED: nil
      }
    guard let order else { throw .invalid("unknown sort order") }
    self.init(
      query: request.query, limit: request.limit == 0 ? defaultLimit : Int(request.limit),
      order: order, marks: marks,
      after: request.after, explains: request.explain, deadline: deadline)
    facets = try request.facets.map { name throws(DanvanError) in
      guard let facet = SearchFacet(rawValue: name) else {
        let names = SearchFacet.allCases.map(\.rawValue)
        let hint = nearestName(to: name, among: names).map { "; did you mean '\($0)'?" }
        throw .invalid(
          "unknown facet '\(name)'" + (hint ?? "; there are \(names.joined(separator: ", "))"))
      }
      return facet
    }
    guard request.facetLimit <= Self.greatestLimit else {
      throw .invalid("a facet has at most \(Self.greatestLimit) values")
    }
    if request.facetLimit > 0 { facetLimit = Int(request.facetLimit) }
    countsOnly = request.countOnly
    foldsCopies = request.foldCopies
  }

  static let greatestLimit = 1_000
}

extension Danvan_V1_QueryResponse {
  init(_ page: SearchPage) {
    self.init()
    hits = page.hits.map(Danvan_V1_Hit.init)
    total = UInt64(clamping: page.total)
    next = page.next
    notes = page.notes
    suggestions = page.suggestions
    facets = page.facets.map(Danvan_V1_Facet.init)
    if let found = page.explanation { explanation = Danvan_V1_Explanation(found) }
  }
}

extension Danvan_V1_Facet {
  init(_ count: FacetCount) {
    self.init()
    name = count.facet.rawValue
    distinct = UInt64(clamping: count.distinct)
    values = count.values.map { value in
      .with {
        $0.value = value.value
        $0.articles = UInt64(clamping: value.articles)
      }
    }
  }
}

extension Danvan_V1_Explanation {
  init(_ explanation: Explanation) {
    self.init()
    terms = explanation.terms.map { term in
      .with {
        $0.text = term.text
        $0.column = UInt32(clamping: term.column)
        $0.field = term.field.rawValue
        $0.places = term.places.map { place in
          .with {
            $0.syllable = place.syllable
            $0.forms = place.forms
          }
        }
      }
    }
    steps = explanation.steps.map { step in
      .with {
        $0.what = step.what
        $0.articles = UInt64(clamping: step.articles)
        $0.nano = step.nanoseconds
      }
    }
  }
}

extension Danvan_V1_SavedSearch {
  init(_ search: SavedSearch) {
    self.init()
    name = search.name
    query = search.query
    saved = Timestamp(nanoseconds: search.saved).description
  }
}

extension Danvan_V1_Hit {
  init(_ hit: SearchHit) {
    self.init()
    article = Danvan_V1_Article(hit.article)
    article.copies = hit.copies.map(\.value)
    snippet = hit.snippet
    highlights = hit.highlights.flatMap {
      [UInt32(clamping: $0.lowerBound), UInt32(clamping: $0.upperBound)]
    }
    if let found = hit.facts { facts = Danvan_V1_ArticleFacts(found) }
    tags = hit.tags
  }
}
