import DanvanText

/// One verb of speaking or ordering with the one whose words it reports.
struct SpeechAct: Sendable {
  /// How the speaker was found.
  enum Link: Sendable {
    /// Named right before the verb.
    case adjacent
    /// The speaker of an earlier verb of the sentence.
    case carried
    /// Named later, before the main verb: `Nhấn mạnh X, ông A đề nghị Y`.
    case fronted
    /// Named at the start of the clause, with other words between.
    case distant
    /// The speaker of an earlier sentence.
    case previous
    /// After `theo`.
    case according
  }
  var cue: SpeechCue
  var link: Link
  /// Full name, else the title, body or group as written.
  var speaker: String
  var kind: SpeechAgent.Kind
  /// Where the clause of this act begins: at its speaker, or at its verb.
  var start: Int
  /// Where what is said may begin.
  var contentStart: Int
  /// Whether an earlier act's content ends where this one begins.
  var endsEarlier = true

  var isNamed: Bool { kind != .group }
  var isPersonal: Bool { kind == .person || kind == .title || kind == .reference }
}

/// Finds the acts of one sentence, in the order of their verbs.
struct SpeechActFinder {
  let sentence: SpeechSentence
  let scan: Scan
  /// Who is meant by a pronoun here, by gender.
  let person: (SpeechWords.Gender) -> String?
  /// Who spoke last, where it is near enough to go on.
  let floor: (speaker: String, kind: SpeechAgent.Kind)?

  private var tokens: Tokens { sentence.tokens }
  private var words: SpeechWords { sentence.words }

  func acts() -> [SpeechAct] {
    var acts: [SpeechAct] = []
    for cue in sentence.cues where !cue.isModal {
      if let act = cue.isAccording ? according(cue) : reporting(cue, after: acts) {
        acts.append(act)
      }
    }
    return front(acts)
  }

  // MARK: theo ông A, …

  private func according(_ cue: SpeechCue) -> SpeechAct? {
    guard isClauseStart(cue.tokens.lowerBound) || tokens[cue.tokens.lowerBound].isCapitalized
    else { return nil }
    var place = cue.tokens.upperBound
    let noun = words.reportNouns.longest(in: tokens, at: place, before: sentence.limit)
    if let noun { place = noun.end }
    guard let agent = agent(startingAt: place) ?? reference(at: place) else {
      return noun == nil ? nil : accordingGroup(cue, at: place)
    }
    var end = agent.tokens.upperBound
    while sentence.isPassable(end) { end += 1 }
    let mark = sentence.key(end)
    let isMarked = mark == PunctuationKey.comma || mark == PunctuationKey.colon
    switch agent.kind {
    case .place where noun == nil: return nil
    case .body where !isMarked: return nil
    default: break
    }
    guard let name = name(of: agent), sentence.limit - end >= 4 else { return nil }
    return SpeechAct(
      cue: cue, link: .according, speaker: name, kind: agent.kind, start: cue.tokens.lowerBound,
      contentStart: end)
  }

  private func accordingGroup(_ cue: SpeechCue, at place: Int) -> SpeechAct? {
    guard let end = sentence.groupPhrase(from: place, before: sentence.limit),
      sentence.key(end) == PunctuationKey.comma, sentence.limit - end >= 4
    else { return nil }
    return SpeechAct(
      cue: cue, link: .according, speaker: scan.string(place..<end), kind: .group,
      start: cue.tokens.lowerBound, contentStart: end)
  }

  // MARK: ông A cho biết …

