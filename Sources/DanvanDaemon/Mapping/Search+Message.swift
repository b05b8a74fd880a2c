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
    guard request.sort == .newest || request.sort == .relevance else {
      throw .invalid("unknown sort order")
    }
    self.init(
      query: request.query, limit: request.limit == 0 ? defaultLimit : Int(request.limit),
      order: request.sort == .relevance ? .relevance : .newest, marks: marks,
      after: request.after, deadline: deadline)
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
  }
}

extension Danvan_V1_Hit {
  init(_ hit: SearchHit) {
    self.init()
    article = Danvan_V1_Article(hit.article)
    snippet = hit.snippet
    highlights = hit.highlights.flatMap {
      [UInt32(clamping: $0.lowerBound), UInt32(clamping: $0.upperBound)]
    }
  }
}
