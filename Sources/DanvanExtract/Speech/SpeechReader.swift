import DanvanModel
import DanvanText

/// Reads an article's speech sentence by sentence, keeping in mind who spoke last.
struct SpeechReader {
  private let words: SpeechWords
  private let evidence: SpeechEvidence
  private let scan: Scan
  private let finder: SpeechAgentFinder
  private let times: [TimeMention]
  /// Persons of whom the article tells an office.
  private let officials: Set<String>
  private(set) var statements: [Statement] = []
  private(set) var directives: [Directive] = []

  /// Who spoke last, and in which sentence.
  private var floor: (SpeechFloor, sentence: Int)?
  /// Who said something last, and in which sentence.
  private var said: (SpeechFloor, number: Int)?
  /// Who ordered something last, with which verb, and in which sentence.
  private var ordered: (floor: SpeechFloor, verb: String, number: Int)?
  /// A pronoun reaches no farther back than this many persons.
  private static let mostPersons = 40
  /// Persons named so far, the latest last, with the gender that a form of address told.
  private var persons: [(name: String, gender: SpeechWords.Gender)] = []
  private var topic: String?
  private var nextName = 0
  private var nextTime = 0

  init(
    words: SpeechWords, evidence: SpeechEvidence, scan: Scan, names: [NameMention],
    times: [TimeMention]
  ) {
    self.words = words
    self.evidence = evidence
    self.scan = scan
    self.times = times
    officials = Set(names.lazy.compactMap(\.holder))
    finder = SpeechAgentFinder(words: words, scan: scan, names: names)
  }

  mutating func run() {
    let stretches = SpeechStretches(
      scan: scan, layout: words.layout, names: finder.names
    ).all()
    for (number, stretch) in stretches.enumerated() {
      let names = take(\.nextName, of: finder.names, in: stretch.tokens, \.tokens)
      let times = take(\.nextTime, of: self.times, in: stretch.tokens, \.tokens)
      read(stretch, number, names: names, times: times)
    }
  }

  /// The indices of the elements that lie in a sentence; sentences are asked for in order.
  private mutating func take<Element>(
    _ next: WritableKeyPath<Self, Int>, of elements: [Element], in sentence: Range<Int>,
    _ tokens: KeyPath<Element, Range<Int>>
  ) -> Range<Int> {
    var index = self[keyPath: next]
    while index < elements.count, elements[index][keyPath: tokens].lowerBound < sentence.lowerBound
    {
      index += 1
    }
    let first = index
    while index < elements.count, elements[index][keyPath: tokens].upperBound <= sentence.upperBound
    {
      index += 1
    }
    self[keyPath: next] = index
    return first..<index
  }

  private mutating func read(
    _ sentence: SpeechStretches.Stretch, _ number: Int, names: Range<Int>, times: Range<Int>
  ) {
    let agents = finder.agents(names, in: sentence.tokens)
    let parsed = SpeechSentence(
      sentence.tokens, scan: scan, words: words, names: finder.names[names],
      times: self.times[times], agents: agents)
    let floor = liveFloor(at: number)
    var writer = SpeechWriter(
      sentence: parsed, scan: scan, evidence: evidence, officials: officials,
      floor: floor, continued: said?.number == number - 1 ? said?.0 : nil,
      ordered: ordered?.number == number - 1 ? ordered.map { ($0.floor, $0.verb) } : nil)
    if sentence.zone != .headline || !writer.writeLabelled(isHeadline: true) {
      let finder = SpeechActFinder(
        sentence: parsed, scan: scan, floor: floor, person: person(of:))
      let acts = finder.acts()
      if !acts.isEmpty || !writer.writeLabelled(isHeadline: false) { writer.write(acts) }
      traceDropped(parsed, acts, writer)
    }
    statements += writer.statements.filter { !isReported($0, among: writer.statements, agents) }
    directives += writer.directives
    if let speaker = writer.lastSpeaker, writer.directives.isEmpty, speaker.isPerson,
      sentence.zone != .headline
    {
      said = (speaker, number)
    }
    if let last = writer.directives.last, let verb = last.verb, let floor = writer.lastSpeaker,
      floor.speaker == last.issuer, sentence.zone != .headline
    {
      ordered = (floor, verb, number)
    }
    remember(agents, writer.lastSpeaker, number)
  }

