internal import DanvanModel
internal import DanvanStore

/// The places that articles tell of, by names that all spellings share: those that stand in them, and those by
/// which their bodies are told.
struct ArticlePlaces {
  private let offices: Offices
  private var names = NameReader(tokenizer: SyllableTokenizer())

  init(offices: Offices) { self.offices = offices }

  /// Each with a spelling of it.
  mutating func places(of article: StoredArticle?) -> [String: String] {
    var places: [String: String] = [:]
    for mention in article?.facts?.mentions ?? [] {
      switch mention.kind {
      case .location:
        if let name = names.name(mention.text) {
          places[offices.place(of: name.canonical) ?? name.canonical] = mention.text
        }
      case .organization:
        let body = mention.name ?? mention.text
        if let place = place(of: body) { places[place] = body }
      case .person, .title, .time: continue
      }
    }
    return places
  }

  mutating func place(of body: String) -> String? {
    names.name(body).flatMap { offices.place(of: $0.canonical) }
  }
}
