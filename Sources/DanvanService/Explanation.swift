internal import DanvanModel
public import DanvanStore

/// How a query was understood and what its steps cost.
public struct Explanation: Sendable {
  public struct Term: Sendable {
    /// As typed, and where it begins: characters of the query, from 1.
    public let text: String
    public let column: Int
    public let field: SearchField
    /// Its syllables in canonical spelling, each with the index terms that it stands for.
    public let places: [(syllable: String, forms: [String])]
  }
  public struct Step: Sendable {
    /// What was evaluated, in words.
    public let what: String
    /// The articles that it left.
    public let articles: Int
    public let nanoseconds: Int64
  }
  public let terms: [Term]
  public let steps: [Step]

  init(_ plan: Desk.Plan, steps: [Step]) {
    terms = plan.readings.map { reading in
      Term(
        text: reading.term.text, column: reading.term.column, field: reading.term.field,
        places: reading.places.map { place in
          (text(place.syllable), place.forms.map(text))
        })
    }
    self.steps = steps
  }
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// Takes the time of the steps of a search where they are asked for.
struct StepClock {
  private(set) var steps: [Explanation.Step] = []
  private var last = ContinuousClock.now

  mutating func note(_ what: String, articles: Int) {
    let now = ContinuousClock.now
    let (seconds, attoseconds) = (now - last).components
    steps.append(
      Explanation.Step(
        what: what, articles: articles,
        nanoseconds: seconds * 1_000_000_000 + attoseconds / 1_000_000_000))
    last = now
  }
}

extension SearchOrder {
  var summary: String {
    switch self {
    case .newest: "newest first"
    case .relevance: "relevance first"
    case .title: "by headline"
    }
  }
}

extension StoreQuery {
  /// The query in words, for explaining.
  var summary: String {
    switch self {
    case .everything: "every article"
    case .nothing: "nothing"
    case .phrase(let phrase): phrase.summary
    case .near(let phrases, let distance):
      "(" + phrases.map(\.summary).joined(separator: " NEAR/\(distance) ") + ")"
    case .ids(let ids): "id:" + ids.map(\.description).sorted().joined(separator: ",")
    case .dated(let from, let before):
      [from.map { "from \($0)" }, before.map { "before \($0)" }].compactMap { $0 }
        .joined(separator: " ")
    case .tagged(let tag): "tag:\(tag)"
    case .written(let language): "lang:\(language.rawValue)"
    case .all(let parts): "(" + parts.map(\.summary).joined(separator: " AND ") + ")"
    case .any(let parts): "(" + parts.map(\.summary).joined(separator: " OR ") + ")"
    case .not(let inner): "NOT \(inner.summary)"
    }
  }
}

extension TermPhrase {
  fileprivate var summary: String {
    let words = places.map { forms in
      let first = forms.first.map(text) ?? ""
      return forms.count > 1 ? "\(first)+\(forms.count - 1)" : first
    }
    let phrase = words.count > 1 ? "\"\(words.joined(separator: " "))\"" : words.first ?? ""
    return field == .anywhere ? phrase : "\(field.rawValue):\(phrase)"
  }
}
