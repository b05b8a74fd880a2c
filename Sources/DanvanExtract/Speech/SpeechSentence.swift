import DanvanModel
import DanvanText

/// A word or phrase that may report speech or give an order.
struct SpeechCue: Sendable {
  let tokens: Range<Int>
  var statement: SpeechWords.StatementVerb?
  var directive: SpeechWords.DirectiveVerb?
  var isModal = false
  /// A modal that demands only of an addressee.
  var needsAddressee = false
  /// `theo`, as in `theo ông A, …`.
  var isAccording = false

  var isLead: Bool { statement?.form == .lead && directive == nil }
  var chains: Bool { statement?.chains == true || directive?.chains == true }
}

/// One sentence as speech sees it: who is named, which verbs report or order, what is quoted.
struct SpeechSentence: Sendable {
  let tokens: Tokens
  let words: SpeechWords
  let range: Range<Int>
  /// The end without the final full stop.
  let limit: Int
  let quotations: [Quotation]
  let names: ArraySlice<NameMention>
  let times: ArraySlice<TimeMention>
  private(set) var agents: [SpeechAgent] = []
  private(set) var cues: [SpeechCue] = []
  /// By place in the sentence: adverbs, times and remarks in brackets, which part no verb from its
  /// subject.
  private var isPassable: [Bool]

  /// `names` are those in the sentence; `times` the token ranges of its times.
  init(
    _ range: Range<Int>, scan: Scan, words: SpeechWords, names: ArraySlice<NameMention>,
    times: ArraySlice<TimeMention>, agents: [SpeechAgent]
  ) {
    self.range = range
    self.words = words
    self.names = names
    self.times = times
    tokens = scan.tokens
    var limit = range.upperBound
    while limit > range.lowerBound, Self.isFinal(tokens[limit - 1]) { limit -= 1 }
    self.limit = limit
    quotations = Quotation.all(in: tokens, range)
    isPassable = [Bool](repeating: false, count: range.count)
    self.agents = agents
    for time in times { markPassable(time.tokens) }
    findCues()
    addDescriptions()
  }

  /// Ends a sentence and belongs to nobody's words.
  private static func isFinal(_ token: Token) -> Bool {
    token.key == PunctuationKey.fullStop || token.key == PunctuationKey.slash
      || token.key == PunctuationKey.semicolon
  }

  func key(_ place: Int) -> UInt64 { range.contains(place) ? tokens[place].key : 0 }

  func isPassable(_ place: Int) -> Bool {
    range.contains(place) && isPassable[place - range.lowerBound]
  }

  /// The quotation that a place stands in, marks included.
  func quotation(at place: Int) -> Quotation? {
    quotations.first { $0.opening <= place && place < $0.end }
  }

  /// The name that begins at that place.
  func name(at place: Int) -> NameMention? { names.first { $0.tokens.lowerBound == place } }

  /// Past commas, times, adverbs and words that open a clause (`bên cạnh đó`, `thời gian tới`).
  func afterOpeners(from start: Int) -> Int {
    var place = start
    while place < limit {
      if isPassable(place) {
        place += 1
      } else if let opener = words.openers.longest(in: tokens, at: place, before: limit) {
        place = opener.end
      } else if key(place) == PunctuationKey.comma || key(place) == PunctuationKey.dash
        || key(place) == PunctuationKey.colon
      {
        place += 1
      } else {
        break
      }
    }
    return place
  }

  private mutating func markPassable(_ stretch: Range<Int>) {
    for place in stretch.clamped(to: range) { isPassable[place - range.lowerBound] = true }
  }

  private mutating func findCues() {
    var place = range.lowerBound
    var nextName = names.startIndex
    var nextQuotation = 0
    while place < limit {
      while nextName < names.endIndex, names[nextName].tokens.lowerBound < place { nextName += 1 }
      if nextName < names.endIndex, names[nextName].tokens.lowerBound == place {
        place = names[nextName].tokens.upperBound
        // "Trưởng Ban | Chỉ đạo": the rest of a longer name.
        if let trap = words.traps.longest(in: tokens, at: place - 1, before: limit) {
          place = max(place, trap.end)
        }
        continue
      }
      if nextQuotation < quotations.count, quotations[nextQuotation].opening == place {
        let quotation = quotations[nextQuotation]
        nextQuotation += 1
        place = quotation.isSpeech ? quotation.end : place + 1
        continue
      }
      if tokens[place].key == PunctuationKey.openingParenthesis {
        place = passBrackets(from: place)
        continue
      }
      if let trap = words.traps.longest(in: tokens, at: place, before: limit) {
        place = trap.end
        continue
      }
      let cue = cue(at: place)
      let adverb = words.adverbs.longest(in: tokens, at: place, before: limit)
      if let adverb, adverb.end > (cue?.tokens.upperBound ?? 0) {
        markPassable(place..<adverb.end)
        place = adverb.end
      } else if let cue {
        cues.append(cue)
        place = cue.tokens.upperBound
      } else {
        place += 1
      }
    }
  }

  /// Marks a short remark in brackets; returns where to go on.
  private mutating func passBrackets(from place: Int) -> Int {
    var end = place + 1
    while end < limit, tokens[end].key != PunctuationKey.closingParenthesis { end += 1 }
    guard end < limit, end - place < 40 else { return place + 1 }
    markPassable(place..<end + 1)
    return end + 1
  }

  private func cue(at place: Int) -> SpeechCue? {
    let statement = words.statementVerbs.longest(in: tokens, at: place, before: limit)
    let directive = words.directiveVerbs.longest(in: tokens, at: place, before: limit)
    let end = max(statement?.end ?? 0, directive?.end ?? 0)
    if end > 0 {
      return SpeechCue(
        tokens: place..<end,
        statement: statement.flatMap { $0.end == end ? $0.0 : nil },
        directive: directive.flatMap { $0.end == end ? $0.0 : nil })
    }
    if let modal = words.modals.longest(in: tokens, at: place, before: limit) {
      return SpeechCue(
        tokens: place..<modal.end, isModal: true, needsAddressee: modal.0 == .named)
    }
    if let particle = words.particles.longest(in: tokens, at: place, before: limit),
      particle.0 == .according
    {
      return SpeechCue(tokens: place..<particle.end, isAccording: true)
    }
    return nil
  }

  /// `Người đứng đầu Thành ủy`, `vị Phó Chủ tịch`: agents that are somebody named before.
  private mutating func addDescriptions() {
    guard !cues.isEmpty else { return }
    var place = range.lowerBound
    while place < limit {
      guard let match = words.descriptions.longest(in: tokens, at: place, before: limit) else {
        place += 1
        continue
      }
      let end = name(at: match.end)?.tokens.upperBound ?? match.end
      guard let tail = name(at: match.end), tail.kind != .person else {
        place = end
        continue
      }
      let at = agents.partitioningIndex { $0.tokens.lowerBound >= place }
      if at < agents.count, agents[at].tokens.lowerBound < end, agents[at].isPerson {
        agents[at].tokens = place..<max(end, agents[at].tokens.upperBound)
      } else {
        agents.removeAll { place <= $0.tokens.lowerBound && $0.tokens.lowerBound < end }
        agents.insert(SpeechAgent(kind: .reference, tokens: place..<end, name: ""), at: at)
      }
      place = end
    }
  }
}

extension Array {
  /// The first index whose element satisfies `belongs`, where all later ones do too.
  fileprivate func partitioningIndex(_ belongs: (Element) -> Bool) -> Int {
    firstIndex(where: belongs) ?? count
  }
}
