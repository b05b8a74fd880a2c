internal import DanvanModel
internal import DanvanText

/// Makes the right fact of a wrong one, or of nothing: another kind, and what it says.
struct FactEdit {
  /// As somebody names what it is; empty: as it was.
  let type: String
  let fields: [(name: String, value: String)]

  /// Of `fact`, or of a fact without anything at `range`. Throws `invalidArgument` for a kind or field that
  /// there is not, and where the kind wants a field that nothing gives.
  func edited(_ fact: Fact?, at range: TextRange, words: String) throws -> Fact {
    let evidence = Evidence(rule: Correction.rule, confidence: 1)
    var edited = try ofKind(fact, range, words, evidence)
      .placed(at: range, words: words, by: evidence)
    var seen: Set<String> = []
    for (name, value) in fields {
      let value = try Self.checked(value, of: name)
      edited = try edited.setting(name, to: value, isFirst: seen.insert(name).inserted)
    }
    return try edited.complete()
  }

  private func ofKind(
    _ fact: Fact?, _ range: TextRange, _ words: String, _ evidence: Evidence
  ) throws -> Fact {
    let wanted = type.uppercased()
    if let kind = Event.Kind(rawValue: wanted) {
      guard case .event(var event)? = fact else {
        return .event(Event(kind, range, name: words, status: .held, evidence: evidence))
      }
      event.kind = kind
      return .event(event)
    }
    if let fact, wanted.isEmpty || wanted == fact.kind { return fact }
    let agent = fact?.teller ?? ""
    if let kind = Mention.Kind(rawValue: wanted) {
      return .mention(Mention(kind, range, text: words, evidence: evidence))
    }
    switch wanted {
    case "EVENT":
      return .event(Event(.other, range, name: words, status: .held, evidence: evidence))
    case "STATEMENT":
      return .statement(
        Statement(
          .indirect, range, content: words, speaker: agent, cue: fact?.tellingVerb,
          evidence: evidence))
    case "DIRECTIVE":
      return .directive(
        Directive(range, action: words, issuer: agent, verb: fact?.tellingVerb, evidence: evidence))
    case "INSTRUMENT": return .instrument(NamedThing(range, text: words, evidence: evidence))
    case "CAMPAIGN": return .campaign(NamedThing(range, text: words, evidence: evidence))
    case "":
      throw DanvanError.invalid("a missing fact wants its type: \(Self.types)")
    default:
      throw DanvanError.invalid("'\(type.prefix(40))' is no type of fact; one of \(Self.types)")
    }
  }

  private static let types =
    (Fact.kinds + Event.Kind.allCases.map(\.rawValue)).joined(separator: ", ")
  private static let longest = 1_000

  /// Composed (NFC). Throws for what is too long or holds control characters.
  private static func checked(_ value: String, of name: String) throws -> String {
    guard value.utf8.count <= longest, !value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
    else { throw DanvanError.invalid("\(name): at most \(longest) bytes on one line") }
    let normalized = NormalizedText(value)
    return normalized.string(0..<normalized.bytes.count)
  }
}

extension Fact {
  fileprivate var teller: String? {
    switch self {
    case .statement(let fact): fact.speaker
    case .directive(let fact): fact.issuer
    default: nil
    }
  }

  fileprivate var tellingVerb: String? {
    switch self {
    case .statement(let fact): fact.cue
    case .directive(let fact): fact.verb
    default: nil
    }
  }

  /// The fields that somebody can set, and the one that says who.
  private var fields: (names: [String], who: String?) {
    switch self {
    case .mention(let fact):
      switch fact.kind {
      case .person: (["name"], "name")
      case .organization: (["name"], nil)
      case .title: (["holder"], "holder")
      case .time: (["value"], nil)
      case .location: ([], nil)
      }
    case .event: (["status", "when", "place", "chairs", "attendees"], nil)
    case .statement: (["speaker", "cue", "kind"], "speaker")
    case .directive: (["issuer", "verb", "addressee", "time"], "issuer")
    case .instrument, .campaign: ([], nil)
    }
  }

  /// With one field set; of a list the first value takes the place of all that were in it. An empty value
  /// takes a field away.
  fileprivate func setting(_ name: String, to value: String, isFirst: Bool) throws -> Fact {
    let (names, who) = fields
    let field = name == "person" ? who : name
    guard let field, names.contains(field) else {
      let known = (names + (who == nil ? [] : ["person"])).joined(separator: ", ")
      throw DanvanError.invalid(
        "\(kind) has no '\(name.prefix(40))'" + (known.isEmpty ? "" : "; it has \(known)"))
    }
    let given = value.isEmpty ? nil : value
    switch self {
    case .mention(var fact):
      switch field {
      case "holder": fact.holder = given
      case "name": fact.name = given
      default: (fact.value, fact.basis) = (try given.map(TimeValue.checked), nil)
      }
      return .mention(fact)
    case .event(var fact):
      func list(_ items: [String]) -> [String] {
        (isFirst ? [] : items) + (given.map { [$0] } ?? [])
      }
      switch field {
      case "status": fact.status = try Self.known(value, of: field)
      case "when": fact.when = try given.map(TimeValue.checked)
      case "place": fact.place = given
      case "chairs": fact.chairs = list(fact.chairs)
      default: fact.attendees = list(fact.attendees)
      }
      return .event(fact)
    case .statement(var fact):
      switch field {
      case "speaker": fact.speaker = value
      case "cue": fact.cue = given
      default: fact.kind = try Self.known(value, of: field)
      }
      return .statement(fact)
    case .directive(var fact):
      switch field {
      case "issuer": fact.issuer = value
      case "verb": fact.verb = given
      case "addressee": fact.addressee = given
      default: fact.time = given
      }
      return .directive(fact)
    case .instrument, .campaign: return self
    }
  }

  private static func known<Value: RawRepresentable<String> & CaseIterable>(
    _ value: String, of field: String
  ) throws -> Value {
    guard let found = Value(rawValue: value.lowercased()) else {
      let all = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw DanvanError.invalid("\(field): '\(value.prefix(40))' is not one of \(all)")
    }
    return found
  }

  /// What follows of itself is filled in. Throws where something is wanting.
  fileprivate func complete() throws -> Fact {
    switch self {
    case .mention(var fact) where fact.kind == .person && fact.name == nil:
      fact.name = fact.text
      return .mention(fact)
    case .mention(let fact) where fact.kind == .time && fact.value == nil:
      throw DanvanError.invalid("a TIME wants its value: --set value=2021-03-26")
    case .statement(let fact) where fact.speaker.isEmpty:
      throw DanvanError.invalid("a STATEMENT wants who says it: --person NAME")
    case .directive(let fact) where fact.issuer.isEmpty:
      throw DanvanError.invalid("a DIRECTIVE wants who gives it: --person NAME")
    default: return self
    }
  }
}
