import DanvanModel
import DanvanText

/// Finds the namings of events in one article and weighs what stands around each.
struct EventFinder {
  let words: EventWords
  let around: EventSurroundings

  private var scan: Scan { around.scan }
  var tokens: Tokens { scan.tokens }

  func candidates() -> [EventCandidate] {
    var found: [EventCandidate] = []
    var item = 0
    for (number, sentence) in scan.sentences.enumerated()
    where sentence.zone.isReport || sentence.zone == .caption {
      let beginsItem = beginsItem(sentence)
      if beginsItem { item += 1 }
      let naming = EventNaming(words, around, in: sentence)
      var isQuoted = false
      var place = sentence.tokens.lowerBound
      while place < sentence.tokens.upperBound {
        isQuoted = quoted(isQuoted, at: place)
        if let bare = speaker(at: place, in: sentence, number, isQuoted, among: found) {
          found.append(bare)
          place = bare.head.upperBound
        } else if var candidate = doneByOne(
          at: place, in: sentence, number, naming, isQuoted, after: found.last)
          ?? noun(at: place, in: sentence, number, naming, isQuoted, after: found.last)
          ?? act(at: place, in: sentence, number, naming, isQuoted, after: found.last)
        {
          candidate.item = item
          candidate.opensItem = beginsItem && hasDay(sentence)
          found.append(candidate)
          // "các buổi họp của kỳ họp thứ 4": what is many names none, but what it belongs to may.
          place = candidate.isMany ? candidate.head.upperBound : candidate.tokens.upperBound
        } else {
          place = endOfTrap(at: place, before: sentence.tokens.upperBound) ?? place + 1
        }
      }
    }
    return found
  }

  // MARK: Nouns

  private func noun(
    at place: Int, in sentence: Sentence, _ number: Int, _ naming: EventNaming, _ isQuoted: Bool,
    after previous: EventCandidate?
  ) -> EventCandidate? {
    let end = sentence.tokens.upperBound
    guard let (kind, after) = head(at: place, in: sentence) else { return nil }
    // The resolutions of a congress are no congress.
    let owned =
      place > sentence.tokens.lowerBound && tokens[place - 1].key == words.of ? place - 1 : place
    for length in 1...2 where owned - length >= sentence.tokens.lowerBound {
      if words.instruments.longest(in: tokens, at: owned - length, before: owned)?.end == owned {
        return nil
      }
    }
    // Inside a body's or office's name.
    if let name = around.name(covering: place),
      name.tokens.lowerBound < place
    {
      return nil
    }
    let range = place..<naming.end(after: after, kind: kind)
    let isVerb = words.nouns.longest(in: tokens, at: place, before: end) == nil
    // "nhà văn hóa sắp khánh thành và …": nothing that is opened follows.
    if isVerb, range.upperBound == after || tokens[after].key == words.and { return nil }
    var candidate = EventCandidate(
      kind: kind, tokens: range, head: place..<after, role: nil, sentence: number, subject: nil)
    let isRite = isRite(candidate, in: sentence)
    candidate.isBare = isBare(candidate) && !isRite
    candidate.isDated = around.time(at: range.upperBound)?.expression.isCalendarDay == true
    if candidate.head.contains(where: {
      words.verbs.longest(in: tokens, at: $0, before: after)?.0.role == .receive
    }) {
      candidate.host =
        around.people(in: sentence.tokens.lowerBound..<place).last
        ?? host(behind: candidate, in: sentence)
    }
    candidate.organizer = organizer(before: place, in: sentence)
    weigh(&candidate, in: sentence, isQuoted)
    // "Thủ tướng cũng đã có cuộc gặp …": told as done, by whom it is told.
    if let person = subject(before: place, in: sentence), isOfficial(person),
      isPerfective(before: place, in: sentence)
    {
      candidate.weight += 1
    }
    if isStage(candidate, in: sentence) { candidate.weight += 2 }
    candidate.isMany = isPlural(before: place, in: sentence)
    if candidate.isMany { candidate.weight -= 3 }
    if isRite { candidate.weight += 1 }
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
    if isOthersDay(candidate, in: sentence, after: previous) {
      candidate.isDayless = true
      candidate.weight -= 2
    }
    if isReference(candidate, in: sentence) { candidate.weight -= 3 }
    if isDemanded(candidate, in: sentence) { candidate.weight -= 6 }
    if isNameless(candidate) || isProvision(candidate, in: sentence) { candidate.weight -= 5 }
    if let previous, !candidate.isBare, isChained(place, number, to: previous) {
      candidate.isChained = true
      candidate.weight = max(candidate.weight, previous.weight)
    }
    return candidate
  }

  /// A noun for an event, or a verb right behind a word that says that something is held.
  private func head(at place: Int, in sentence: Sentence) -> (Event.Kind, Int)? {
    let end = sentence.tokens.upperBound
    if let (found, after) = words.nouns.longest(in: tokens, at: place, before: end) {
      // "buổi trao quyết định": a classifier alone, whose verb says what is held.
      if found == .other, after == place + 1, let (kind, next) = actKind(at: after, before: end) {
        return (kind, next)
      }
      return found.map { ($0, after) }
    }
    guard let (activity, after) = words.activities.longest(in: tokens, at: place, before: end)
    else { return nil }
    let start = max(sentence.tokens.lowerBound, place - 3)
    let isHeld = (start..<place).contains { first in
      guard case (let cue, place)? = words.cues.longest(in: tokens, at: first, before: place) else {
        return false
      }
      switch cue {
      case .underway: return true
      case .held, .attends: return activity.cue == .held
      // Not the bare future: "sẽ họp".
      case .planned: return activity.cue == .held && place - first > 1
      default: return false
      }
    }
    return isHeld ? (activity.kind, after) : nil
  }

