internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import SwiftProtobuf

/// danvan.v1.Entities: persons, bodies and posts across the corpus.
struct EntitiesHandlers: Sendable {
  let desk: Desk
  let log: Log

  func register(in router: inout Router) {
    let service = "danvan.v1.Entities"
    router.unary(service, "Person", on: .pooled, log: log, person)
    router.unary(service, "Body", on: .pooled, log: log, body)
    router.unary(service, "Holders", on: .pooled, log: log, holders)
    router.unary(service, "Rule", on: .pooled, log: log, rule)
    router.unary(service, "Rulings", on: .pooled, log: log, rulings)
    router.unary(service, "Forget", on: .pooled, log: log, forget)
  }

  @Sendable private func person(_ request: Danvan_V1_PersonRequest, _ call: Call) throws
    -> Danvan_V1_PersonResponse
  {
    let page = try desk.person(
      request.entity, limit: Int(request.limit), deadline: call.deadline)
    return .with {
      $0.person = Danvan_V1_EntityName(page.person)
      $0.names = page.names
      $0.tenures = page.tenures.map(Danvan_V1_Tenure.init)
      $0.events = page.events.map(Danvan_V1_Meeting.init)
      $0.statements = page.statements.map(Danvan_V1_StatementItem.init)
      $0.given = page.given.map(Danvan_V1_DirectiveItem.init)
      $0.received = page.received.map(Danvan_V1_DirectiveItem.init)
      $0.beside = page.beside.map(Danvan_V1_EntityName.init)
      $0.namesakes = page.namesakes.map(Danvan_V1_EntityName.init)
      $0.totals = Danvan_V1_PersonTotals(page.totals)
    }
  }

  @Sendable private func body(_ request: Danvan_V1_BodyRequest, _ call: Call) throws
    -> Danvan_V1_BodyResponse
  {
    let page = try desk.body(request.entity, limit: Int(request.limit), deadline: call.deadline)
    return .with {
      $0.body = Danvan_V1_EntityName(page.body)
      $0.names = page.names
      $0.tenures = page.tenures.map(Danvan_V1_Tenure.init)
      $0.events = page.events.map(Danvan_V1_Meeting.init)
      $0.statements = page.statements.map(Danvan_V1_StatementItem.init)
      $0.given = page.given.map(Danvan_V1_DirectiveItem.init)
      $0.received = page.received.map(Danvan_V1_DirectiveItem.init)
      $0.totals = Danvan_V1_PersonTotals(page.totals)
    }
  }

  @Sendable private func holders(_ request: Danvan_V1_HoldersRequest, _ call: Call) throws
    -> Danvan_V1_HoldersResponse
  {
    let day = try request.at.isEmpty ? nil : PartialDate(day: request.at)
    let holdings = try desk.holders(
      of: request.title, at: day, limit: Int(request.limit), deadline: call.deadline)
    return .with {
      $0.holdings = holdings.map { holding in
        .with {
          $0.tenure = Danvan_V1_Tenure(holding.tenure)
          $0.attested = holding.isAttested
          $0.daysOff = UInt32(clamping: holding.daysOff)
        }
      }
    }
  }

  @Sendable private func rule(_ request: Danvan_V1_RuleEntityRequest, _ call: Call) throws
    -> Danvan_V1_RuleEntityResponse
  {
    try Rights.demandChange(call, log)
    guard let kind = StoredRuling.Kind(rawValue: request.kind) else {
      throw DanvanError.invalid("an entity is a 'person' or a 'body'")
    }
    switch request.verb {
    case .merge: try desk.merge(kind, request.entity, with: request.other)
    case .split where kind == .body: try desk.splitBodies(request.entity, from: request.other)
    case .split: try desk.split(request.entity, articles: request.articles.map { ArticleID($0) })
    case .rename: try desk.rename(kind, request.entity, to: request.name)
    case .unspecified, .UNRECOGNIZED: throw DanvanError.invalid("unknown kind of ruling")
    }
    log.info(
      "ruled on an entity",
      [
        "verb": "\(request.verb)", "method": call.name, "peer_uid": call.peer.uid,
        "peer_pid": call.peer.pid,
      ])
    let all = try desk.rulings()
    let count = request.verb == .split && kind == .person ? request.articles.count : 1
    return .with { $0.rulings = all.suffix(count).map(Danvan_V1_EntityRuling.init) }
  }

  @Sendable private func rulings(_: Danvan_V1_EntityRulingsRequest, _: Call) throws
    -> Danvan_V1_EntityRulingsResponse
  {
    let all = try desk.rulings()
    return .with { $0.rulings = all.map(Danvan_V1_EntityRuling.init) }
  }

  @Sendable private func forget(_ request: Danvan_V1_ForgetRulingRequest, _ call: Call) throws
    -> Danvan_V1_ForgetRulingResponse
  {
    try Rights.demandChange(call, log)
    try desk.forgetRuling(request.id)
    log.info(
      "took a ruling back",
      [
        "ruling": request.id, "method": call.name, "peer_uid": call.peer.uid,
        "peer_pid": call.peer.pid,
      ])
    return Danvan_V1_ForgetRulingResponse()
  }
}

extension Danvan_V1_EntityRuling {
  fileprivate init(_ ruling: EntityRuling) {
    self.init()
    id = ruling.id
    kind = ruling.kind.rawValue
    verb = ruling.verb.rawValue
    entity = ruling.entity
    other = ruling.other
    time = Timestamp(nanoseconds: ruling.time).description
  }
}

extension PartialDate {
  /// A whole date. Throws `invalidArgument` for anything else.
  init(day text: String) throws(DanvanError) {
    guard let date = PartialDate(text), date.isWhole else {
      throw .invalid("'\(text.prefix(40))' is no day; write 2021-03-26")
    }
    self = date
  }
}
