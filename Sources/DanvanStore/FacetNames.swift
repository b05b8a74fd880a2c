internal import DanvanModel

/// What an article counts under in each facet that is made of names, each name once.
///
/// A name is kept as a number, a hash of its canonical terms: `Hoà Bình` and `HÒA BÌNH` are one. How
/// it is written is asked of an article that holds it.
struct FacetNames {
  private(set) var names: [(facet: NamedFacet, name: String)] = []

  init(publisher: String?, facts: Facts) {
    var seen: Set<String> = []
    func add(_ name: String?, _ facet: NamedFacet) {
      guard let name, !name.isEmpty, seen.insert("\(facet.rawValue) \(name)").inserted else {
        return
      }
      names.append((facet, name))
    }
    add(publisher, .publisher)
    add(facts.source, .source)
    for mention in facts.mentions {
      add(mention.kind.rawValue.lowercased(), .kind)
      switch mention.kind {
      case .person: add(mention.name ?? mention.text, .person)
      case .title: add(mention.holder, .person)
      case .organization: add(mention.text, .organization)
      case .location: add(mention.text, .place)
      case .time: break
      }
    }
    for event in facts.events {
      add("event", .kind)
      add(event.kind.rawValue.lowercased(), .kind)
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

  /// The names of a facet with their numbers.
  func hashes(_ tokenizer: any SearchTokenizer) -> [(facet: NamedFacet, hash: UInt64, name: String)]
  {
    var seen: Set<UInt64> = []
    return names.compactMap { facet, name in
      let hash = Self.hash(name, facet, tokenizer)
      return seen.insert(hash).inserted ? (facet, hash, name) : nil
    }
  }

  /// 40 bits: among 100,000 names two share one with a probability of one in two hundred.
  static func hash(_ name: String, _ facet: NamedFacet, _ tokenizer: any SearchTokenizer) -> UInt64
  {
    var terms: [UInt8] = [facet.rawValue]
    var name = name
    name.withUTF8 { bytes in
      tokenizer.forEachTerm(in: bytes, for: .query) { term, _, colocated in
        if !colocated {
          terms.append(0x20)
          terms += term
        }
        return true
      }
    }
    return terms.withUnsafeBufferPointer(Vocabulary.hash) & 0xFF_FFFF_FFFF
  }
}

/// The facets that are made of names; the numbers are stored and never reused.
enum NamedFacet: UInt8, CaseIterable {
  case person = 1
  case organization = 2
  case place = 3
  case source = 4
  case publisher = 5
  case instrument = 6
  case campaign = 7
  case kind = 8
  case topic = 9

  init?(_ facet: SearchFacet) {
    switch facet {
    case .person: self = .person
    case .organization: self = .organization
    case .place: self = .place
    case .source: self = .source
    case .publisher: self = .publisher
    case .instrument: self = .instrument
    case .campaign: self = .campaign
    case .kind: self = .kind
    case .topic: self = .topic
    case .language, .tag, .year, .month: return nil
    }
  }
}
