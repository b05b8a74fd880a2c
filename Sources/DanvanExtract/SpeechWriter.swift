import DanvanModel
import DanvanText

/// Turns the acts of one sentence into statements and directives.
struct SpeechWriter {
  let sentence: SpeechSentence
  let scan: Scan
  let evidence: SpeechEvidence
  let floor: (speaker: String, kind: SpeechAgent.Kind)?
  private(set) var statements: [Statement] = []
  private(set) var directives: [Directive] = []
  private(set) var lastSpeaker: (name: String, kind: SpeechAgent.Kind)?
  /// Addressees already given: a verb after one belongs to what it is told to do.
  private var addressees: [Range<Int>] = []

  private var tokens: Tokens { sentence.tokens }
  private var words: SpeechWords { sentence.words }

  init(
    sentence: SpeechSentence, scan: Scan, evidence: SpeechEvidence,
    floor: (speaker: String, kind: SpeechAgent.Kind)?
  ) {
    self.sentence = sentence
    self.scan = scan
    self.evidence = evidence
    self.floor = floor
  }

  /// `Bí thư A: '…'`: a headline that quotes.
  mutating func headline(_ agents: [SpeechAgent]) -> Statement? {
    guard let agent = agents.first, agent.tokens.lowerBound == sentence.range.lowerBound,
      agent.isPerson, agent.kind != .reference,
      sentence.key(agent.tokens.upperBound) == PunctuationKey.colon
    else { return nil }
    var start = agent.tokens.upperBound + 1
    var end = sentence.limit
    if let quotation = sentence.quotation(at: start), quotation.opening == start {
      (start, end) = (quotation.inside.lowerBound, quotation.inside.upperBound)
    }
    guard start < end else { return nil }
    lastSpeaker = (agent.name, agent.kind)
    return Statement(
      .direct, scan.range(start..<end), content: scan.string(start..<end), speaker: agent.name,
      cue: ":", evidence: evidence.headline)
  }

  mutating func write(_ acts: [SpeechAct], person: (SpeechWords.Gender) -> String?) {
    var acts = acts
    var spoken = Set<Int>()
    for quotation in sentence.quotations where quotation.isSpeech {
      if let index = acts.firstIndex(where: { isSaid(quotation, by: $0) }) {
        acts[index].start = quotation.opening
        acts[index].endsEarlier = true
        let act = acts[index]
        spoken.insert(act.cue.tokens.lowerBound)
        quote(quotation, act, evidence.quoteBefore)
      }
    }
    for (index, act) in acts.enumerated() {
      if addressees.contains(where: { $0.contains(act.start) }) { continue }
      let end = acts[(index + 1)...].first { $0.endsEarlier }?.start ?? sentence.limit
      let cue = act.cue
      if cue.directive != nil, direct(act, before: end) { continue }
      if spoken.contains(cue.tokens.lowerBound) { continue }
      if cue.statement == nil && !cue.isAccording { continue }
      state(act, before: end)
    }
    if acts.isEmpty { writeDemand() }
  }

  // MARK: statements

  /// A quotation whose speaker and verb follow it: `"…", ông A nói`, `"…" - ông A chỉ rõ`.
  private func isSaid(_ quotation: Quotation, by act: SpeechAct) -> Bool {
    guard act.link == .adjacent, act.cue.statement != nil, act.start >= quotation.end,
      act.start - quotation.end <= 3
    else { return false }
    let between = (quotation.end..<act.start).drop { tokens[$0].kind == .punctuation }
    guard let first = between.first else { return true }
    // "…", báo cáo của Bộ A cho hay.
    return words.reportNouns.longest(in: tokens, at: first, before: act.start)?.end == act.start
  }

  /// A quotation and the orders in it; one that is nothing but an order is no statement.
  private mutating func quote(_ quotation: Quotation, _ act: SpeechAct, _ rule: Evidence) {
    let content = trimmed(quotation.inside)
    let orders = sentence.orders(in: quotation)
    let isOrder =
      orders.first.map {
        $0.start == quotation.inside.lowerBound && $0.action.upperBound >= content.upperBound
      } ?? false
    if !isOrder { add(.direct, content, act, rule) }
    for order in orders {
      direct(act, verb: order.verb, addressee: order.addressee, order.action, evidence.quoted)
    }
  }

