internal import DanvanModel
internal import DanvanStore

extension Desk {
  /// A query as the store takes it.
  struct Plan {
    var query: StoreQuery
    /// What was done besides the letter of the query.
    var notes: [String]
    /// How each term was read, in the order of the query.
    var readings: [TermReading]
    /// Whether a word outside quotation marks has marks that could be let go.
    var canRelax: Bool
  }

  /// Throws `invalidArgument` for a query in which there is nothing to look for.
  func plan(
    _ query: Query, marks: SearchRequest.Marks, isRelaxed: Bool = false
  ) throws -> Plan {
    var planner = QueryPlanner(
      store: store, tokenizer: SyllableTokenizer(), abbreviations: engine.abbreviations,
      marks: marks, isRelaxed: isRelaxed, prefixes: prefixCount(of: query))
    guard let compiled = try planner.compile(query) else {
      throw DanvanError.invalid("query: there is no word to search for in it")
    }
    return Plan(
      query: compiled, notes: planner.notes, readings: planner.readings,
      canRelax: planner.hasLooseMarks)
  }

  /// A saved search counts once, however often it is named: one that holds itself is refused later.
  private func prefixCount(of query: Query) -> Int {
    var seen: Set<String> = []
    return query.prefixCount { name in
      guard seen.insert(name).inserted else { return nil }
      return store.savedSearch(name).flatMap { try? QueryParser.parse($0.query) }
    }
  }
}

/// A term of a query, and the index terms that each of its syllables stands for.
struct TermReading: Equatable {
  let term: QueryTerm
  /// The syllables as typed, in canonical spelling, each with all its forms, itself first.
  let places: [(syllable: [UInt8], forms: [[UInt8]])]

  static func == (a: TermReading, b: TermReading) -> Bool {
    a.term == b.term && a.places.map(\.forms) == b.places.map(\.forms)
  }
}

/// Compiles a query to what the store evaluates: index terms, with the forms that each may take.
struct QueryPlanner {
  let store: Store
  let tokenizer: any SearchTokenizer
  let abbreviations: Abbreviations
  let marks: SearchRequest.Marks
  let isRelaxed: Bool
  private(set) var notes: [String] = []
  private(set) var hasLooseMarks = false
  private(set) var readings: [TermReading] = []
  /// The saved searches being read, the outermost first.
  private var open: [String] = []
  /// Index terms of a whole query, saved searches within it included.
  private static let formLimit = 20_000
  private var formCount = 0

  /// The prefixes of a query stand for so many words at most, together, and each for its share of what those
  /// before it have left; what is left out is told.
  private var prefixBudget = 500
  private var prefixesLeft: Int

  init(
    store: Store, tokenizer: any SearchTokenizer, abbreviations: Abbreviations,
    marks: SearchRequest.Marks, isRelaxed: Bool, prefixes: Int
  ) {
    self.store = store
    self.tokenizer = tokenizer
    self.abbreviations = abbreviations
    self.marks = marks
    self.isRelaxed = isRelaxed
    prefixesLeft = prefixes
  }

  /// Nil for a query of nothing but punctuation, which asks for nothing.
  ///
  /// Throws `invalidArgument`, naming the column, for a saved search that is not there or holds
  /// itself, and for a query that stands for too many index terms.
  mutating func compile(_ query: Query) throws -> StoreQuery? {
    switch query {
    case .everything: return .everything
    case .ids(let ids): return .ids(ids)
    case .dated(let from, let before): return .dated(from: from, before: before)
    case .tagged(let tag): return .tagged(tag)
    case .written(let language): return .written(in: language)
    case .saved(let name, let column): return try saved(name, column)
    case .not(let inner): return try compile(inner).map { .not($0) }
    case .term(let term): return try sequence([.term(term)])
    case .near(let terms, let distance): return try near(terms, distance)
    case .all(let parts): return try sequence(parts)
    case .any(let parts):
      let choices = try parts.compactMap { try compile($0) }
      return choices.count < 2 ? choices.first : .any(choices)
    }
  }

