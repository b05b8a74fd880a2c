internal import DanvanModel
internal import DanvanStore

/// Which facts of a hit are shown: those of the kinds that the query asks for with `kind:`, and of
/// them, where there are such, those that hold the query's own words or names.
struct FactSelection {
  private var kinds: Set<String> = []
  private let finder: PhraseFinder

  init(_ query: StoreQuery) {
    let phrases = query.wantedPhrases
    for phrase in phrases where phrase.field == .kind {
      for forms in phrase.places.prefix(1) {
        kinds.formUnion(forms.compactMap { String(validating: $0, as: UTF8.self) })
      }
    }
    finder = PhraseFinder(phrases, tokenizer: SyllableTokenizer())
  }

  var isEmpty: Bool { kinds.isEmpty }

  /// Nil where no kind is asked for or the facts were not read.
  func facts(of article: StoredArticle) -> Facts? {
    guard !isEmpty, let all = article.facts else { return nil }
    var facts = Facts()
    facts.ruleSet = all.ruleSet
    facts.mentions = narrowed(all.mentions.filter { has($0.kind.rawValue) }) {
      [$0.text, $0.name, $0.holder]
    }
    facts.events = narrowed(all.events.filter { has("event") || has($0.kind.rawValue) }) {
      [$0.name, $0.place] + $0.chairs + $0.attendees
    }
    facts.statements = narrowed(has("statement") ? all.statements : []) {
      [$0.content, $0.speaker]
    }
    facts.directives = narrowed(has("directive") ? all.directives : []) {
      [$0.action, $0.issuer, $0.addressee]
    }
    facts.instruments = narrowed(has("instrument") ? all.instruments : []) { [$0.text] }
    facts.campaigns = narrowed(has("campaign") ? all.campaigns : []) { [$0.text] }
    return facts
  }

  private func has(_ kind: String) -> Bool { kinds.contains(FactKindTerm.of(kind)) }

  /// Those whose texts hold most of the query's phrases; all of them where none holds any.
  private func narrowed<Fact>(_ facts: [Fact], _ texts: (Fact) -> [String?]) -> [Fact] {
    guard !finder.isEmpty, facts.count > 1 else { return facts }
    let counts = facts.map { fact in
      var text = texts(fact).compactMap { $0 }.joined(separator: "\n")
      return text.withUTF8 { Set(finder.matches(in: $0).map(\.phrase)).count }
    }
    guard let most = counts.max(), most > 0 else { return facts }
    return zip(facts, counts).filter { $0.1 == most }.map(\.0)
  }
}