  private func reporting(_ cue: SpeechCue, after acts: [SpeechAct]) -> SpeechAct? {
    if isNoun(cue) { return nil }
    let verb = cue.tokens.lowerBound
    var place = verb
    while place > sentence.range.lowerBound, sentence.isPassable(place - 1) { place -= 1 }
    func act(_ link: SpeechAct.Link, _ name: String, _ kind: SpeechAgent.Kind, _ start: Int)
      -> SpeechAct
    {
      SpeechAct(
        cue: cue, link: link, speaker: name, kind: kind, start: start,
        contentStart: cue.tokens.upperBound)
    }
    if let agent = agent(endingAt: place), let name = name(of: agent) {
      if isAllusion(agent.tokens.lowerBound) { return nil }
      if !agent.isPerson, isObject(agent.tokens.lowerBound) { return nil }
      var found = act(.adjacent, name, agent.kind, agent.tokens.lowerBound)
      found.endsEarlier = endsEarlier(agent, acts.last)
      return found
    }
    if isGuarded(place) { return nil }
    if let last = acts.last, joins(cue, at: place, to: last) {
      return act(.carried, last.speaker, last.kind, place)
    }
    if let agent = leadingAgent(before: place, of: cue), acts.isEmpty, let name = name(of: agent) {
      return act(.distant, name, agent.kind, agent.tokens.lowerBound)
    }
    if let start = clauseStart(before: place), start < place,
      sentence.groupPhrase(from: start, before: place) == place
    {
      if let floor, floor.kind == .body, isShortForm(start..<place, of: floor.speaker) {
        return act(.adjacent, floor.speaker, .body, start)
      }
      var found = act(.adjacent, scan.string(start..<place), .group, start)
      found.endsEarlier = false
      return found
    }
    if acts.isEmpty, isOpening(place), chains(cue) {
      // Nobody yet: a speaker named later in the sentence, or the one before.
      return act(.previous, floor?.speaker ?? "", floor?.kind ?? .group, place)
    }
    return nil
  }

  /// `TP`, `trường`: one word of the body that spoke last.
  private func isShortForm(_ phrase: Range<Int>, of name: String) -> Bool {
    guard phrase.count == 1, let word = phrase.first else { return false }
    let key = tokens[word].key
    return Tokens(NormalizedText(name)).contains { $0.key == key }
  }

  /// Gives verbs that open the sentence the speaker of the next verb, where that one is named.
  private func front(_ acts: [SpeechAct]) -> [SpeechAct] {
    var acts = acts
    if let first = acts.first, first.link == .previous {
      if let main = acts.dropFirst().first(where: { $0.link == .adjacent && $0.isNamed }),
        main.endsEarlier
      {
        for index in acts.indices where acts[index].start < main.start {
          acts[index].speaker = main.speaker
          acts[index].kind = main.kind
          acts[index].link = .fronted
        }
      }
    }
    return acts.filter { !$0.speaker.isEmpty }
  }

  // MARK: what stands before a verb

  private func agent(endingAt place: Int) -> SpeechAgent? {
    if let agent = sentence.agents.first(where: { $0.tokens.upperBound == place }) {
      return agent.isPerson ? agent : apposed(agent) ?? agent
    }
    let mark = sentence.key(place - 1)
    if mark == PunctuationKey.comma || mark == PunctuationKey.dash {
      var end = place - 1
      while sentence.isPassable(end - 1) { end -= 1 }
      if let agent = sentence.agents.first(where: { $0.tokens.upperBound == end }),
        agent.kind == .person, mark == PunctuationKey.dash || isApposed(agent)
      {
        return agent
      }
    }
    for length in [3, 2, 1] where place - length >= sentence.range.lowerBound {
      if let found = reference(at: place - length), found.tokens.upperBound == place {
        return found
      }
    }
    return nil
  }

  /// `ông A, Phó Chủ tịch`: with a comma of its own.
  private func isApposed(_ agent: SpeechAgent) -> Bool {
    agent.tokens.contains {
      tokens[$0].key == PunctuationKey.comma || tokens[$0].key == PunctuationKey.dash
    }
  }