  private mutating func saved(_ name: String, _ column: Int) throws -> StoreQuery? {
    guard let search = store.savedSearch(name) else {
      let nearest = nearestName(to: name, among: store.savedSearches().map(\.name))
      let hint = nearest.map { "; did you mean '\($0)'?" } ?? "; `dvctl saved list` names them"
      throw QueryLexer.error(column, "there is no saved search '\(name)'" + hint)
    }
    guard !open.contains(name), open.count < QueryParser.depthLimit else {
      throw QueryLexer.error(column, "the saved search '\(name)' holds itself")
    }
    open.append(name)
    defer { open.removeLast() }
    do {
      return try compile(QueryParser.parse(search.query))
    } catch let error as DanvanError {
      throw DanvanError.invalid("saved search '\(name)': \(error.message)")
    }
  }

  /// The phrases as they are: abbreviations are not looked for within NEAR.
  private mutating func near(_ terms: [QueryTerm], _ distance: Int) throws -> StoreQuery? {
    let phrases = try terms.compactMap { try phrase($0) }
    guard phrases.count > 1 else { return phrases.first.map { .phrase($0) } }
    return .near(phrases, within: distance)
  }

  /// Parts that must all be there; words that follow one another may spell an abbreviation out.
  private mutating func sequence(_ parts: [Query]) throws -> StoreQuery? {
    var wanted: [StoreQuery] = []
    var index = 0
    while index < parts.count {
      let run = looseWords(parts[index...])
      if run.isEmpty {
        if let part = try one(parts[index]) { wanted.append(part) }
        index += 1
        continue
      }
      let words = run.map { tokenizer.places(of: $0.text).compactMap(\.first) }
      let (part, count) = try phraseOrAbbreviation(run, words)
      if let part { wanted.append(part) }
      index += count
    }
    return wanted.count < 2 ? wanted.first : .all(wanted)
  }

  private mutating func one(_ part: Query) throws -> StoreQuery? {
    guard case .term(let term) = part else { return try compile(part) }
    return try termQuery(term)
  }

  /// The plain words at the start of `parts` that abbreviations may be looked for in.
  private func looseWords(_ parts: ArraySlice<Query>) -> [QueryTerm] {
    guard marks != .exact else { return [] }
    var words: [QueryTerm] = []
    for part in parts {
      guard case .term(let term) = part, term.field == .anywhere, !term.isQuoted, !term.isPrefix
      else { break }
      words.append(term)
    }
    return words
  }

  /// The first word, or the words that spell a form of an abbreviation, and how many were taken.
  private mutating func phraseOrAbbreviation(
    _ run: [QueryTerm], _ words: [[[UInt8]]]
  ) throws -> (StoreQuery?, Int) {
    let flat = words.flatMap { $0 }
    guard let match = abbreviations.match(in: flat, at: 0) else {
      return (try run.first.flatMap { try termQuery($0) }, 1)
    }
    var taken = 0
    var terms = 0
    while taken < words.count, terms < match.count {
      terms += words[taken].count
      taken += 1
    }
    // A form that ends inside a word, as in `TP.HCM-2`, is no whole form.
    guard terms == match.count else { return (try run.first.flatMap { try termQuery($0) }, 1) }
    let literal = try run[..<taken].compactMap { try termQuery($0) }
    guard !literal.isEmpty else { return (nil, taken) }
    note("\(match.written) was also searched as \(match.otherWritten)")
    let others = match.others.map { terms in
      StoreQuery.phrase(TermPhrase(field: .anywhere, places: terms.map { [$0] }))
    }
    return (.any([literal.count == 1 ? literal[0] : .all(literal)] + others), taken)
  }

  private mutating func termQuery(_ term: QueryTerm) throws -> StoreQuery? {
    guard let phrase = try phrase(term) else { return nil }
    let places = tokenizer.places(of: term.text)
    let terms = places.compactMap(\.first)
    var choices = [StoreQuery.phrase(phrase)]
    // `TP.HCM` is also written TPHCM.
    if !term.isPrefix, terms.count > 1, let joined = places.last?.dropFirst().first,
      joined == terms.flatMap({ $0 })
    {
      choices.append(.phrase(TermPhrase(field: term.field, places: [[joined]])))
    }
    if term.field.isOfNames { choices += otherNames(terms, term) }
    return choices.count == 1 ? choices[0] : .any(choices)
  }