  /// `ông A khẳng định Chính phủ cam kết …`: what a body says within what somebody says of it is part
  /// of what he says.
  private func isReported(
    _ statement: Statement, among others: [Statement], _ agents: [SpeechAgent]
  ) -> Bool {
    agents.contains {
      $0.name == statement.speaker && ($0.kind == .body || $0.kind == .place)
    }
      && others.contains {
        $0.speaker != statement.speaker && $0.kind == .indirect
          && $0.range.start < statement.range.start && statement.range.end <= $0.range.end
      }
  }

  private func traceDropped(
    _ sentence: SpeechSentence, _ acts: [SpeechAct], _ writer: SpeechWriter
  ) {
    guard scan.trace != nil else { return }
    let isSilent = writer.statements.isEmpty && writer.directives.isEmpty
    for cue in sentence.cues where !cue.isModal || isSilent {
      let act = acts.first { $0.cue.tokens == cue.tokens }
      if act != nil, !isSilent { continue }
      scan.dropped(
        cue.directive != nil && cue.statement == nil ? "DIRECTIVE" : "STATEMENT", cue.tokens,
        because: act.map { "`\($0.speaker)` is its speaker, but nothing said or ordered follows" }
          ?? "nobody stands by this word who can be its speaker")
    }
  }

  /// The last speaker, where no more than one sentence lies between.
  private func liveFloor(at number: Int) -> SpeechFloor? {
    floor.flatMap { number - $0.sentence <= 2 ? $0.0 : nil }
  }

  private mutating func remember(_ agents: [SpeechAgent], _ speaker: SpeechFloor?, _ number: Int) {
    for agent in agents where agent.kind == .person || agent.isHeld {
      mention(agent.name, agent.gender)
    }
    // The one whom a sentence names first is what it is about; the one who speaks in it even more so.
    if let first = agents.first, first.kind == .person || first.isHeld { topic = first.name }
    guard let speaker else { return }
    floor = (speaker, number)
    guard speaker.isPerson else { return }
    topic = speaker.speaker
    // "Thủ tướng kêu gọi …. Ông khẳng định …": an office whose holder the article does not name.
    if speaker.kind == .title { mention(speaker.speaker, .any) }
  }

  private mutating func mention(_ name: String, _ gender: SpeechWords.Gender) {
    var gender = gender
    if let index = persons.firstIndex(where: { $0.name == name }) {
      if gender == .any { gender = persons[index].gender }
      persons.remove(at: index)
    }
    persons.append((name, gender))
    if persons.count > Self.mostPersons { persons.removeFirst() }
  }

  /// Whom `ông`, `bà` or `đồng chí` means here: what the article is about, else the last one named.
  private func person(of gender: SpeechWords.Gender) -> String? {
    let fitting = persons.filter {
      gender == .any || $0.gender == .any || $0.gender == gender
    }
    return fitting.last { $0.name == topic }?.name ?? fitting.last?.name
  }
}

/// The evidence of every rule of speech, asked for once.
struct SpeechEvidence: Sendable {
  let clause, object, quoteBefore, quoteAfter, fronted, carried, colon, according: Evidence
  let headline, trailing, continued: Evidence
  let quoted, order, assign, wish, modal, modalCarried, modalBare, furtherOrder: Evidence

  init(_ rules: RuleSet) throws {
    clause = try rules.evidence("statement.cue-clause")
    object = try rules.evidence("statement.cue-object")
    quoteBefore = try rules.evidence("statement.quote-before-speaker")
    quoteAfter = try rules.evidence("statement.quote-after-cue")
    fronted = try rules.evidence("statement.fronted")
    carried = try rules.evidence("statement.carried-speaker")
    colon = try rules.evidence("statement.colon")
    according = try rules.evidence("statement.theo")
    headline = try rules.evidence("statement.headline-colon")
    quoted = try rules.evidence("directive.quoted")
    trailing = try rules.evidence("statement.before-speaker")
    continued = try rules.evidence("statement.continued")
    order = try rules.evidence("directive.verb-addressee-action")
    assign = try rules.evidence("directive.assign")
    wish = try rules.evidence("directive.wish")
    modal = try rules.evidence("directive.modal-after-cue")
    modalCarried = try rules.evidence("directive.modal-carried")
    furtherOrder = try rules.evidence("directive.further-action")
    modalBare = try rules.evidence("directive.modal-no-addressee")
  }
}
