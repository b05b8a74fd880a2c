import DanvanModel
import DanvanText

/// The words that speech is read with: verbs of speaking and ordering, modals, groups, openers.
struct SpeechWords: Sendable {
  /// How what is said is joined to a verb of speaking.
  enum Form: String, Sendable {
    /// A clause follows, perhaps after `rằng`, a comma or a colon.
    case clause
    /// What is assessed or felt about follows.
    case object
    /// Speech only beside a quotation or after a colon.
    case quote
    /// Opens somebody's speech and reports nothing by itself.
    case lead
  }

  /// What a verb of ordering asks of its addressee.
  enum Frame: String, Sendable {
    /// May stand without one.
    case order
    /// Must have one.
    case assign
    /// Orders only where one is named; else it is a statement.
    case wish
  }

  struct StatementVerb: Sendable {
    let form: Form
    let isOptional: Bool
    /// Goes on reporting the same speaker after a bare comma.
    let chains: Bool
  }

  struct DirectiveVerb: Sendable {
    let frame: Frame
    let chains: Bool
    /// Anybody may ask so: an order only from one who holds an office.
    let asks: Bool
  }

  /// What a function word does.
  enum Particle: String, Sendable {
    case content, about, that, matter, recipient, according, coordinator, and, title, relative
    case noun, preposition, question, oneself, deadline, passive, tense, condition

    /// Stands between a verb and what is said.
    var opensContent: Bool { self == .content || self == .about || self == .that }
  }

  enum ModalUse: String, Sendable {
    /// Demands with or without an addressee.
    case bare
    /// Demands only of an addressee, or where it opens what is said.
    case named
  }

  enum OpenerKind: String, Sendable {
    /// Tells when: `thời gian tới`.
    case time
    /// The sentence may go on with what somebody said: `theo đó`.
    case onward
    /// The same, and what it says is added: `đồng thời`.
    case adding
    case link
  }

  enum GroupPart: String, Sendable {
    case head, plural, tail, link
  }

  enum Gender: String, Sendable {
    case male = "m"
    case female = "f"
    case any
  }

  let statementVerbs: Vocabulary<StatementVerb>
  let directiveVerbs: Vocabulary<DirectiveVerb>
  let groups: Vocabulary<GroupPart>
  let pronouns: Vocabulary<Gender>
  let openers: Vocabulary<OpenerKind>
  let particles: Vocabulary<Particle>
  /// Of the words of the page's layout, those that name a picture's credit.
  let layout: Vocabulary<Bool>
  let modals: Vocabulary<ModalUse>
  let adverbs: Lexicon
  let guards: Lexicon
  let traps: Lexicon
  let actions: Lexicon
  let reportNouns: Lexicon
  let descriptions: Lexicon
  /// Nouns for what acts on nothing.
  let abstractNouns: Lexicon
  let honorifics: Lexicon
  /// Groups that may ask but order nobody.
  let layGroups: Lexicon
  /// `công văn`, `chỉ thị`: papers by which a body orders.
  let documents: Lexicon

  /// Throws `DanvanError` where a lexicon is missing or a field has a word that is none of its own.
  init(_ rules: RuleSet) throws {
    statementVerbs = try Vocabulary(rules.lexicon("cues-statement")) { entry in
      guard let form = Form(rawValue: entry.field(0)) else { return nil }
      return StatementVerb(
        form: form, isOptional: entry.field(1) == "optional", chains: entry.field(2) == "yes")
    }
    directiveVerbs = try Vocabulary(rules.lexicon("cues-directive")) { entry in
      guard let frame = Frame(rawValue: entry.field(0)) else { return nil }
      return DirectiveVerb(
        frame: frame, chains: entry.field(1) == "yes", asks: entry.field(2) == "asks")
    }
    groups = try Vocabulary(rules.lexicon("group-addressees")) {
      GroupPart(rawValue: $0.field(0))
    }
    pronouns = try Vocabulary(rules.lexicon("speaker-pronouns")) { Gender(rawValue: $0.field(0)) }
    openers = try Vocabulary(rules.lexicon("clause-openers")) {
      OpenerKind(rawValue: $0.field(0))
    }
    particles = try Vocabulary(rules.lexicon("speech-particles")) {
      Particle(rawValue: $0.field(0))
    }
    layout = try Vocabulary(rules.lexicon("layout")) { $0.field(0) == "credit" }
    modals = try Vocabulary(rules.lexicon("modals")) { ModalUse(rawValue: $0.field(0)) }
    adverbs = try rules.lexicon("speech-adverbs")
    traps = try rules.lexicon("cue-traps")
    guards = try rules.lexicon("cue-guards")
    actions = try rules.lexicon("action-verbs")
    reportNouns = try rules.lexicon("report-nouns")
    descriptions = try rules.lexicon("speaker-descriptions")
    abstractNouns = try rules.lexicon("abstract-nouns")
    honorifics = try rules.lexicon("honorifics")
    layGroups = try rules.lexicon("lay-groups")
    documents = try rules.lexicon("order-documents")
  }
}

/// A lexicon whose entries mean something typed.
struct Vocabulary<Meaning: Sendable>: Sendable {
  private let lexicon: Lexicon
  private let meanings: [Meaning]

  /// Throws `DanvanError` naming the first entry that `meaning` gives nil for.
  init(_ lexicon: Lexicon, _ meaning: (Lexicon.Entry) -> Meaning?) throws {
    self.lexicon = lexicon
    meanings = try lexicon.entries.map { entry in
      guard let meaning = meaning(entry) else {
        throw DanvanError.invalid(
          "\(entry.place): '\(entry.phrase)': unknown \(entry.fields)")
      }
      return meaning
    }
  }

  /// The longest entry that begins at `token` and ends before `end`: its meaning and where it ends.
  func longest(in tokens: Tokens, at token: Int, before end: Int) -> (Meaning, end: Int)? {
    lexicon.longest(in: tokens, at: token, before: end).map { (meanings[$0.number], $0.end) }
  }
}

extension Lexicon {
  /// As `longestMatch`, but builds nothing: the entry's number and where it ends.
  func longest(in tokens: Tokens, at token: Int, before end: Int) -> (number: Int, end: Int)? {
    guard token >= 0, token < min(end, tokens.count), mayBegin(with: tokens[token].key) else {
      return nil
    }
    var best: (number: Int, end: Int)?
    forEachMatch(in: tokens, at: token, before: end) { best = (number: $0, end: $1.upperBound) }
    return best
  }
}
