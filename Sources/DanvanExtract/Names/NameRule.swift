import DanvanModel

/// The rules of names, each with an entry in the rule file `names.json5`.
enum NameRule: String, CaseIterable, Sendable {
  case titled = "person.titled"
  case addressed = "person.addressed"
  case surname = "person.surname"
  case knownPerson = "person.known"
  case credit = "person.credit"
  case byline = "person.byline"
  case office = "title.office"
  case rank = "title.rank"
  case listed = "org.listed"
  case headed = "org.headed"
  case named = "org.named"
  case abbreviation = "org.abbreviation"
  case outlet = "org.outlet"
  case knownBody = "org.known"
  case headedPlace = "loc.headed"
  case gazetteer = "loc.gazetteer"
  case knownPlace = "loc.known"
}

/// The evidence of each rule, looked up once.
struct NameEvidence: Sendable {
  private let evidence: [NameRule: Evidence]

  /// Throws `DanvanError` where the rule set lacks one of the rules.
  init(_ rules: RuleSet) throws {
    evidence = Dictionary(
      uniqueKeysWithValues: try NameRule.allCases.map { ($0, try rules.evidence($0.rawValue)) })
  }

  /// An unknown rule cannot be: the initialiser asked for every case.
  subscript(_ rule: NameRule) -> Evidence {
    evidence[rule] ?? Evidence(rule: rule.rawValue, confidence: 0)
  }
}