  /// The term's syllables, each with the forms that it may take; nil for punctuation alone.
  private mutating func phrase(_ term: QueryTerm) throws -> TermPhrase? {
    let syllables = tokenizer.places(of: term.text).compactMap(\.first)
    guard !syllables.isEmpty else { return nil }
    var places: [(syllable: [UInt8], forms: [[UInt8]])] = []
    for (index, syllable) in syllables.enumerated() {
      let isStart = term.isPrefix && index == syllables.count - 1
      let forms = isStart ? words(from: syllable, term) : self.forms(of: syllable, in: term)
      places.append((syllable, forms))
      formCount += forms.count
    }
    guard formCount <= Self.formLimit else {
      throw QueryLexer.error(
        term.column, "the query stands for more than \(Self.formLimit) words; type more of them")
    }
    readings.append(TermReading(term: term, places: places))
    return TermPhrase(field: term.field, places: places.map(\.forms))
  }

  /// A name with one abbreviation in it written the other way: `org:"UBND huyện"`.
  private mutating func otherNames(_ terms: [[UInt8]], _ term: QueryTerm) -> [StoreQuery] {
    guard marks != .exact, !term.isPrefix else { return [] }
    for start in terms.indices {
      guard let match = abbreviations.match(in: terms, at: start) else { continue }
      note("\(match.written) was also searched as \(match.otherWritten)")
      return match.others.map { other in
        let places =
          terms[..<start].map { forms(of: $0, in: term) } + other.map { [$0] }
          + terms[(start + match.count)...].map { forms(of: $0, in: term) }
        return .phrase(TermPhrase(field: term.field, places: places))
      }
    }
    return []
  }

  /// The index terms that a syllable of the query stands for.
  private mutating func forms(of syllable: [UInt8], in term: QueryTerm) -> [[UInt8]] {
    let plain = tokenizer.plain(syllable)
    let isMarked = plain != syllable
    switch marks {
    case .exact:
      return [syllable]
    case .automatic where isMarked:
      guard !term.isQuoted else { return [syllable] }
      hasLooseMarks = true
      return isRelaxed ? [syllable, plain] : [syllable]
    case .automatic, .ignored:
      let toned = store.terms(ofPlain: plain)
      return [syllable] + toned.filter { $0 != syllable }
    }
  }

  /// The index terms that begin as the last syllable of a prefix does.
  private mutating func words(from start: [UInt8], _ term: QueryTerm) -> [[UInt8]] {
    let plain = tokenizer.plain(start)
    var starts = [start]
    // As typed too: `hoà*` is to find `hoàn`, though the term for `hoà` is `hòa`.
    let typed = Array(term.text.lowercased().utf8)
    if tokenizer.places(of: term.text).count == 1, typed != start { starts.append(typed) }
    let anyTone = marks == .ignored || (marks == .automatic && plain == start)
    let found = store.terms(
      startingWith: starts, plainStart: anyTone ? plain : nil,
      limit: prefixBudget / max(1, prefixesLeft))
    prefixBudget -= found.terms.count
    prefixesLeft -= 1
    if found.total > found.terms.count {
      note(
        "'\(term.text)*' begins \(found.total) words; the first \(found.terms.count) were searched")
    }
    // Numbers are not in the vocabulary; the literal term finds them at least whole.
    return found.terms.contains(start) ? found.terms : [start] + found.terms
  }

  private mutating func note(_ text: String) {
    if !notes.contains(text) { notes.append(text) }
  }
}

extension SearchField {
  /// Whether a quoted phrase of this field is a name, not a wording.
  fileprivate var isOfNames: Bool {
    switch self {
    case .post, .organization, .place, .instrument, .campaign, .topic: true
    case .anywhere, .title, .person, .source, .publisher, .kind: false
    }
  }
}
