import DanvanModel
import DanvanText

/// Turns the acts of one sentence into statements and directives.
struct SpeechWriter {
  let sentence: SpeechSentence
  let scan: Scan
  let evidence: SpeechEvidence
  /// Persons of whom the article tells an office.
  let officials: Set<String>
  let floor: SpeechFloor?
  /// The speaker of the sentence before, where it ended in a statement.
  let continued: SpeechFloor?
  /// Who ordered in the sentence before, and with which verb.
  let ordered: (floor: SpeechFloor, verb: String)?
  private(set) var statements: [Statement] = []
  private(set) var directives: [Directive] = []
  private(set) var lastSpeaker: SpeechFloor?
  private var contents: [Range<Int>] = []
  private var orders: [Range<Int>] = []
  /// Addressees already given: a verb after one belongs to what it is told to do.
  private var addressees: [Range<Int>] = []

  init(
    sentence: SpeechSentence, scan: Scan, evidence: SpeechEvidence, officials: Set<String>,
    floor: SpeechFloor?, continued: SpeechFloor?, ordered: (floor: SpeechFloor, verb: String)?
  ) {
    self.ordered = ordered
    self.officials = officials
    self.continued = continued
    self.sentence = sentence
    self.scan = scan
    self.evidence = evidence
    self.floor = floor
  }

  /// `Bí thư A: '…'`: writes a headline that quotes, or what stands behind a speaker's name and a colon;
  /// false where it is neither.
  mutating func writeLabelled(isHeadline: Bool) -> Bool {
    guard let agent = sentence.agents.first, agent.isPerson, agent.kind != .reference,
      agent.tokens.lowerBound == sentence.range.lowerBound,
      sentence.key(agent.tokens.upperBound) == PunctuationKey.colon
    else { return false }
    let start = agent.tokens.upperBound + 1
    var content = start..<max(start, sentence.limit)
    // "Chủ tịch: Lê Văn Thử": a list of offices, not speech.
    guard isHeadline || (agent.kind == .person && content.count >= Self.leastLabelled) else {
      return false
    }
    if let quotation = sentence.quotation(at: start), quotation.opening == start {
      content = quotation.inside
    }
    let speaker = SpeechFloor(speaker: agent.name, kind: agent.kind)
    if !isHeadline, demands(speaker),
      let (demand, modal) = sentence.firstDemand(from: start, before: content.upperBound)
    {
      add(demand, modal, before: content.upperBound, by: speaker, evidence.modal)
      return true
    }
    add(
      .direct, sentence.trimmed(content), by: speaker, cue: start - 1..<start,
      isHeadline ? evidence.headline : evidence.colon)
    return !content.isEmpty
  }

  mutating func write(_ acts: [SpeechAct]) {
    var acts = acts
    var spoken = Set<Int>()
    for quotation in sentence.quotations where quotation.isSpeech {
      guard let index = acts.firstIndex(where: { isSaid(quotation, by: $0) }) else { continue }
      acts[index].start = quotation.opening
      acts[index].endsEarlier = true
      spoken.insert(index)
      quote(quotation, acts[index], evidence.quoteBefore)
    }
    if let act = acts.first, act.link == .trailing {
      trail(act)
      return
    }
    var sharing: SpeechAct?
    for (index, act) in acts.enumerated() {
      if addressees.contains(where: { $0.contains(act.start) }) { continue }
      let end = acts[(index + 1)...].first { $0.endsEarlier }?.start ?? sentence.limit
      if let quotation = orderedQuotation(act, before: end) {
        quote(quotation, act, evidence.quoteAfter)
        continue
      }
      if hasAuthority(act), let order = sentence.order(of: act, before: end),
        !spoken.contains(index) || act.cue.statement != nil || order.addressee != nil
      {
        // "yêu cầu và đề nghị các sở …": two verbs share one action.
        if let other = sharing, act.link == .carried,
          sentence.isCoordinator(other.cue.tokens.upperBound)
        {
          add(order, act, verb: other.cue.tokens, evidence.order)
        }
        add(order, act, verb: order.verb, evidence(of: act))
        sharing = nil
        continue
      }
      sharing = act.cue.directive != nil && act.cue.statement == nil ? act : nil
      if act.cue.statement == nil && !act.cue.isAccording { continue }
      if spoken.contains(index), !goesOn(act, before: end) { continue }
      state(act, before: end)
    }
    if acts.isEmpty { writeDemand() }
    if acts.isEmpty, directives.isEmpty { goOnOrdering() }
    if acts.isEmpty, directives.isEmpty { goOn() }
    dropRepeated()
  }

