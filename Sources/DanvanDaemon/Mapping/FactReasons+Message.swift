internal import DanvanExtract
internal import DanvanMessages
internal import DanvanModel
internal import DanvanService
internal import SwiftProtobuf

extension ExplainedPlaces {
  /// Throws `invalidArgument` for a range that ends before it begins, or a range and words.
  init(_ request: Danvan_V1_ExplainRequest) throws {
    switch (request.end, request.words.isEmpty) {
    case (0, true) where request.start == 0: self = .everything
    case (0, false) where request.start == 0: self = .words(request.words)
    case (let end, true) where request.start < end:
      self = .range(TextRange(Int(request.start), Int(end)))
    case (_, true):
      throw DanvanError(
        .invalidArgument, "bytes \(request.start) to \(request.end) are not a range")
    case (_, false):
      throw DanvanError(.invalidArgument, "give a range of bytes or words, not both")
    }
  }
}

extension Danvan_V1_ExplainResponse {
  init(_ reasons: FactReasons) {
    self.init()
    text = reasons.article.text
    if let found = reasons.article.title { title = found }
    facts = Danvan_V1_ArticleFacts(reasons.facts)
    places = reasons.places.map(Danvan_V1_Word.init)
    rules = reasons.rules.map(Danvan_V1_Rule.init)
    if let trace = reasons.trace {
      losers = trace.candidates.map(Danvan_V1_Loser.init)
      losersOmitted = UInt64(trace.omitted)
    }
    corrections = reasons.corrections.map(Danvan_V1_Correction.init)
    incumbents = reasons.incumbents.map(Danvan_V1_Incumbent.init)
    if let version = reasons.storedRuleSet { storedRuleSet = version }
  }
}

extension Danvan_V1_Loser {
  init(_ candidate: Trace.Candidate) {
    self.init()
    kind = candidate.kind
    start = UInt32(clamping: candidate.range.start)
    end = UInt32(clamping: candidate.range.end)
    text = candidate.text
    rule = candidate.rule
    reason = candidate.reason
  }
}
