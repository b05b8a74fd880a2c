internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import SwiftProtobuf

/// danvan.v1.Corrections: what people say of facts.
struct CorrectionsHandlers: Sendable {
  let desk: Desk
  let log: Log

  func register(in router: inout Router) {
    let service = "danvan.v1.Corrections"
    router.unary(service, "Correct", on: .pooled, log: log, correct)
    router.unary(service, "List", on: .pooled, log: log, list)
    router.unary(service, "Forget", on: .pooled, log: log, forget)
  }

  @Sendable private func correct(_ request: Danvan_V1_CorrectRequest, _ call: Call) throws
    -> Danvan_V1_CorrectResponse
  {
    try Rights.demandChange(call, log)
    var wanted = CorrectionRequest()
    wanted.fact = request.fact
    wanted.article = ArticleID(request.articleID)
    wanted.isSpurious = request.spurious
    wanted.type = request.type
    wanted.place = try ExplainedPlaces(start: request.start, end: request.end, request.words)
    wanted.fields = request.fields.map { ($0.name, $0.value) }
    wanted.why = request.why
    wanted.uid = call.peer.uid
    wanted.who = request.who.isEmpty ? UserName.of(call.peer.uid) : request.who
    let made = try desk.correct(wanted)
    log.info(
      "corrected a fact",
      [
        "correction": made.correction.id, "article": made.correction.article,
        "method": call.name, "peer_uid": call.peer.uid, "peer_pid": call.peer.pid,
      ])
    return .with { $0.correction = Danvan_V1_Correction(made) }
  }

  @Sendable private func list(_ request: Danvan_V1_CorrectionsRequest, _ call: Call) throws
    -> Danvan_V1_CorrectionsResponse
  {
    let id = request.articleID
    if id != 0 { _ = try desk.article(ArticleID(id), parts: []) }
    guard request.limit <= 1_000 else {
      throw RPCStatus(.invalidArgument, "limit is at most 1000")
    }
    let (items, next) = try desk.corrections(
      of: id == 0 ? nil : ArticleID(id), after: request.after,
      limit: request.limit == 0 ? 200 : Int(request.limit))
    return .with {
      $0.corrections = items.map(Danvan_V1_Correction.init)
      $0.next = next
    }
  }

  @Sendable private func forget(_ request: Danvan_V1_ForgetCorrectionRequest, _ call: Call) throws
    -> Danvan_V1_ForgetCorrectionResponse
  {
    try Rights.demandChange(call, log)
    try desk.forgetCorrection(request.id)
    log.info(
      "took a correction back",
      [
        "correction": request.id, "method": call.name, "peer_uid": call.peer.uid,
        "peer_pid": call.peer.pid,
      ])
    return Danvan_V1_ForgetCorrectionResponse()
  }
}

extension ExplainedPlaces {
  /// Nil where neither bytes nor words are given. Throws `invalidArgument` for no range and for both.
  fileprivate init?(start: UInt32, end: UInt32, _ words: String) throws {
    if start == 0, end == 0, words.isEmpty { return nil }
    try self.init(
      .with {
        $0.start = start
        $0.end = end
        $0.words = words
      })
  }
}