  /// An order is not repeated as the statement of the one who reports it.
  private mutating func dropRepeated() {
    for index in statements.indices.reversed() {
      let content = contents[index]
      let isRepeated = orders.contains { order in
        content.contains(order.lowerBound)
          && order.clamped(to: content).count * 5 >= content.count * 4
      }
      if isRepeated { statements.remove(at: index) }
    }
  }

  // MARK: statements

  /// A quotation and the orders in it; one that is nothing but an order is no statement.
  private mutating func quote(_ quotation: Quotation, _ act: SpeechAct, _ rule: Evidence) {
    let content = sentence.trimmed(quotation.inside)
    var orders = sentence.orders(in: quotation)
    if orders.isEmpty, act.cue.directive != nil, act.cue.statement == nil,
      let demand = sentence.demanded(in: quotation, from: act)
        ?? sentence.lastDemand(in: quotation, from: act)
    {
      orders = [demand]
    }
    let isOrder =
      orders.first.map {
        $0.start == quotation.inside.lowerBound && $0.action.upperBound >= content.upperBound
      } ?? false
    if !hasAuthority(act) { orders = [] }
    if !isOrder || orders.isEmpty {
      add(.direct, content, by: act.floor, cue: act.cue.tokens, rule)
    }
    for order in orders { add(order, act, verb: order.verb, evidence.quoted) }
  }

  /// What stands before its speaker: `…, theo ông A`.
  private mutating func trail(_ act: SpeechAct) {
    let content = sentence.trimmed(sentence.range.lowerBound..<act.start)
    let rule = act.cue.isAccording ? evidence.according : evidence.trailing
    add(
      act.cue.isAccording ? .indirect : .direct, content, by: act.floor, cue: act.cue.tokens, rule)
  }

  private mutating func state(_ act: SpeechAct, before end: Int) {
    let form = act.cue.statement?.form ?? .clause
    let (start, hasColon) = sentence.content(from: act.contentStart, before: end)
    if let quotation = sentence.quotation(at: start), quotation.opening == start,
      quotation.isSpeech, hasColon || sentence.isWhole(quotation, before: end)
    {
      quote(quotation, act, evidence.quoteAfter)
      return
    }
    // "các bộ trưởng báo cáo, giải trình": tells nothing of what was said.
    let isBare =
      act.cue.statement?.isOptional == true
      && sentence.key(act.contentStart) == PunctuationKey.comma
    guard hasColon || form == .clause || form == .object && !isBare || act.link == .according
    else { return }
    let opening = sentence.words.particles.longest(in: sentence.tokens, at: start, before: end)
    if opening?.0 == .question || split(act, at: start, before: end) { return }
    let content = sentence.trimmed(start..<max(start, end))
    // A few words inside another's speech are no statement of their own, nor what a group says there.
    guard act.endsEarlier || act.kind != .group else { return }
    guard content.count >= (act.endsEarlier ? 2 : 5) else { return }
    let rule =
      switch act.link {
      case .according: evidence.according
      case .fronted: evidence.fronted
      case .carried, .previous, .trailing: evidence.carried
      case .adjacent, .distant:
        hasColon ? evidence.colon : form == .object ? evidence.object : evidence.clause
      }
    add(hasColon ? .direct : .indirect, content, by: act.floor, cue: act.cue.tokens, rule)
  }

  /// A demand inside what is said: `nhấn mạnh, các sở cần …`; false where there is none.
  private mutating func split(_ act: SpeechAct, at start: Int, before end: Int) -> Bool {
    guard demands(act.floor), act.cue.statement?.form == .clause || act.link == .according,
      let (demand, modal) = sentence.firstDemand(from: start, before: end)
    else { return false }
    let content = sentence.trimmed(start..<max(start, demand.start))
    if content.count >= 2, !sentence.isIntroduction(content) {
      add(
        .indirect, content, by: act.floor, cue: act.cue.tokens,
        act.link == .according ? evidence.according : evidence.clause)
    }
    add(demand, modal, before: end, by: act.floor, evidence.modal)
    return true
  }

