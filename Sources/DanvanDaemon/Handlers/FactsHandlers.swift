internal import DanvanExtract
internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import SwiftProtobuf

/// danvan.v1.Facts: what a text says, and by which rules.
struct FactsHandlers: Sendable {
  let desk: Desk
  let log: Log

  func register(in router: inout Router) {
    router.unary("danvan.v1.Facts", "Analyze", on: .pooled, log: log, analyze)
    router.unary("danvan.v1.Facts", "Rules", on: .pooled, log: log, rules)
    router.unary("danvan.v1.Facts", "Explain", on: .pooled, log: log, explain)
  }

  @Sendable private func analyze(_ request: Danvan_V1_AnalyzeRequest, _ call: Call) throws
    -> Danvan_V1_AnalyzeResponse
  {
    let (article, facts) = try desk.analyze(
      Submission(request.document), check: call.demandWanted)
    let words = request.withWords ? try desk.rules?.words(in: article) ?? [] : []
    return .with {
      $0.text = article.text
      if let title = article.title { $0.title = title }
      $0.facts = Danvan_V1_ArticleFacts(facts)
      $0.article = Danvan_V1_Article(article)
      $0.words = words.map(Danvan_V1_Word.init)
    }
  }

  @Sendable private func explain(_ request: Danvan_V1_ExplainRequest, _ call: Call) throws
    -> Danvan_V1_ExplainResponse
  {
    guard request.hasDocument != (request.articleID != 0) else {
      throw DanvanError(.invalidArgument, "name an article or give a document, one of the two")
    }
    let places = try ExplainedPlaces(request)
    let reasons =
      request.hasDocument
      ? try desk.explain(
        Submission(request.document), places, withLosers: request.withLosers,
        check: call.demandWanted)
      : try desk.explain(
        ArticleID(request.articleID), places, withLosers: request.withLosers,
        check: call.demandWanted)
    return Danvan_V1_ExplainResponse(reasons)
  }

  @Sendable private func rules(_ request: Danvan_V1_ExplainRuleRequest, _ call: Call) throws
    -> Danvan_V1_ExplainRuleResponse
  {
    let wanted = request.rule
    let rules = desk.rules?.rules ?? []
    let found = wanted.isEmpty ? rules : rules.filter { $0.id == wanted }
    guard !found.isEmpty || wanted.isEmpty else {
      let nearest = nearestName(to: wanted, among: rules.map(\.id))
      throw DanvanError(
        .notFound,
        "no rule '\(wanted.prefix(64))'" + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
    }
    return .with { $0.rules = found.map(Danvan_V1_Rule.init) }
  }
}
