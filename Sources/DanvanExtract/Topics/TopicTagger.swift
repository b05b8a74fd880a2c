import DanvanModel
import DanvanText

/// Finds the topics of an article by the cues of `lexicon/topics.tsv`.
struct TopicTagger: Sendable {
  private let cues: Lexicon
  private let evidence: Evidence
  /// So many weak cues outside headline and lead make a topic.
  private static let enough = 3

  /// Throws `DanvanError` where the list is missing or has a force that is neither strong nor weak.
  init(_ rules: RuleSet) throws {
    cues = try rules.lexicon("topics")
    for entry in cues.entries where !["strong", "weak"].contains(entry.field(1)) {
      throw DanvanError.invalid(
        "lexicon topics: '\(entry.phrase)' has the force '\(entry.field(1))', not strong or weak")
    }
    evidence = try rules.evidence("topic.cue")
  }

  /// The topics with the most cues first; each at its first cue.
  func topics(in scan: Scan) -> [FoundTopic] {
    var found: [String: FoundTopic] = [:]
    for sentence in scan.sentences where sentence.zone.isReport || sentence.zone == .keywords {
      let isEarly = sentence.zone == .headline || sentence.zone == .lead
      var token = sentence.tokens.lowerBound
      while token < sentence.tokens.upperBound {
        guard cues.mayBegin(with: scan.tokens[token].key),
          let match = cues.longestMatch(in: scan, at: token, before: sentence.tokens.upperBound)
        else {
          token += 1
          continue
        }
        let name = match.entry.field(0)
        var topic = found[name] ?? FoundTopic(name, order: found.count)
        topic.add(match.tokens, isSure: match.entry.field(1) == "strong" || isEarly)
        found[name] = topic
        token = match.tokens.upperBound
      }
    }
    return found.values.filter { $0.isSure || $0.cues.count >= Self.enough }
      .sorted { ($1.cues.count, $0.order) < ($0.cues.count, $1.order) }
  }

  func topic(_ found: FoundTopic, in scan: Scan) -> Topic {
    Topic(
      found.cues.first.map(scan.range) ?? TextRange(0, 0), name: found.name,
      count: found.cues.count, evidence: evidence)
  }
}

/// A topic with the places of its cues, in token numbers.
struct FoundTopic {
  let name: String
  /// How many topics were met before it.
  let order: Int
  private(set) var cues: [Range<Int>] = []
  private(set) var isSure = false

  init(_ name: String, order: Int) {
    self.name = name
    self.order = order
  }

  mutating func add(_ cue: Range<Int>, isSure: Bool) {
    cues.append(cue)
    self.isSure = self.isSure || isSure
  }
}