  private mutating func add(
    _ kind: Statement.Kind, _ content: Range<Int>, by speaker: SpeechFloor, cue: Range<Int>,
    _ rule: Evidence
  ) {
    guard !content.isEmpty else { return }
    lastSpeaker = speaker
    // "ông A cho rằng: “…”, ông A kết luận": one statement, whatever verbs stand round it.
    if contents.last == content, statements.last?.speaker == speaker.speaker { return }
    contents.append(content)
    statements.append(
      Statement(
        kind, scan.range(content), content: scan.string(content), speaker: speaker.speaker,
        cue: scan.string(cue), evidence: rule))
  }

  // MARK: directives

  /// A sentence that only demands, after a speaker's: `Trước mắt, các quận, huyện cần …`.
  private mutating func writeDemand() {
    guard let floor, demands(floor) else { return }
    let start = sentence.afterOpeners(from: sentence.range.lowerBound)
    // "Nếu muốn mở rộng tuyển sinh, trường cần …": with an addressee the demand may come second.
    guard let (demand, modal) = sentence.firstDemand(from: start, before: sentence.limit),
      demand.start == start || demand.addressee != nil
    else { return }
    add(demand, modal, before: sentence.limit, by: floor, evidence.modalCarried)
  }

  /// A sentence that begins with a verb of doing, behind one that ordered: `Đồng thời xem xét …`.
  private mutating func goOnOrdering() {
    guard let ordered, let (addressee, action) = sentence.furtherAction() else { return }
    directives.append(
      Directive(
        scan.range(action), action: scan.string(action), issuer: ordered.floor.speaker,
        verb: ordered.verb, addressee: addressee.map(scan.string),
        time: sentence.time(of: action, after: action.prefix(0)).map(scan.string),
        evidence: evidence.furtherOrder))
    lastSpeaker = ordered.floor
  }

  /// A sentence that goes on with what the speaker of the one before said: `Theo đó, …`.
  private mutating func goOn() {
    guard let continued, let content = sentence.continuation() else { return }
    lastSpeaker = continued
    contents.append(content)
    statements.append(
      Statement(
        .indirect, scan.range(content), content: scan.string(content), speaker: continued.speaker,
        cue: nil, isContinuation: true, evidence: evidence.continued))
  }

  private mutating func add(
    _ demand: SpeechDemand, _ modal: Range<Int>, before end: Int, by issuer: SpeechFloor,
    _ rule: Evidence
  ) {
    let action = sentence.trimmed(demand.action..<max(demand.action, end))
    append(
      action, by: issuer.speaker, verb: modal, addressee: demand.addressee,
      time: sentence.time(of: action, after: demand.start..<demand.action),
      demand.addressee == nil ? evidence.modalBare : rule)
    lastSpeaker = issuer
  }

  private mutating func add(
    _ order: SpeechOrder, _ act: SpeechAct, verb: Range<Int>, _ rule: Evidence
  ) {
    let time = sentence.time(of: order.action, after: act.start..<order.action.lowerBound)
    orders.append(act.start..<order.action.upperBound)
    for (index, part) in sentence.parts(of: order).enumerated() {
      for issuer in act.partners + [act.speaker] {
        append(
          part.action, by: issuer, verb: part.verb ?? verb, addressee: part.addressee,
          time: index == 0 ? time : sentence.time(of: part.action, after: part.action.prefix(0)),
          rule)
      }
    }
    lastSpeaker = act.floor
  }

  private mutating func append(
    _ action: Range<Int>, by issuer: String, verb: Range<Int>, addressee: Range<Int>?,
    time: Range<Int>?, _ rule: Evidence
  ) {
    guard !action.isEmpty else { return }
    if let addressee { addressees.append(addressee) }
    directives.append(
      Directive(
        scan.range(action), action: scan.string(action), issuer: issuer, verb: scan.string(verb),
        addressee: addressee.map(scan.string), time: time.map(scan.string), evidence: rule))
  }

  /// In tokens: what is shorter behind a name and its colon is a label.
  private static let leastLabelled = 6
}
