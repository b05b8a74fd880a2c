/// What an article says: everything the extraction engine found in it.
///
/// Ranges are UTF-8 byte offsets into the article's stored text. Names, values and other strings
/// are NFC, as the article writes them. Facts are derived: they are rebuilt when the rule set changes.
public struct Facts: Sendable, Equatable {
  /// The day the article reports from, with the basis it was inferred on.
  public var date: DocumentDate?
  /// The outlet named in an attribution line (`Theo Tuổi trẻ Thủ đô`).
  public var source: String?
  /// Nil where it was not looked at.
  public var language: Language?
  /// In the order of `TextRange.<`.
  public var mentions: [Mention] = []
  public var events: [Event] = []
  public var statements: [Statement] = []
  public var directives: [Directive] = []
  public var instruments: [NamedThing] = []
  public var campaigns: [NamedThing] = []
  /// The topics with the most cues first.
  public var topics: [Topic] = []
  /// At most fifteen, the best first; each at its first place.
  public var keyPhrases: [NamedThing] = []
  /// In the order of the titles; each once.
  public var positions: [Position] = []
  /// The version of the rule set that found them.
  public var ruleSet: String = ""

  public init() {}
}

/// Why a fact was found: the rule, and how often such a finding is right.
public struct Evidence: Sendable, Hashable {
  /// The rule's id in the rule files, such as `person.after-title`.
  public let rule: String
  /// 0 to 1, from the rule's entry in the rule files.
  public let confidence: Double
  /// Who said so, where a person has corrected the fact; nil for what a rule finds.
  public let by: String?

  public init(rule: String, confidence: Double, by: String? = nil) {
    self.rule = rule
    self.confidence = confidence
    self.by = by
  }
}

/// The day an article reports from.
public struct DocumentDate: Sendable, Hashable {
  public let date: PartialDate
  /// What it was taken from: `dateline`, `event`, `given`, …
  public let basis: String

  public init(_ date: PartialDate, basis: String) {
    self.date = date
    self.basis = basis
  }
}

/// A name, title or time expression at one place of the text.
public struct Mention: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    case person = "PERSON"
    case title = "TITLE"
    case organization = "ORG"
    case location = "LOC"
    case time = "TIME"
  }
  public var kind: Kind
  public var range: TextRange
  public var text: String
  /// TIME: an ISO 8601 / TIMEX3 value such as `2021-03-26TAF`.
  public var value: String?
  /// TIME: what a missing part of the value was inferred from, such as `year from quý II-2021`.
  public var basis: String?
  /// PERSON: the fullest form of that person's name in the article. ORG: the full name of the body,
  /// where the article itself shows that this is a short form of it.
  public var name: String?
  /// TITLE: the full name of the person who holds it, where the article tells.
  public var holder: String?
  public var evidence: Evidence

  public init(
    _ kind: Kind, _ range: TextRange, text: String, value: String? = nil, basis: String? = nil,
    name: String? = nil, holder: String? = nil, evidence: Evidence
  ) {
    self.kind = kind
    self.range = range
    self.text = text
    self.value = value
    self.basis = basis
    self.name = name
    self.holder = holder
    self.evidence = evidence
  }
}

/// A gathering or official act that the article reports.
public struct Event: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    case conference = "CONFERENCE"
    case workingSession = "WORKING_SESSION"
    case meeting = "MEETING"
    case visit = "VISIT"
    case ceremony = "CEREMONY"
    case congress = "CONGRESS"
    case election = "ELECTION"
    case session = "SESSION"
    case inspection = "INSPECTION"
    case press = "PRESS"
    case other = "OTHER"
  }
  public enum Status: String, Sendable, CaseIterable { case held, planned, background }
  public var kind: Kind
  /// The fullest naming of it in the text.
  public var range: TextRange
  public var name: String
  public var status: Status
  /// A TIME value.
  public var when: String?
  public var place: String?
  /// Full names of persons, or bodies.
  public var chairs: [String]
  public var attendees: [String]
  public var evidence: Evidence

  public init(
    _ kind: Kind, _ range: TextRange, name: String, status: Status, when: String? = nil,
    place: String? = nil, chairs: [String] = [], attendees: [String] = [], evidence: Evidence
  ) {
    self.kind = kind
    self.range = range
    self.name = name
    self.status = status
    self.when = when
    self.place = place
    self.chairs = chairs
    self.attendees = attendees
    self.evidence = evidence
  }
}

/// What a named or titled speaker is reported to have said.
public struct Statement: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable { case direct, indirect }
  public var kind: Kind
  /// What is said, without quotation marks.
  public var range: TextRange
  public var content: String
  /// The speaker's full name, else the body or title as written.
  public var speaker: String
  public var cue: String?
  /// Said on after a statement of the same speaker, with no cue of its own.
  public var isContinuation: Bool
  public var evidence: Evidence

  public init(
    _ kind: Kind, _ range: TextRange, content: String, speaker: String, cue: String?,
    isContinuation: Bool = false, evidence: Evidence
  ) {
    self.kind = kind
    self.range = range
    self.content = content
    self.speaker = speaker
    self.cue = cue
    self.isContinuation = isContinuation
    self.evidence = evidence
  }
}

/// What an authority asked somebody to do.
public struct Directive: Sendable, Hashable {
  /// What is to be done, without the addressee.
  public var range: TextRange
  public var action: String
  /// The full name of the person, else the body or title as written.
  public var issuer: String
  public var verb: String?
  public var addressee: String?
  /// A deadline or period as written.
  public var time: String?
  public var evidence: Evidence

  public init(
    _ range: TextRange, action: String, issuer: String, verb: String?, addressee: String? = nil,
    time: String? = nil, evidence: Evidence
  ) {
    self.range = range
    self.action = action
    self.issuer = issuer
    self.verb = verb
    self.addressee = addressee
    self.time = time
    self.evidence = evidence
  }
}

/// An instrument (law, decree, resolution, plan …) or a campaign, at its first mention.
public struct NamedThing: Sendable, Hashable {
  public var range: TextRange
  public var text: String
  public var evidence: Evidence

  public init(_ range: TextRange, text: String, evidence: Evidence) {
    self.range = range
    self.text = text
    self.evidence = evidence
  }
}

/// What an article is about, by the taxonomy of the rule set.
public struct Topic: Sendable, Hashable {
  /// Its first cue.
  public var range: TextRange
  public var name: String
  /// How many cues of it the article has.
  public var count: Int
  public var evidence: Evidence

  public init(_ range: TextRange, name: String, count: Int, evidence: Evidence) {
    self.range = range
    self.name = name
    self.count = count
    self.evidence = evidence
  }
}

/// A person in a post, on the day that the article reports from.
public struct Position: Sendable, Hashable {
  /// The title that says so.
  public var range: TextRange
  /// The full name.
  public var person: String
  /// The office without its body: `Trưởng ban`.
  public var role: String
  /// The fullest form of the body's name in the article; nil where the title names none.
  public var body: String?
  public var evidence: Evidence

  public init(
    _ range: TextRange, person: String, role: String, body: String?, evidence: Evidence
  ) {
    self.range = range
    self.person = person
    self.role = role
    self.body = body
    self.evidence = evidence
  }
}