  /// The person whose title, which nobody knew for one, ends with this body: `ông A - trợ lý Bộ Y tế`.
  private func apposed(_ body: SpeechAgent) -> SpeechAgent? {
    guard let last = sentence.agents.last(where: { $0.tokens.upperBound < body.tokens.lowerBound }),
      last.kind == .person, tokens[body.tokens.lowerBound - 1].kind == .word
    else { return nil }
    let mark = sentence.key(last.tokens.upperBound)
    let between = last.tokens.upperBound..<body.tokens.lowerBound
    guard mark == PunctuationKey.comma || mark == PunctuationKey.dash, between.count <= 8,
      between.dropFirst().allSatisfy({ tokens[$0].kind == .word && !sentence.isPassable($0) }),
      !sentence.cues.contains(where: { between.contains($0.tokens.lowerBound) })
    else { return nil }
    return last
  }

  private func agent(startingAt place: Int) -> SpeechAgent? {
    sentence.agents.first { $0.tokens.lowerBound == place }
  }

  private func reference(at place: Int) -> SpeechAgent? {
    guard
      let (gender, end) = words.pronouns.longest(in: tokens, at: place, before: sentence.limit),
      sentence.name(at: end) == nil
    else { return nil }
    return SpeechAgent(kind: .reference, tokens: place..<end, name: "", gender: gender)
  }

  private func name(of agent: SpeechAgent) -> String? {
    agent.kind == .reference ? person(agent.gender) : agent.name
  }

  /// The person who begins the clause, where only words that name no other act stand between.
  private func leadingAgent(before place: Int, of cue: SpeechCue) -> SpeechAgent? {
    let isChained = chains(cue) && joinsByMark(place)
    let opening = sentence.afterOpeners(from: sentence.range.lowerBound)
    guard
      let agent = sentence.agents.last(where: {
        $0.tokens.upperBound <= place
          && ($0.isPerson
            ? isClauseStart($0.tokens.lowerBound)
            : isChained && $0.tokens.lowerBound == opening)
      })
    else { return nil }
    let after = sentence.key(agent.tokens.upperBound)
    let isApposed = after == PunctuationKey.comma || after == PunctuationKey.dash
    let opensSpeech = sentence.key(cue.tokens.upperBound) == PunctuationKey.colon
    return opensSpeech || isChained || (chains(cue) && isApposed) ? agent : nil
  }

  /// Goes on for the speaker of the act before: after `;`, `và`, `đồng thời`, or a comma.
  private func joins(_ cue: SpeechCue, at place: Int, to last: SpeechAct) -> Bool {
    // "mục đích, yêu cầu, các nội dung": a noun in a list.
    if cue.directive != nil, sentence.key(cue.tokens.upperBound) == PunctuationKey.comma {
      return false
    }
    if place == contentPlace(of: last), cue.directive != nil || cue.chains { return true }
    if last.cue.isLead, last.contentStart <= place {
      let opensSpeech = sentence.key(cue.tokens.upperBound) == PunctuationKey.colon
      if opensSpeech || (chains(cue) && joinsByMark(place)) { return true }
    }
    let mark = sentence.key(place - 1)
    if mark == PunctuationKey.semicolon { return chains(cue) || cue.directive != nil }
    if mark == PunctuationKey.comma { return chains(cue) }
    if sentence.isCoordinator(place - 1) {
      return chains(cue) || last.contentStart >= place - 1
        || (cue.directive.map { $0.frame != .order } ?? false)
    }
    // "đồng thời" reads as an adverb of the verb.
    return place < cue.tokens.lowerBound && sentence.isCoordinator(place) && chains(cue)
  }

  /// After the verb and its comma or `rằng`.
  private func contentPlace(of act: SpeechAct) -> Int {
    var place = act.contentStart
    while place < sentence.limit {
      if let particle = words.particles.longest(in: tokens, at: place, before: sentence.limit),
        particle.0 == .content || particle.0 == .about || particle.0 == .that
      {
        place = particle.end
      } else if sentence.key(place) == PunctuationKey.comma {
        place += 1
      } else {
        break
      }
    }
    return place
  }