  /// A head alone, or one that tells only where: "hội nghị tại điểm cầu".
  private func isBare(_ candidate: EventCandidate) -> Bool {
    let after = candidate.head.upperBound
    if candidate.tokens.upperBound == after { return candidate.head.count <= 5 }
    switch candidate.kind {
    case .conference, .ceremony, .workingSession: return tokens[after].key == words.at
    // "phiên khai mạc tại hội trường", but not "phiên toàn thể tại hội trường nghe báo cáo …".
    case .session:
      return tokens[after].key == words.at
        && candidate.tokens.upperBound - after <= Self.longestPlace
    default: return false
    }
  }

  private func isName(at place: Int) -> Bool {
    around.name(at: place) != nil || tokens[place].shape == .upper
      || words.nouns.longest(in: tokens, at: place, before: place + 1) != nil
  }

  private func isPlural(before place: Int, in sentence: Sentence) -> Bool {
    // "đã mở 11 lớp tập huấn"
    if place > sentence.tokens.lowerBound, tokens[place - 1].kind == .number,
      around.time(endingAt: place) == nil
    {
      return true
    }
    for length in 1...2 where place - length >= sentence.tokens.lowerBound {
      if words.plurals.longest(in: tokens, at: place - length, before: place)?.end == place {
        return true
      }
    }
    return false
  }

  // MARK: Weighing

  func weigh(_ candidate: inout EventCandidate, in sentence: Sentence, _ isQuoted: Bool) {
    var place = candidate.tokens.lowerBound
    // "phát biểu tại một cuộc họp": the article says nothing of how it is told.
    if place > sentence.tokens.lowerBound, tokens[place - 1].key == words.one { place -= 1 }
    if sentence.zone == .headline || sentence.zone == .lead { candidate.weight += 2 }
    // What one says of events reports none; a name that stands in quotation marks does.
    let isName =
      isQuotationMark(candidate.tokens.lowerBound - 1)
      && isQuotationMark(candidate.tokens.upperBound)
    if isQuoted, !isName { candidate.weight -= 2 }
    if hasDay(sentence) { candidate.weight += 2 }
    candidate.isPast = tellsOfFormerYear(sentence, before: candidate.tokens.lowerBound)
    for (cue, distance) in cues(before: place, in: sentence) {
      switch cue {
      case .chair, .chaired:
        candidate.weight += 3
        candidate.isHeld = true
      case .held, .recent, .attended, .attends, .concludes:
        candidate.weight += distance == 0 ? 2 : 1
        candidate.isHeld = candidate.isHeld || distance == 0
        candidate.isRecent = candidate.isRecent || cue == .recent
      case .at: candidate.weight += distance == 0 ? 1 : 0
      case .planned, .toward:
        candidate.weight += distance == 0 ? 2 : distance <= 3 ? 1 : 0
        candidate.isPlanned = true
        candidate.isHeld = candidate.isHeld || distance == 0
      case .past:
        candidate.isPast = true
        // "từ sau Đại hội XX": only since when.
        if distance == 0 { candidate.weight -= 3 }
      case .agent: if distance == 0 { candidate.weight -= 3 }
      // "đây không phải là cuộc kiểm tra theo …"
      case .denied: if distance == 0 { candidate.weight -= 8 }
      case .underway: candidate.weight += distance == 0 ? 3 : 1
      case .again: if distance == 0 { candidate.refersBack = true }
      case .task: break
      case .describes:
        // "… là diễn đàn quan trọng nhất": says what something is, not that it is held.
        if distance == 0 {
          candidate.refersBack = true
          candidate.weight -= 2
        }
      }
    }
    if isHabit(candidate, in: sentence) { candidate.weight -= 3 }
    let behind = cue(after: candidate.tokens.upperBound, in: sentence)
    switch behind {
    case .held, .recent, .attended, .attends:
      candidate.weight += 2
      candidate.isHeld = true
      candidate.isRecent = candidate.isRecent || behind == .recent
    case .planned:
      candidate.weight += 2
      candidate.isPlanned = true
      candidate.isHeld = true
    case .again: candidate.refersBack = true
    // "mục tiêu mà Đại hội A đã đề ra"
    case .past where tokens[candidate.tokens.upperBound].shape == .lower:
      candidate.isPast = true
      candidate.weight -= 3
    default:
      // "Sáng 20/5, Hội A họp. Đại hội lần thứ 2 đã bầu …": what it has done says that it was held.
      let after = candidate.tokens.upperBound
      if candidate.role == nil, after < sentence.tokens.upperBound,
        tokens[after].key == words.perfective, candidate.sentence > 0,
        hasDay(scan.sentences[candidate.sentence - 1])
      {
        candidate.weight += 2
        candidate.isHeld = true
      }
    }
    // "kỳ họp gần nhất", "hội nghị lần trước": one of those that were, or will be.
    if case .past? = words.cues.longest(
      in: tokens, at: candidate.head.upperBound, before: sentence.tokens.upperBound)?.0
    {
      candidate.isPast = true
      candidate.weight -= 3
    }
  }

  func hasDay(_ sentence: Sentence) -> Bool {
    around.times(in: sentence.tokens).contains { $0.expression.isCalendarDay }
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
  private static let longestPlace = 4
}
