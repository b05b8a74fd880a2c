import DanvanModel
import DanvanText

/// The words that events are read with.
struct EventWords: Sendable {
  /// What the subject of a verb of an official act does.
  enum Role: String, Sendable { case receive, lead, meet, visit }

  /// A verb of an official act; nil for a compound that only begins like one.
  struct Act: Sendable {
    let kind: Event.Kind?
    let role: Role
  }

  /// A verb that heads a naming, and what must stand before it: `held`, or `underway` alone.
  struct Activity: Sendable {
    let kind: Event.Kind
    let cue: Cue
  }

  /// What a word beside an event's name says of it.
  enum Cue: String, Sendable {
    case held, recent, at, planned, toward, past, chair, chaired, attended, concludes, agent, again
    case describes, underway, attends, task, denied
  }

  /// Where a word ends the naming of an event.
  enum Stop: String, Sendable {
    case tail, always, own, when, clause, opener, head, purpose, measure, go
  }

  /// Where a word says that what follows is done time and again.
  enum Habit: String, Sendable { case opening, anywhere }

  /// Heads; nil for a compound that is none.
  let nouns: Vocabulary<Event.Kind?>
  let verbs: Vocabulary<Act>
  /// Verbs that are heads where a word says right before them that something is held.
  let activities: Vocabulary<Activity>
  let cues: Vocabulary<Cue>
  let stops: Vocabulary<Stop>
  let habits: Vocabulary<Habit>
  /// What a gathering is told to do itself.
  let predicates: Lexicon
  /// Nouns for means, which what they are for belongs to (`giải pháp để …`).
  let means: Lexicon
  /// Words behind which stands what somebody is appointed to be.
  let appointments: Lexicon
  /// Ceremonies that their nouns name wholly (`lễ truy điệu`).
  let rites: Lexicon
  let adverbs: Lexicon
  let objects: Lexicon
  let subjects: Lexicon
  let companions: Lexicon
  /// Words that join those who come along to the subject.
  let company: Lexicon
  /// Words before an act in which something else is told.
  let during: Lexicon
  let pronouns: Lexicon
  /// Verbs of orders.
  let orders: Lexicon
  /// Verbs of saying.
  let sayings: Lexicon
  /// Words that demand by themselves (`cần`, `phải`).
  let modals: Lexicon
  /// Nouns that name an event only with a name of its own.
  let named: Lexicon
  let plurals: Lexicon
  let honorifics: Lexicon
  let instruments: Lexicon
  let actions: Lexicon

  let of: UInt64
  let and: UInt64
  let between: UInt64
  let also: UInt64
  let from: UInt64
  let until: UInt64
  let with: UInt64
  let about: UInt64
  let according: UInt64
  let at: UInt64
  let one: UInt64
  let inside: UInt64
  let invite: UInt64
  let purpose: UInt64
  let matter: UInt64
  let perfective: UInt64
  let term: UInt64
  /// Words that cannot end a naming.
  let trailing: Set<UInt64>

  init(_ rules: RuleSet) throws {
    func kind(_ name: String) -> Event.Kind?? {
      name == "NONE" ? .some(nil) : Event.Kind(rawValue: name).map { .some($0) }
    }
    nouns = try Vocabulary(rules.lexicon("event-nouns")) { kind($0.field(0)) }
    verbs = try Vocabulary(rules.lexicon("event-verbs")) { entry in
      guard let kind = kind(entry.field(0)), let role = Role(rawValue: entry.field(1)) else {
        return nil
      }
      return Act(kind: kind, role: role)
    }
    activities = try Vocabulary(rules.lexicon("event-activities")) {
      guard let kind = Event.Kind(rawValue: $0.field(0)), let cue = Cue(rawValue: $0.field(1))
      else {
        return nil
      }
      return Activity(kind: kind, cue: cue)
    }
    cues = try Vocabulary(rules.lexicon("event-cues")) { Cue(rawValue: $0.field(0)) }
    stops = try Vocabulary(rules.lexicon("event-stops")) { Stop(rawValue: $0.field(0)) }
    habits = try Vocabulary(rules.lexicon("event-habits")) { Habit(rawValue: $0.field(0)) }
    predicates = try rules.lexicon("event-predicates")
    appointments = try rules.lexicon("appointments")
    means = try rules.lexicon("event-means")
    rites = try rules.lexicon("event-rites")
    adverbs = try rules.lexicon("event-adverbs")
    objects = try rules.lexicon("event-objects")
    subjects = try rules.lexicon("event-subjects")
    companions = try rules.lexicon("event-companions")
    company = try rules.lexicon("event-company")
    during = try rules.lexicon("event-during")
    pronouns = try rules.lexicon("speaker-pronouns")
    orders = try rules.lexicon("cues-directive")
    sayings = try rules.lexicon("cues-statement")
    modals = try rules.lexicon("modals")
    named = try rules.lexicon("event-named")
    plurals = try rules.lexicon("plural-marks")
    honorifics = try rules.lexicon("honorifics")
    instruments = try rules.lexicon("instrument-heads")
    actions = try rules.lexicon("action-verbs")
    let grammar = try GrammarWords(rules)
    of = grammar.of
    and = grammar.and
    between = grammar.between
    also = grammar.also
    from = grammar.from
    until = grammar.until
    with = grammar.with
    about = grammar.about
    according = grammar.according
    at = grammar.at
    one = grammar.one
    inside = grammar.inside
    invite = grammar.invite
    purpose = grammar.purpose
    matter = grammar.matter
    perfective = grammar.perfective
    term = grammar.session
    trailing = Set(
      try rules.lexicon("event-joints").entries.map { canonicalKey(of: $0.phrase.utf8) })
  }
}