  private mutating func state(_ act: SpeechAct, before end: Int) {
    let form = act.cue.statement?.form ?? .clause
    var place = act.contentStart
    let hasColon = passToContent(&place, before: end)
    if let quotation = sentence.quotation(at: place), quotation.opening == place,
      quotation.isSpeech, hasColon || isWhole(quotation, before: end)
    {
      quote(quotation, act, evidence.quoteAfter)
      return
    }
    guard hasColon || (form != .quote && form != .lead) || act.link == .according else { return }
    if words.particles.longest(in: tokens, at: place, before: end)?.0 == .question { return }
    if split(act, at: place, before: end) { return }
    let content = trimmed(place..<max(place, end))
    guard content.count >= (act.endsEarlier ? 2 : 5) else { return }
    let rule =
      switch act.link {
      case .according: evidence.according
      case .fronted: evidence.fronted
      case .carried, .previous: evidence.carried
      case .adjacent, .distant:
        hasColon ? evidence.colon : form == .object ? evidence.object : evidence.clause
      }
    add(hasColon ? .direct : .indirect, content, act, rule)
  }

  /// Past `rằng`, `về`, a hearer, a comma or a colon; true where there was a colon.
  private func passToContent(_ place: inout Int, before end: Int) -> Bool {
    while place < end {
      let mark = sentence.key(place)
      if mark == PunctuationKey.colon {
        place += 1
        return true
      }
      if mark == PunctuationKey.comma {
        place += 1
        continue
      }
      guard let (particle, next) = words.particles.longest(in: tokens, at: place, before: end)
      else { return false }
      if particle == .content || particle == .about || particle == .that {
        place = next
      } else if particle == .recipient,
        let hearer = sentence.groupPhrase(from: next, before: end), hearer < end
      {
        place = hearer
      } else {
        return false
      }
    }
    return false
  }

  private func isWhole(_ quotation: Quotation, before end: Int) -> Bool {
    (quotation.end..<max(quotation.end, end)).allSatisfy { tokens[$0].kind == .punctuation }
  }

  /// A demand inside what is said: `nhấn mạnh, các sở cần …`; true where nothing else is said.
  private mutating func split(_ act: SpeechAct, at start: Int, before end: Int) -> Bool {
    guard act.isNamed, act.cue.statement?.form == .clause || act.link == .according else {
      return false
    }
    for cue in sentence.cues where cue.isModal && start..<end ~= cue.tokens.lowerBound {
      guard let demand = demand(at: cue, from: start) else { continue }
      if demand.start > start {
        let content = trimmed(start..<demand.start)
        if content.count >= 2 { add(.indirect, content, act, evidence.clause) }
      }
      direct(
        act, verb: cue.tokens, addressee: demand.addressee, demand.action..<end,
        demand.addressee == nil ? evidence.modalBare : evidence.modal)
      return true
    }
    return false
  }

  private mutating func add(
    _ kind: Statement.Kind, _ content: Range<Int>, _ act: SpeechAct, _ rule: Evidence
  ) {
    guard !content.isEmpty else { return }
    lastSpeaker = (act.speaker, act.kind)
    statements.append(
      Statement(
        kind, scan.range(content), content: scan.string(content), speaker: act.speaker,
        cue: scan.string(act.cue.tokens), evidence: rule))
  }

  // MARK: directives

  /// Writes an order; false where the verb gives none after all.
  private mutating func direct(_ act: SpeechAct, before end: Int) -> Bool {
    guard let verb = act.cue.directive else { return false }
    var place = act.contentStart
    _ = passToContent(&place, before: place)
    while place < end {
      if let (particle, next) = words.particles.longest(in: tokens, at: place, before: end),
        particle == .recipient || particle == .content || particle == .about || particle == .that
          || particle == .matter
      {
        place = next
      } else {
        let next = sentence.afterOpeners(from: place)
        if next == place { break }
        place = next
      }
    }
    var addressee = sentence.groupPhrase(from: place, before: end).map { place..<$0 }
    if addressee == nil, let demand = laterDemand(from: place, before: end) {
      // "yêu cầu sau hội nghị, các đại biểu cần phổ biến …"
      addressee = demand.addressee
    }
    var action = pastBrackets(from: addressee?.upperBound ?? place)
    var hasModal = false
    while let modal = words.modals.longest(in: tokens, at: action, before: end) {
      action = modal.end
      hasModal = true
    }
    let isAction = words.actions.longest(in: tokens, at: action, before: end) != nil
    switch verb.frame {
    case .wish:
      guard let addressee, hasModal || isAction,
        words.particles.longest(in: tokens, at: addressee.lowerBound - 1, before: end)?.0
          != .preposition
      else { return false }
    case .assign:
      guard addressee != nil else { return false }
    case .order:
      guard addressee != nil || (act.link == .adjacent && (hasModal || isAction)) || verb.chains
      else { return false }
    }
    let range = trimmed(action..<max(action, end))
    guard range.count >= 1 else { return false }
    let rule =
      switch verb.frame {
      case .order: evidence.order
      case .assign: evidence.assign
      case .wish: evidence.wish
      }
    direct(act, verb: act.cue.tokens, addressee: addressee, range, rule)
    return true
  }

