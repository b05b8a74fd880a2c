public import DanvanMessages
internal import DanvanRPC
internal import SwiftProtobuf

/// Persons, bodies and posts.
extension DaemonConnection {
  /// What the corpus tells of a person: `NAME`, or `NAME@ARTICLE` where several bear it.
  public func person(_ entity: String, limit: UInt32 = 0, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_PersonResponse
  {
    try call(
      "danvan.v1.Entities", "Person",
      Danvan_V1_PersonRequest.with {
        $0.entity = entity
        $0.limit = limit
      }, timeout: timeout)
  }

  /// What the corpus tells of an organisation.
  public func body(_ entity: String, limit: UInt32 = 0, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_BodyResponse
  {
    try call(
      "danvan.v1.Entities", "Body",
      Danvan_V1_BodyRequest.with {
        $0.entity = entity
        $0.limit = limit
      }, timeout: timeout)
  }

  /// Who held a post; with a day (`2021-03-26`), nearest to it.
  public func holders(
    of title: String, at day: String = "", limit: UInt32 = 0, timeout: Duration? = nil
  ) throws(DaemonError) -> [Danvan_V1_Holding] {
    let answer: Danvan_V1_HoldersResponse = try call(
      "danvan.v1.Entities", "Holders",
      Danvan_V1_HoldersRequest.with {
        $0.title = title
        $0.at = day
        $0.limit = limit
      }, timeout: timeout)
    return answer.holdings
  }

  /// Decides something about an entity; on disk on return.
  public func rule(_ request: Danvan_V1_RuleEntityRequest, timeout: Duration? = nil)
    throws(DaemonError) -> [Danvan_V1_EntityRuling]
  {
    let answer: Danvan_V1_RuleEntityResponse = try call(
      "danvan.v1.Entities", "Rule", request, timeout: timeout)
    return answer.rulings
  }

  /// Says something of a fact; on disk on return.
  public func correct(_ request: Danvan_V1_CorrectRequest, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_Correction
  {
    let answer: Danvan_V1_CorrectResponse = try call(
      "danvan.v1.Corrections", "Correct", request, timeout: timeout)
    return answer.correction
  }

  /// What was said of an article's facts; 0: of all articles'.
  public func corrections(of article: Int64 = 0, timeout: Duration? = nil)
    throws(DaemonError) -> [Danvan_V1_Correction]
  {
    var request = Danvan_V1_CorrectionsRequest()
    request.articleID = article
    var corrections: [Danvan_V1_Correction] = []
    repeat {
      let answer: Danvan_V1_CorrectionsResponse = try call(
        "danvan.v1.Corrections", "List", request, timeout: timeout)
      corrections += answer.corrections
      request.after = answer.next
    } while !request.after.isEmpty
    return corrections
  }

  /// Takes a correction back.
  public func forgetCorrection(_ id: Int64, timeout: Duration? = nil) throws(DaemonError) {
    let _: Danvan_V1_ForgetCorrectionResponse = try call(
      "danvan.v1.Corrections", "Forget",
      Danvan_V1_ForgetCorrectionRequest.with { $0.id = id }, timeout: timeout)
  }

  public func entityRulings(timeout: Duration? = nil)
    throws(DaemonError) -> [Danvan_V1_EntityRuling]
  {
    let answer: Danvan_V1_EntityRulingsResponse = try call(
      "danvan.v1.Entities", "Rulings", Danvan_V1_EntityRulingsRequest(), timeout: timeout)
    return answer.rulings
  }

  /// Takes a ruling back; NOT_FOUND where there is none of that number.
  public func forgetRuling(_ id: Int64, timeout: Duration? = nil) throws(DaemonError) {
    let _: Danvan_V1_ForgetRulingResponse = try call(
      "danvan.v1.Entities", "Forget", Danvan_V1_ForgetRulingRequest.with { $0.id = id },
      timeout: timeout)
  }
}
