internal import DanvanModel

/// What the name index holds of one article: for each field the distinct names, as text to be
/// tokenized.
///
/// A pure function of the stored article and facts, for an entry is taken out of the index by giving
/// FTS5 the same texts again.
struct NameColumns {
  /// Changes whenever the same facts would give other texts.
  static let version = "2"

  private var names: [SearchField: Names] = [:]

  /// In the order of the table's columns.
  static let fields: [SearchField] = [
    .person, .post, .organization, .place, .source, .publisher, .instrument, .campaign, .kind,
    .topic,
  ]

  init(publisher: String?, facts: Facts) {
    add(publisher, .publisher)
    add(facts.source, .source)
    for mention in facts.mentions {
      add(FactKindTerm.of(mention.kind.rawValue), .kind)
      switch mention.kind {
      case .person:
        add(mention.text, .person)
        add(mention.name, .person)
      case .title:
        add(mention.text, .post)
        add(mention.holder, .person)
      case .organization:
        add(mention.text, .organization)
        add(mention.name, .organization)
      case .location: add(mention.text, .place)
      case .time: break
      }
    }
    for event in facts.events {
      add("event", .kind)
      add(FactKindTerm.of(event.kind.rawValue), .kind)
      add(event.place, .place)
    }
    if !facts.statements.isEmpty { add("statement", .kind) }
    if !facts.directives.isEmpty { add("directive", .kind) }
    for instrument in facts.instruments {
      add("instrument", .kind)
      add(instrument.text, .instrument)
    }
    for campaign in facts.campaigns {
      add("campaign", .kind)
      add(campaign.text, .campaign)
    }
    for topic in facts.topics { add(topic.name, .topic) }
  }

  /// The column's text: names parted by the separator that no phrase crosses.
  func text(_ field: SearchField) -> String? {
    names[field]?.inOrder.joined(separator: String(Unicode.Scalar(IndexTokenizer.separator)))
  }

  func names(_ field: SearchField) -> [String]? { names[field]?.inOrder }

  private mutating func add(_ name: String?, _ field: SearchField) {
    guard let name, !name.isEmpty else { return }
    names[field, default: Names()].add(name)
  }

  private struct Names {
    private var seen: Set<String> = []
    private(set) var inOrder: [String] = []

    mutating func add(_ name: String) {
      if seen.insert(name).inserted { inOrder.append(name) }
    }
  }
}
