import DanvanModel
import DanvanText

/// Finds the namings of events in one article and weighs what stands around each.
struct EventFinder {
  let words: EventWords
  let around: EventSurroundings

  private var scan: Scan { around.scan }
  private var tokens: Tokens { scan.tokens }

  func candidates() -> [EventCandidate] {
    var found: [EventCandidate] = []
    for (number, sentence) in scan.sentences.enumerated()
    where sentence.zone.isReport || sentence.zone == .caption {
      let naming = EventNaming(words, around, in: sentence)
      var isQuoted = false
      var place = sentence.tokens.lowerBound
      while place < sentence.tokens.upperBound {
        isQuoted = quoted(isQuoted, at: place)
        if let candidate = noun(at: place, in: sentence, number, naming, isQuoted)
          ?? act(at: place, in: sentence, number, naming, isQuoted, after: found.last)
        {
          found.append(candidate)
          place = candidate.tokens.upperBound
        } else {
          place = endOfTrap(at: place, before: sentence.tokens.upperBound) ?? place + 1
        }
      }
    }
    return found
  }

  /// Compounds that only look like an event's head are passed over whole.
  private func endOfTrap(at place: Int, before end: Int) -> Int? {
    if case (nil, let after)? = words.nouns.longest(in: tokens, at: place, before: end) {
      return after
    }
    if let (act, after) = words.verbs.longest(in: tokens, at: place, before: end), act.kind == nil {
      return after
    }
    return nil
  }

  private func quoted(_ isQuoted: Bool, at place: Int) -> Bool {
    switch tokens[place].key {
    case PunctuationKey.openingQuote: true
    case PunctuationKey.closingQuote: false
    case PunctuationKey.straightQuote: !isQuoted
    default: isQuoted
    }
  }

  // MARK: Nouns

  private func noun(
    at place: Int, in sentence: Sentence, _ number: Int, _ naming: EventNaming, _ isQuoted: Bool
  ) -> EventCandidate? {
    let end = sentence.tokens.upperBound
    guard let (found, after) = words.nouns.longest(in: tokens, at: place, before: end),
      let kind = found
    else { return nil }
    // The resolutions of a congress are no congress.
    for length in 1...2 where place - length >= sentence.tokens.lowerBound {
      if words.instruments.longest(in: tokens, at: place - length, before: place)?.end == place {
        return nil
      }
    }
    // Inside a body's or office's name.
    if let name = around.names.first(where: { $0.tokens.contains(place) }),
      name.tokens.lowerBound < place
    {
      return nil
    }
    let range = place..<naming.end(after: after, kind: kind)
    var candidate = EventCandidate(
      kind: kind, tokens: range, head: place..<after, role: nil, sentence: number, subject: nil)
    candidate.isBare = isBare(candidate)
    if candidate.head.contains(where: {
      words.verbs.longest(in: tokens, at: $0, before: after)?.0.role == .receive
    }) {
      candidate.host = around.people(in: sentence.tokens.lowerBound..<place).last
    }
    weigh(&candidate, in: sentence, isQuoted)
    if isPlural(before: place, in: sentence) { candidate.weight -= 3 }
    if tokens[place].isCapitalized && place > sentence.tokens.lowerBound { candidate.weight += 1 }
    if range.count >= candidate.head.count + 3 { candidate.weight += 1 }
    if tokens[place].isCapitalized && after < end && isName(at: after) { candidate.weight += 1 }
    switch kind {
    // Held by law or statute: to name one is to say that there is one.
    case .congress, .election, .session: candidate.weight += 1
    case .other: candidate.weight -= 1
    default: break
    }
    if around.times(in: range).contains(where: { !$0.expression.isCalendarDay }) {
      candidate.weight += 1
    }
    return candidate
  }

  /// A head alone, or one that tells only where: "hội nghị tại điểm cầu".
  private func isBare(_ candidate: EventCandidate) -> Bool {
    let after = candidate.head.upperBound
    if candidate.tokens.upperBound == after { return candidate.head.count <= 5 }
    switch candidate.kind {
    case .conference, .ceremony, .workingSession: return tokens[after].key == words.at
    default: return false
    }
  }

  private func isName(at place: Int) -> Bool {
    around.name(at: place) != nil || tokens[place].shape == .upper
      || words.nouns.longest(in: tokens, at: place, before: place + 1) != nil
  }

  private func isPlural(before place: Int, in sentence: Sentence) -> Bool {
    for length in 1...2 where place - length >= sentence.tokens.lowerBound {
      if words.plurals.longest(in: tokens, at: place - length, before: place)?.end == place {
        return true
      }
    }
    return false
  }

  // MARK: Verbs

