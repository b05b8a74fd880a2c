import DanvanText

/// Who speaks: what stands before a verb.
extension SpeechActFinder {
  /// No more words tell that somebody lives, works or comes from somewhere.
  private static let mostResiding = 5
  /// In tokens: `người đứng đầu chính quyền tỉnh`.
  private static let longestPronoun = 6

  func agent(endingAt place: Int) -> SpeechAgent? {
    // "ông A (Phó Giám đốc, Sở Y tế) | cho biết": the remark in brackets has been passed over.
    if sentence.key(place) == PunctuationKey.openingParenthesis,
      let agent = sentence.agents.first(where: { $0.tokens.contains(place) })
    {
      return agent
    }
    if let agent = sentence.agents.first(where: { $0.tokens.upperBound == place }) {
      return agent.isPerson ? agent : apposed(agent) ?? resident(agent) ?? grouped(seated(agent))
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
    for length in (1...Self.longestPronoun).reversed()
    where place - length >= sentence.range.lowerBound {
      if let found = reference(at: place - length), found.tokens.upperBound == place {
        return found
      }
    }
    return nil
  }

  /// A group or list of names; or a capitalised name that begins as one and that nobody knew.
  func isGroup(_ phrase: Range<Int>, of cue: SpeechCue) -> Bool {
    guard let known = sentence.groupPhrase(from: phrase.lowerBound, before: phrase.upperBound)
    else { return false }
    if known == phrase.upperBound { return true }
    let orders =
      cue.directive?.frame == .order && sentence.addressesAtOnce(cue)
      && words.groups.longest(in: tokens, at: phrase.lowerBound, before: phrase.upperBound) != nil
    return (orders || (chains(cue) && cue.statement?.form == .clause))
      && tokens[phrase.lowerBound].isCapitalized && phrase.count <= 12
      && phrase.lowerBound == sentence.afterOpeners(from: sentence.range.lowerBound)
      && (known..<phrase.upperBound).allSatisfy {
        tokens[$0].kind == .word && !sentence.isPassable($0)
          && words.actions.longest(in: tokens, at: $0, before: phrase.upperBound) == nil
      }
      && !sentence.cues.contains { (known..<phrase.upperBound).contains($0.tokens.lowerBound) }
  }

  /// `ông A, Phó Chủ tịch`: with a comma of its own.
  func isApposed(_ agent: SpeechAgent) -> Bool {
    agent.tokens.contains {
      tokens[$0].key == PunctuationKey.comma || tokens[$0].key == PunctuationKey.dash
    }
  }

  /// `UBND TP và Sở Y tế yêu cầu`: the one named before `và`.
  func partner(of agent: SpeechAgent) -> String? {
    let joint = agent.tokens.lowerBound - 1
    guard agent.kind == .person || agent.kind == .body, particle(at: joint) == .and,
      let other = sentence.agents.first(where: { $0.tokens.upperBound == joint }),
      other.kind == agent.kind, isClauseStart(other.tokens.lowerBound)
    else { return nil }
    return other.name
  }

  /// `Ông A đến từ huyện B, tỉnh C chia sẻ`: the person, not where they live.
  private func resident(_ place: SpeechAgent) -> SpeechAgent? {
    guard place.kind == .place else { return nil }
    var start = place.tokens.lowerBound
    while sentence.key(start - 1) == PunctuationKey.comma,
      let wider = sentence.agents.first(where: { $0.tokens.upperBound == start - 1 }),
      wider.kind == .place
    {
      start = wider.tokens.lowerBound
    }
    guard particle(at: start - 1) == .preposition,
      let person = sentence.agents.last(where: { $0.tokens.upperBound < start }),
      person.kind == .person, isClauseStart(person.tokens.lowerBound),
      start - person.tokens.upperBound <= Self.mostResiding
    else { return nil }
    return person
  }

  /// `Công an huyện A, tỉnh B cho biết`: the body, not the place that it lies in.
  private func seated(_ place: SpeechAgent) -> SpeechAgent {
    let comma = place.tokens.lowerBound - 1
    guard place.kind == .place, sentence.key(comma) == PunctuationKey.comma,
      var body = sentence.agents.last(where: { $0.tokens.upperBound == comma }),
      body.kind == .body
    else { return place }
    body.tokens = body.tokens.lowerBound..<place.tokens.upperBound
    return body
  }

  /// `lãnh đạo UBND tỉnh`, `nhiều đại biểu Quốc hội`: people of a body, not the body.
  private func grouped(_ body: SpeechAgent) -> SpeechAgent {
    let place = body.tokens.lowerBound
    for length in [3, 2, 1] where place - length >= sentence.range.lowerBound {
      guard
        let (part, end) = words.groups.longest(in: tokens, at: place - length, before: place),
        end == place
      else { continue }
      // "nhiệm vụ UBND TP": the longest word that ends there decides.
      guard part == .head else { return body }
      let range = place - length..<body.tokens.upperBound
      return SpeechAgent(kind: .group, tokens: range, name: scan.string(range))
    }
    return body
  }

  /// The person whose title, which nobody knew for one, ends with this body: `ông A - trợ lý Bộ Y tế`.
  func apposed(_ body: SpeechAgent) -> SpeechAgent? {
    let start = body.tokens.lowerBound
    guard let last = sentence.agents.last(where: { $0.tokens.upperBound <= start }),
      last.kind == .person
    else { return nil }
    let between = last.tokens.upperBound..<start
    // "ông A, Chủ tịch | Công ty B": a title and its body.
    if between.isEmpty { return isApposed(last) ? last : nil }
    let mark = sentence.key(last.tokens.upperBound)
    let isMarked = mark == PunctuationKey.comma || mark == PunctuationKey.dash
    guard tokens[start - 1].kind == .word, isMarked || isApposed(last),
      between.count <= 14,
      between.dropFirst(isMarked ? 1 : 0).allSatisfy({
        (tokens[$0].kind == .word || tokens[$0].key == PunctuationKey.dash)
          && !sentence.isPassable($0) && !sentence.isCoordinator($0)
      }),
      !sentence.cues.contains(where: { between.contains($0.tokens.lowerBound) })
    else { return nil }
    return last
  }

  func agent(startingAt place: Int) -> SpeechAgent? {
    sentence.agents.first { $0.tokens.lowerBound == place }
  }

  func reference(at place: Int) -> SpeechAgent? {
    guard
      let (gender, end) = words.pronouns.longest(in: tokens, at: place, before: sentence.limit),
      sentence.name(at: end) == nil
    else { return nil }
    return SpeechAgent(kind: .reference, tokens: place..<end, name: "", gender: gender)
  }

  func name(of agent: SpeechAgent) -> String? {
    agent.kind == .reference ? person(agent.gender) : agent.name
  }

  /// The person who begins the clause, where only words that name no other act stand between.
  func leadingAgent(before place: Int, of cue: SpeechCue) -> SpeechAgent? {
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
    let isApposed =
      after == PunctuationKey.comma || after == PunctuationKey.dash || isApposed(agent)
    let opensSpeech = sentence.key(cue.tokens.upperBound) == PunctuationKey.colon
    return opensSpeech || isChained || (chains(cue) && isApposed) ? agent : nil
  }

  /// Goes on for the speaker of the act before: after `;`, `và`, `đồng thời`, or a comma.
  func joins(_ cue: SpeechCue, at place: Int, to last: SpeechAct) -> Bool {
    // "mục đích, yêu cầu, các nội dung": a noun in a list.
    if cue.directive != nil, sentence.key(cue.tokens.upperBound) == PunctuationKey.comma,
      sentence.key(place - 1) == PunctuationKey.comma || !sentence.addressesAtOnce(cue)
    {
      return false
    }
    if place == contentPlace(of: last), cue.directive != nil || cue.chains { return true }
    if last.cue.isLead, last.contentStart <= place {
      let opensSpeech = sentence.key(cue.tokens.upperBound) == PunctuationKey.colon
      if opensSpeech || (chains(cue) && joinsByMark(place)) { return true }
    }
    let mark = sentence.key(place - 1)
    if mark == PunctuationKey.semicolon { return chains(cue) || cue.directive != nil }
    if mark == PunctuationKey.comma {
      // "đề nghị các vùng quan trắc, cảnh báo, di dời": what they are to do.
      let isAction = words.actions.longest(in: tokens, at: place, before: sentence.limit) != nil
      return chains(cue) && !(isAction && last.cue.directive != nil && cue.directive == nil)
    }
    if sentence.isCoordinator(place - 1) {
      return chains(cue) || last.contentStart >= place - 1
        || (cue.directive.map { $0.frame != .order } ?? false)
    }
    // "đồng thời" reads as an adverb of the verb.
    return place < cue.tokens.lowerBound && sentence.isCoordinator(place) && chains(cue)
  }

  /// After the verb and its comma or `rằng`.
  func contentPlace(of act: SpeechAct) -> Int {
    var place = act.contentStart
    while place < sentence.limit {
      if let particle = words.particles.longest(in: tokens, at: place, before: sentence.limit),
        particle.0.opensContent
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
  func chains(_ cue: SpeechCue) -> Bool {
    cue.chains
      || (cue.statement != nil && particle(at: cue.tokens.upperBound) == .that)
  }

  func joinsByMark(_ place: Int) -> Bool {
    let mark = sentence.key(place - 1)
    return mark == PunctuationKey.comma || mark == PunctuationKey.semicolon
      || sentence.isCoordinator(place - 1)
  }
}
