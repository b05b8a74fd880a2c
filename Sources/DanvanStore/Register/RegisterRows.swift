public import DanvanModel

/// What the register holds of one article: a pure function of its facts and its day, for the rows are
/// taken out again by making them anew.
struct RegisterRows: Sendable {
  struct Part: Sendable {
    /// nil: the fact as such.
    let name: RegisteredName?
    let role: RegisterRole
    let day: Int64
    let number: Int
    var detail: Int64 = 0
  }
  struct Position: Sendable {
    let person: RegisteredName
    let post: RegisteredPost
    let number: Int
  }
  /// Days since 1970-01-01.
  let day: Int64
  private(set) var parts: [Part] = []
  private(set) var positions: [Position] = []

  /// The day is stated, and not taken from an event that the article tells of.
  let isFirm: Bool

  /// The day of an article without one.
  static let undated = Int64(Int32.min)

  /// `published`: as the sender or the document gives it.
  init(_ facts: Facts, day: Int32?, published: PartialDate?, tokenizer: any SearchTokenizer) {
    self.day = day.map(Int64.init) ?? Self.undated
    isFirm = published?.isWhole ?? false || facts.date.map { $0.basis != "event" } ?? false
    var names = NameReader(tokenizer: tokenizer)
    addPersons(facts, &names)
    for (number, event) in facts.events.enumerated() {
      let day = Self.day(of: event.when) ?? self.day
      let detail = EventDetail(
        kind: Event.Kind.allCases.firstIndex(of: event.kind) ?? 0,
        status: Event.Status.allCases.firstIndex(of: event.status) ?? 0)
      parts.append(
        Part(name: nil, role: .event, day: day, number: number, detail: detail.code))
      let involved: [(RegisterRole, [String])] = [
        (.chair, event.chairs), (.attendee, event.attendees),
        (.place, event.place.map { [$0] } ?? []),
      ]
      for (role, texts) in involved {
        for name in names.distinct(texts) {
          parts.append(Part(name: name, role: role, day: day, number: number, detail: detail.code))
        }
      }
    }
    for (number, statement) in facts.statements.enumerated() {
      parts.append(Part(name: nil, role: .statement, day: self.day, number: number))
      add(statement.speaker, .speaker, number, &names)
    }
    for (number, directive) in facts.directives.enumerated() {
      parts.append(Part(name: nil, role: .directive, day: self.day, number: number))
      add(directive.issuer, .issuer, number, &names)
      add(directive.addressee, .addressee, number, &names)
    }
    for (number, topic) in facts.topics.enumerated() {
      guard let name = names.topic(topic.name) else { continue }
      parts.append(
        Part(
          name: name, role: .topic, day: self.day, number: number, detail: Int64(topic.count)))
    }
    for (number, position) in facts.positions.enumerated() {
      guard let person = names.name(position.person), let post = names.post(position) else {
        continue
      }
      positions.append(Position(person: person, post: post, number: number))
    }
  }

  private mutating func addPersons(_ facts: Facts, _ names: inout NameReader) {
    var seen: Set<String> = []
    for (number, mention) in facts.mentions.enumerated() {
      let text: String? =
        switch mention.kind {
        case .person: mention.name ?? mention.text
        case .title: mention.holder
        case .organization, .location, .time: nil
        }
      guard let name = text.flatMap({ names.name($0) }), seen.insert(name.canonical).inserted
      else { continue }
      parts.append(Part(name: name, role: .person, day: day, number: number))
    }
  }

  private mutating func add(
    _ text: String?, _ role: RegisterRole, _ number: Int, _ names: inout NameReader
  ) {
    guard let name = text.flatMap({ names.name($0) }) else { return }
    parts.append(Part(name: name, role: role, day: day, number: number))
  }

  /// The day that a TIME value begins with, where it names one: `2021-03-26TAF`, `2021-03-26/…`.
  static func day(of value: String?) -> Int64? {
    guard let value, value.utf8.count >= 10, let date = PartialDate(String(value.prefix(10))),
      date.isWhole
    else { return nil }
    return Int64(date.dayNumber)
  }
}

/// A name in the form that its spellings share.
public struct RegisteredName: Sendable, Hashable {
  /// Its index terms joined by spaces.
  public let canonical: String
  /// The same without marks.
  public let plain: String
  /// As it was written.
  public let text: String
}

/// An office with its body.
public struct RegisteredPost: Sendable, Hashable {
  /// The index terms of office and body.
  public let canonical: String
  let plain: String
  public let role: String
  public let body: RegisteredName?
}

/// Reads names into their canonical forms, each once.
public struct NameReader {
  let tokenizer: any SearchTokenizer
  private var known: [String: RegisteredName?] = [:]

  public init(tokenizer: any SearchTokenizer) { self.tokenizer = tokenizer }

  /// Nil for a text without letters or digits, and for one too long to be a name.
  public mutating func name(_ text: String) -> RegisteredName? {
    if let name = known[text] { return name }
    let name = read(text)
    known[text] = .some(name)
    return name
  }

  /// A topic's name is the rule set's own and kept apart from names in articles: its forms begin with `#`.
  mutating func topic(_ text: String) -> RegisteredName? {
    name(text).map {
      RegisteredName(canonical: "#\($0.canonical)", plain: "#\($0.plain)", text: text)
    }
  }

  mutating func distinct(_ texts: [String]) -> [RegisteredName] {
    var seen: Set<String> = []
    return texts.compactMap { name($0) }.filter { seen.insert($0.canonical).inserted }
  }

  mutating func post(_ position: Position) -> RegisteredPost? {
    post(role: position.role, body: position.body)
  }

  /// Nil where the office is no name.
  public mutating func post(role written: String, body: String?) -> RegisteredPost? {
    guard let role = name(written) else { return nil }
    let body = body.flatMap { name($0) }
    return RegisteredPost(
      canonical: Self.joined(role.canonical, body?.canonical),
      plain: Self.joined(role.plain, body?.plain), role: written, body: body)
  }

  /// `Trưởng ban` and `ban Dân vận` share a syllable.
  private static func joined(_ role: String, _ body: String?) -> String {
    guard let body else { return role }
    let last = role.split(separator: " ").last
    let rest = body.split(separator: " ", maxSplits: 1)
    if last == rest.first { return rest.count > 1 ? "\(role) \(rest[1])" : role }
    return "\(role) \(body)"
  }

  private static let longest = 300

  private func read(_ text: String) -> RegisteredName? {
    guard text.utf8.count <= Self.longest else { return nil }
    var terms: [[UInt8]] = []
    var written = text
    written.withUTF8 { bytes in
      tokenizer.forEachTerm(in: bytes, for: .query) { term, _, colocated in
        if !colocated { terms.append(Array(term)) }
        return true
      }
    }
    let plain = terms.map { $0.withUnsafeBufferPointer { tokenizer.plainForm(of: $0) } }
    guard !terms.isEmpty,
      let canonical = String(validating: Array(terms.joined(separator: [0x20])), as: UTF8.self),
      let bare = String(validating: Array(plain.joined(separator: [0x20])), as: UTF8.self)
    else { return nil }
    return RegisteredName(canonical: canonical, plain: bare, text: text)
  }
}