  private func act(
    at place: Int, in sentence: Sentence, _ number: Int, _ naming: EventNaming, _ isQuoted: Bool,
    after previous: EventCandidate?
  ) -> EventCandidate? {
    let end = sentence.tokens.upperBound
    guard let (act, after) = words.verbs.longest(in: tokens, at: place, before: end),
      let kind = act.kind, after < end, isObject(at: after, before: end)
    else { return nil }
    var subject = self.subject(before: place, in: sentence)
    var isCoordinated = false
    if subject == nil, endsGroup(before: place, in: sentence) { isCoordinated = true }
    if subject == nil, let previous, previous.role != nil, previous.sentence == number,
      previous.tokens.upperBound == place - 1
    {
      subject = previous.subject
      isCoordinated = true
    }
    let isIntended = subject == nil && isPlanned(at: place, in: sentence)
    guard subject != nil || isCoordinated || isIntended else { return nil }
    let range = place..<naming.end(after: after, kind: kind)
    guard range.upperBound > after else { return nil }
    var candidate = EventCandidate(
      kind: kind, tokens: range, head: place..<after, role: act.role, sentence: number,
      subject: subject)
    weigh(&candidate, in: sentence, isQuoted)
    if let subject, around.names[subject].kind != .organization { candidate.weight += 1 }
    if isIntended { candidate.weight += 2 }
    if act.role == .receive {
      candidate.weight += 1
      candidate.host = subject.flatMap { around.fullName(of: around.names[$0]) }
    }
    if isCoordinated, let previous, previous.sentence == number {
      candidate.weight = max(candidate.weight, previous.weight)
    }
    return candidate
  }

  /// `Đoàn công tác đến …`: a group that is no name of a body.
  private func endsGroup(before place: Int, in sentence: Sentence) -> Bool {
    var end = place
    let start = sentence.tokens.lowerBound
    for _ in 0..<2 {
      for length in 1...4 where end - length >= start {
        if words.subjects.longest(in: tokens, at: end - length, before: end)?.end == end {
          return true
        }
      }
      for length in 1...2 where end - length >= start {
        if words.adverbs.longest(in: tokens, at: end - length, before: end)?.end == end {
          end -= length
          break
        }
      }
    }
    return false
  }

  private func isObject(at place: Int, before end: Int) -> Bool {
    around.name(at: place) != nil || tokens[place].isCapitalized || tokens[place].kind == .number
      || words.objects.longest(in: tokens, at: place, before: end) != nil
  }

  /// Right behind `kế hoạch`, `chuẩn bị` and their like.
  private func isPlanned(at place: Int, in sentence: Sentence) -> Bool {
    for length in 1...4 where place - length >= sentence.tokens.lowerBound {
      if case (.planned, place)? = words.cues.longest(in: tokens, at: place - length, before: place)
      {
        return true
      }
    }
    return false
  }

  /// The number of the name that does what the verb at `place` says: only adverbs and brackets may
  /// stand between.
  private func subject(before place: Int, in sentence: Sentence) -> Int? {
    var end = place
    let start = sentence.tokens.lowerBound
    walk: while end > start {
      if let number = around.names.lastIndex(where: {
        $0.tokens.upperBound == end && ($0.kind != .location || end < place)
      }) {
        return number
      }
      // "đồng chí A, làm việc với …"
      if tokens[end - 1].key == PunctuationKey.comma,
        let number = around.names.lastIndex(where: {
          $0.tokens.upperBound == end - 1 && ($0.kind == .person || $0.kind == .title)
        })
      {
        return number
      }
      if tokens[end - 1].key == PunctuationKey.closingParenthesis {
        guard
          let open = (start..<end).last(where: {
            tokens[$0].key == PunctuationKey.openingParenthesis
          })
        else { return nil }
        end = open
        continue
      }
      for length in 1...4 where end - length >= start {
        if words.adverbs.longest(in: tokens, at: end - length, before: end)?.end == end {
          end -= length
          continue walk
        }
      }
      return nil
    }
    return nil
  }

  // MARK: Weighing

  private func weigh(_ candidate: inout EventCandidate, in sentence: Sentence, _ isQuoted: Bool) {
    let place = candidate.tokens.lowerBound
    if sentence.zone == .headline || sentence.zone == .lead { candidate.weight += 2 }
    if isQuoted { candidate.weight -= 2 }
    let hasDay = around.times(in: sentence.tokens).contains { $0.expression.isCalendarDay }
    if hasDay { candidate.weight += 2 }
    for (cue, distance) in cues(before: place, in: sentence) {
      switch cue {
      case .chair: candidate.weight += 3
      case .held: candidate.weight += distance == 0 ? 2 : 1
      case .at: candidate.weight += distance == 0 ? 1 : 0
      case .planned:
        candidate.weight += distance <= 3 ? 1 : 0
        candidate.isPlanned = true
      case .past: candidate.isPast = true
      case .agent: if distance == 0 { candidate.weight -= 3 }
      }
    }
  }

  /// The cues that stand before a naming in its clause, each once, with the tokens between.
  private func cues(before place: Int, in sentence: Sentence) -> [(EventWords.Cue, Int)] {
    var found: [(EventWords.Cue, Int)] = []
    var start = max(sentence.tokens.lowerBound, place - Self.reach)
    while start < place {
      guard let (cue, end) = words.cues.longest(in: tokens, at: start, before: place) else {
        start += 1
        continue
      }
      found.removeAll { $0.0 == cue }
      found.append((cue, place - end))
      start = end
    }
    return found
  }

  /// In tokens.
  private static let reach = 12
}
