import DanvanText

/// Finds the acts of one sentence, in the order of their verbs.
struct SpeechActFinder {
  let sentence: SpeechSentence
  let scan: Scan
  /// Who spoke last, where it is near enough to go on.
  let floor: SpeechFloor?
  /// Who is meant by a pronoun here, by gender.
  let person: (SpeechWords.Gender) -> String?

  var tokens: Tokens { sentence.tokens }
  var words: SpeechWords { sentence.words }

  func acts() -> [SpeechAct] {
    if let last = sentence.cues.last, let act = trailing(last) { return [act] }
    var acts: [SpeechAct] = []
    for cue in sentence.cues where !cue.isModal {
      if let act = cue.isAccording ? according(cue) : reporting(cue, after: acts) {
        acts.append(act)
      }
    }
    return front(acts)
  }

  // MARK: …, theo ông A

  /// A speaker named after what is said, at the end of the sentence: `…, theo ông A`, `… – ông A nói`.
  private func trailing(_ cue: SpeechCue) -> SpeechAct? {
    var start = cue.tokens.lowerBound
    var agent: SpeechAgent?
    if cue.isAccording {
      agent = self.agent(startingAt: cue.tokens.upperBound)
      guard agent?.tokens.upperBound == sentence.limit else { return nil }
    } else {
      guard cue.tokens.upperBound == sentence.limit, !cue.isModal else { return nil }
      while sentence.isPassable(start - 1) { start -= 1 }
      agent = self.agent(endingAt: start)
      start = agent?.tokens.lowerBound ?? start
    }
    let mark = sentence.key(start - 1)
    guard let agent, agent.isPerson || agent.kind == .title, let name = name(of: agent),
      mark == PunctuationKey.dash || (mark == PunctuationKey.comma && cue.isAccording),
      start - sentence.range.lowerBound >= 6, tokens[start - 2].kind != .punctuation
    else { return nil }
    return SpeechAct(
      cue: cue, link: .trailing, speaker: name, kind: agent.kind, start: start,
      contentStart: sentence.limit)
  }

  // MARK: theo ông A, …

  private func according(_ cue: SpeechCue) -> SpeechAct? {
    guard isClauseStart(cue.tokens.lowerBound) || tokens[cue.tokens.lowerBound].isCapitalized
    else { return nil }
    var place = cue.tokens.upperBound
    let noun = words.reportNouns.longest(in: tokens, at: place, before: sentence.limit)
    if let noun { place = noun.end }
    guard let agent = agent(startingAt: place) ?? reference(at: place) else {
      return accordingGroup(cue, at: place)
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
    guard let known = sentence.groupPhrase(from: place, before: sentence.limit) else { return nil }
    // The rest of a name that nobody knew: "Theo Hội đồng chức danh giáo sư ngành toán, …".
    var end = known
    while end < min(sentence.limit, known + 8), tokens[end].kind == .word { end += 1 }
    guard sentence.key(end) == PunctuationKey.comma, sentence.limit - end >= 4,
      !sentence.cues.contains(where: { known..<end ~= $0.tokens.lowerBound })
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
    if let agent = agent(endingAt: place), let name = name(of: agent),
      agent.isPerson || !isObject(agent.tokens.lowerBound)
    {
      let start = agent.tokens.lowerBound
      if isAllusion(start) || isPassive(start) || isSubordinate(start, cue) { return nil }
      if let last = acts.last, sentence.isAddressed(start, by: last) { return nil }
      if isTold(agent, cue, after: acts.last) {
        return particle(at: start - 1) == .noun && acts.isEmpty
          ? group(before: place, of: cue) : nil
      }
      if isCondition(agent, cue) { return nil }
      var found = act(.adjacent, name, agent.kind, start)
      found.endsEarlier = endsEarlier(agent, acts.last)
      if let partner = partner(of: agent) { found.partners = [partner] }
      return found
    }
    if acts.isEmpty, let floor, isDocument(place, of: cue) {
      return act(.distant, floor.speaker, floor.kind, place)
    }
    if isGuarded(place) || isDelegated(cue, at: place, by: acts.last) { return nil }
    if let last = acts.last(where: \.endsEarlier) ?? acts.last, joins(cue, at: place, to: last) {
      return act(.carried, last.speaker, last.kind, place)
    }
    if let agent = leadingAgent(before: place, of: cue), acts.isEmpty, let name = name(of: agent) {
      return act(.distant, name, agent.kind, agent.tokens.lowerBound)
    }
    if acts.isEmpty, let agent = issuer(before: place, of: cue), let name = name(of: agent) {
      return act(.distant, name, agent.kind, agent.tokens.lowerBound)
    }
    if var found = group(before: place, of: cue) {
      found.endsEarlier = acts.isEmpty || found.kind == .body
      return found
    }
    if acts.isEmpty, isOpening(place), chains(cue) || sentence.addressesAtOnce(cue) {
      // Nobody yet: a speaker named later in the sentence, or the one before.
      return act(.previous, floor?.speaker ?? "", floor?.kind ?? .group, place)
    }
    return nil
  }

  /// `Các đại biểu đề nghị`, `đoàn công tác của Bộ A yêu cầu`.
  private func group(before place: Int, of cue: SpeechCue) -> SpeechAct? {
    guard let start = clauseStart(before: place), start < place, isGroup(start..<place, of: cue)
    else { return nil }
    var found = SpeechAct(
      cue: cue, link: .adjacent, speaker: scan.string(start..<place), kind: .group, start: start,
      contentStart: cue.tokens.upperBound)
    if let floor, floor.kind == .body, isShortForm(start..<place, of: floor.speaker) {
      (found.speaker, found.kind) = (floor.speaker, .body)
    }
    return found
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
}