  /// `và tâm sự rằng …` reports whatever the verb is.
  private func chains(_ cue: SpeechCue) -> Bool {
    cue.chains
      || (cue.statement != nil && particle(at: cue.tokens.upperBound) == .that)
  }

  private func joinsByMark(_ place: Int) -> Bool {
    let mark = sentence.key(place - 1)
    return mark == PunctuationKey.comma || mark == PunctuationKey.semicolon
      || sentence.isCoordinator(place - 1)
  }

  /// `được yêu cầu`, `ý kiến chỉ đạo`, `những đánh giá`.
  private func isGuarded(_ place: Int) -> Bool {
    for length in [2, 1] where place - length >= sentence.range.lowerBound {
      if words.guards.longest(in: tokens, at: place - length, before: place)?.end == place {
        return true
      }
    }
    return false
  }

  /// `gửi UBND tỉnh …`, `tại Bộ Y tế …`: no subject.
  private func isObject(_ start: Int) -> Bool {
    var place = start
    while sentence.isPassable(place - 1) { place -= 1 }
    return switch particle(at: place - 1) {
    case .about, .recipient, .preposition: true
    default: false
    }
  }

  /// An order that is only alluded to: `như Thủ tướng yêu cầu`, `do ông A đề nghị`.
  private func isAllusion(_ start: Int) -> Bool {
    var place = start
    while sentence.isPassable(place - 1) { place -= 1 }
    // "như sinh thời Chủ tịch A mong muốn": a word or two may stand between.
    for _ in 0..<3 {
      place -= 1
      guard sentence.range.contains(place), tokens[place].kind == .word else { return false }
      if particle(at: place) == .relative { return true }
    }
    return false
  }

  /// `yêu cầu của …`, `đề nghị này`: no verb.
  private func isNoun(_ cue: SpeechCue) -> Bool {
    sentence.name(at: cue.tokens.upperBound) == nil && particle(at: cue.tokens.upperBound) == .noun
  }

  private func particle(at place: Int) -> SpeechWords.Particle? {
    guard sentence.range.contains(place) else { return nil }
    return words.particles.longest(in: tokens, at: place, before: sentence.limit)?.0
  }

  /// Whether a new act ends the content of the one before, or lies inside it.
  private func endsEarlier(_ agent: SpeechAgent, _ last: SpeechAct?) -> Bool {
    guard let last else { return true }
    var place = agent.tokens.lowerBound
    while place > last.contentStart, sentence.isPassable(place - 1) { place -= 1 }
    guard place > contentPlace(of: last) else { return false }
    let mark = sentence.key(place - 1)
    if mark == PunctuationKey.semicolon || particle(at: place - 1) == .coordinator { return true }
    return agent.isPerson && mark == PunctuationKey.comma
  }

  // MARK: clauses

  /// At the start of the sentence, after a comma or semicolon, or after words that open a clause.
  private func isClauseStart(_ place: Int) -> Bool {
    var place = place
    while place > sentence.range.lowerBound, sentence.isPassable(place - 1) { place -= 1 }
    if place == sentence.range.lowerBound { return true }
    let previous = tokens[place - 1]
    if previous.kind == .punctuation || sentence.isCoordinator(place - 1) { return true }
    return isOpening(place)
  }

  /// Nothing but openers, adverbs, times and commas before.
  func isOpening(_ place: Int) -> Bool {
    sentence.afterOpeners(from: sentence.range.lowerBound) >= place
  }

  /// The start of the clause that `place` ends: after the last comma, semicolon or opener.
  private func clauseStart(before place: Int) -> Int? {
    let first = sentence.afterOpeners(from: sentence.range.lowerBound)
    if first < place, sentence.groupPhrase(from: first, before: place) == place { return first }
    var start = place
    while start > sentence.range.lowerBound, tokens[start - 1].kind != .punctuation { start -= 1 }
    return sentence.afterOpeners(from: start)
  }
}