  /// `Hợp tác xã A (do ông B quản lý) | làm đường …`
  private func pastBrackets(from place: Int) -> Int {
    guard sentence.key(place) == PunctuationKey.openingParenthesis else { return place }
    var end = place
    while sentence.isPassable(end) { end += 1 }
    return end
  }

  private mutating func direct(
    _ act: SpeechAct, verb: Range<Int>, addressee: Range<Int>?, _ action: Range<Int>,
    _ rule: Evidence
  ) {
    let action = trimmed(action)
    guard !action.isEmpty else { return }
    if let addressee { addressees.append(addressee) }
    lastSpeaker = (act.speaker, act.kind)
    directives.append(
      Directive(
        scan.range(action), action: scan.string(action), issuer: act.speaker,
        verb: scan.string(verb), addressee: addressee.map(scan.string), evidence: rule))
  }

  /// A sentence that only demands, after a speaker's: `Trước mắt, các quận, huyện cần …`.
  private mutating func writeDemand() {
    guard let floor, floor.kind != .group else { return }
    let start = sentence.afterOpeners(from: sentence.range.lowerBound)
    guard let cue = sentence.cues.first(where: \.isModal),
      let demand = demand(at: cue, from: start),
      demand.start == start
    else { return }
    let act = SpeechAct(
      cue: cue, link: .previous, speaker: floor.speaker, kind: floor.kind, start: start,
      contentStart: cue.tokens.upperBound)
    direct(
      act, verb: cue.tokens, addressee: demand.addressee, demand.action..<sentence.limit,
      demand.addressee == nil ? evidence.modalBare : evidence.modalCarried)
  }

  /// A demand with an addressee in the second clause of what is asked.
  private func laterDemand(from start: Int, before end: Int) -> Demand? {
    guard
      let cue = sentence.cues.first(where: { $0.isModal && start..<end ~= $0.tokens.lowerBound }),
      cue.tokens.lowerBound - start < 20, let demand = demand(at: cue, from: start),
      demand.addressee != nil
    else { return nil }
    return demand
  }

  private struct Demand {
    let start: Int
    let addressee: Range<Int>?
    let action: Int
  }

  /// The demand that a modal makes, where its addressee or itself begins a clause at or after `start`.
  private func demand(at cue: SpeechCue, from start: Int) -> Demand? {
    let modal = cue.tokens.lowerBound
    var clause = start
    while clause <= modal {
      let first = sentence.afterOpeners(from: clause)
      if first >= modal {
        return Demand(start: clause, addressee: nil, action: cue.tokens.upperBound)
      }
      if sentence.groupPhrase(from: first, before: modal) == modal {
        return Demand(start: clause, addressee: first..<modal, action: cue.tokens.upperBound)
      }
      clause = first
      while clause < modal, tokens[clause].key != PunctuationKey.comma,
        tokens[clause].key != PunctuationKey.semicolon
      {
        clause += 1
      }
      if clause >= modal { return nil }
      clause += 1
    }
    return nil
  }

  // MARK: spans

  /// Without the marks and joining words that stand at its ends.
  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, max(range.lowerBound, range.upperBound))
    while start < end, isOuter(tokens[start]), !opens(start) { start += 1 }
    while start < end {
      if isOuter(tokens[end - 1]) || opens(end - 1) || isClosingAlone(end - 1, from: start)
        || sentence.isCoordinator(end - 1)
      {
        end -= 1
      } else if end - start >= 2, sentence.isCoordinator(end - 2, before: end) {
        end -= 2
      } else {
        break
      }
    }
    return start..<end
  }

  private func isOuter(_ token: Token) -> Bool {
    token.kind == .punctuation
      && (token.key == PunctuationKey.comma || token.key == PunctuationKey.fullStop
        || token.key == PunctuationKey.semicolon || token.key == PunctuationKey.colon
        || token.key == PunctuationKey.dash)
  }

  private func opens(_ place: Int) -> Bool { sentence.quotation(at: place)?.opening == place }

  /// A closing mark whose opening one lies before the span.
  private func isClosingAlone(_ place: Int, from start: Int) -> Bool {
    guard let quotation = sentence.quotation(at: place), quotation.end == place + 1 else {
      return false
    }
    return quotation.opening < start
  }
}
