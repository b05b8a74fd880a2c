import DanvanModel

/// Finds persons, titles, bodies and places, and who holds which title.
///
/// Three passes over an article: the finder reads it once from left to right by the grammar of
/// names; what it learned is then found wherever it stands bare; then names and holders are resolved
/// by the article's own words.
struct NameTagger: Sendable {
  private let vocabulary: NameVocabulary
  private let evidence: NameEvidence

  /// Throws `DanvanError` where the rule set lacks a lexicon or rule.
  init(_ rules: RuleSet) throws {
    vocabulary = try NameVocabulary(rules)
    evidence = try NameEvidence(rules)
  }

  /// In the order of the text; of two that begin together, the longer first.
  func mentions(in scan: Scan, times: [TimeMention]) -> [NameMention] {
    let grammar = NameGrammar(scan, vocabulary)
    var finder = NameFinder(grammar, times: times)
    finder.readAll()
    var finds = finder.finds
    KnownNames(finds, grammar, covered: finder.covered).add(to: &finds)
    let persons = PersonRegister(finds, grammar)
    let holders = TitleHolders(finds, grammar, persons)
    let kept = holders.keptTitles(of: finds)
    traceDropped(finds, kept, scan)
    return kept.map { find in
      NameMention(
        find.kind, find.tokens, evidence: evidence[find.rule],
        name: find.kind == .person ? persons.name(of: find.tokens) : nil,
        holder: find.kind == .title ? holders.holder(of: find).map(persons.name) : nil,
        sentence: find.sentence,
        person: find.kind == .person
          ? persons.person(at: find.tokens) : find.kind == .title ? holders.holder(of: find) : nil,
        body: find.body)
    }
  }

  private func traceDropped(_ finds: [NameFind], _ kept: [NameFind], _ scan: Scan) {
    guard scan.trace != nil else { return }
    let keptTitles = Set(kept.lazy.filter { $0.kind == .title }.map(\.tokens))
    for find in finds where find.kind == .title && !keptTitles.contains(find.tokens) {
      scan.dropped(
        "TITLE", find.tokens, rule: evidence[find.rule].rule,
        because: "such a title counts only beside one who holds it")
    }
  }
}
