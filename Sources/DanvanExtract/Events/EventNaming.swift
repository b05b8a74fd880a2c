import DanvanModel
import DanvanText

/// Finds how far the naming of an event reaches behind its head.
struct EventNaming {
  let words: EventWords
  let around: EventSurroundings
  let end: Int

  var tokens: Tokens { around.scan.tokens }

  init(_ words: EventWords, _ around: EventSurroundings, in sentence: Sentence) {
    self.words = words
    self.around = around
    end = sentence.tokens.upperBound
  }

  /// The end of the naming whose head ends at `head`; `head` itself where nothing belongs to it.
  func end(after head: Int, kind: Event.Kind) -> Int {
    var place = head
    var hasTail = false
    // What cannot be taken off the end again: "các năm tiếp theo".
    var least = head
    let limit = min(end, head + Self.longest)
    scan: while place < limit {
      let token = tokens[place]
      if let time = around.time(at: place) {
        guard belongs(time, kind, hasTail) else { break }
        place = time.tokens.upperBound
        hasTail = true
        continue
      }
      switch token.kind {
      case .punctuation, .symbol, .newline:
        guard let next = endOfMark(at: place, before: limit, kind, hasTail) else { break scan }
        place = next
      case .number:
        place += 1
        hasTail = true
      case .word:
        if let name = around.name(at: place), name.tokens.upperBound <= limit {
          // A new subject, not a part of the name.
          if name.kind == .person || (name.kind == .title && isMark(place - 1)) {
            guard
              place == head || isJoint(place - 1) || continuesList(at: place)
                || isAttribute(name, of: max(head, place - 2)..<place)
                || (Self.isPersonal(kind) && continuesName(at: place))
                || name.kind == .person && isRemembered(place, kind, head)
            else {
              break scan
            }
          }
          // "tại lễ kỷ niệm Phó Thủ tướng đề nghị": an office that says something, behind a lost
          // full stop.
          if name.kind == .title, tokens[place].isCapitalized, !isJoint(place - 1),
            !isTransitive(before: place), says(at: name.tokens.upperBound)
          {
            break scan
          }
          // "trao quyết định cho ông A Chủ tịch B rời hội trường": behind a caption that has no
          // full stop.
          if name.kind == .title, tokens[place].isCapitalized, endsPerson(place), place > head,
            let holder = around.name(at: name.tokens.upperBound), holder.kind == .person
          {
            break scan
          }
          // An office with its holder begins a sentence, unless it is whom one meets.
          if name.kind == .title, place == head, !isTransitive(before: head),
            let holder = around.name(at: name.tokens.upperBound), holder.kind == .person,
            !Self.isPersonal(kind) || isToldOf(holder)
          {
            break scan
          }
          place = name.tokens.upperBound
          hasTail = true
          continue
        }
        // "chuyến thăm Mỹ của Thủ tướng mở ra …": what the visit does is no part of its name.
        if kind == .visit, token.shape == .lower, endsOwner(place, of: head),
          !words.trailing.contains(token.key),
          words.adverbs.longest(in: tokens, at: place, before: end) == nil
        {
          break scan
        }
        // "tiếp ông A thăm …": what the guest does is another act.
        if endsPerson(place), startsAnotherEvent(at: place), !isAnniversary(kind, head..<place) {
          break scan
        }
        if let (stop, after) = words.stops.longest(in: tokens, at: place, before: limit) {
          // A clause word with a capital begins a sentence whose full stop was lost.
          switch stop {
          case .always, .own, .when: break scan
          case .tail where place > head: break scan
          case .opener where token.shape == .capitalized: break scan
          case .clause where beginsSaying(at: place) && (place > head || Self.isPersonal(kind)):
            break scan
          case .head
          where place == head || introducesPeople(at: after) || isDated(head..<place)
            || endsNumber(place):
            break scan
          // "họp với Sở Y tế đề nghị …": what is said there.
          case .clause where Self.isPersonal(kind) && endsClause(at: place, from: head): break scan
          // "phiên họp để bầu …": what it is for names it, right behind its head.
          case .purpose
          where place > head && !isMatter(head..<place) && !isWhoPresides(head..<place)
            && !isMeans(head..<place)
            || !isAction(at: after):
            break scan
          // "lễ đón 30 phút": how long is no name.
          case .measure where place > head && tokens[place - 1].kind == .number:
            place -= 1
            break scan
          default: break
          }
          if stop == .go {
            place = after
            least = after
            hasTail = true
            continue
          }
        }
        if place > head, !isJoint(place - 1), addressesPerson(at: place) { break scan }
        // "tại cuộc họp ông A cho biết": the comma was left out.
        if place == head, Self.isSitting(kind), !isTransitive(before: head),
          isHonorific(at: place)
        {
          break scan
        }
        // "kỳ họp thứ 3 tại Nhà Quốc hội": its number is its name.
        if token.key == words.at, hasTail, Self.isNumbered(kind), endsNumber(place) { break scan }
        // "từ sau Hội nghị lần thứ tư đến Hội nghị lần thứ năm"
        if hasTail, token.key == words.until, startsNoun(at: place + 1) { break scan }
        if token.key == words.and,
          hasTail
            ? startsAnotherEvent(at: place + 1)
              || Self.isPersonal(kind) && startsActivity(at: place + 1)
            : isAction(at: place + 1) && !endsAction(place) || beginsAnother(at: place + 1)
        {
          break scan
        }
        place += 1
        hasTail = true
      }
    }
    return trimmed(from: least, to: place)
  }

  /// Times that name the event (`quý I`, `năm 2021`, `lần thứ XIII`) against those that date it; a
  /// day that the naming goes on behind lies in it (`buổi làm việc với Sở Y tế chiều 10/2 về tình
  /// hình …`).
  private func belongs(_ time: TimeMention, _ kind: Event.Kind, _ hasTail: Bool) -> Bool {
    if !time.expression.isCalendarDay { return true }
    let after = time.tokens.upperBound
    guard after < end else { return false }
    return tokens[after].key == words.of
      || (hasTail && Self.isSitting(kind) && tokens[after].key == words.about)
  }

  /// `Hội nghị năm nay có …`: a time is all that stands behind the head.
  private func isDated(_ tail: Range<Int>) -> Bool {
    around.time(at: tail.lowerBound)?.tokens == tail
  }

  private func says(at place: Int) -> Bool {
    words.sayings.longest(in: tokens, at: place, before: end) != nil
      || words.orders.longest(in: tokens, at: place, before: end) != nil
  }

  /// A word for what one says or orders, right behind the name of whom the head was with.
  private func endsClause(at place: Int, from head: Int) -> Bool {
    around.name(at: head)?.tokens.upperBound == place
      && words.orders.longest(in: tokens, at: place, before: end) != nil
  }

  /// `lễ trao giải có Ủy viên Bộ Chính trị …`: who takes part.
  private func introducesPeople(at place: Int) -> Bool {
    guard let name = around.name(at: place) else { return false }
    return name.kind == .person || name.kind == .title
  }

  /// `tại cuộc gặp Đánh giá cao …`: a verb of saying with a capital, whose full stop was lost.
  private func beginsSaying(at place: Int) -> Bool {
    tokens[place].shape == .capitalized
      && words.sayings.longest(in: tokens, at: place, before: end) != nil
  }

  /// `tại buổi làm việc Bộ trưởng A đã chỉ đạo …`: what he did follows his name.
  private func isToldOf(_ holder: NameMention) -> Bool {
    holder.tokens.upperBound < end && tokens[holder.tokens.upperBound].key == words.perfective
  }

  private func isAction(at place: Int) -> Bool {
    words.actions.longest(in: tokens, at: place, before: end) != nil
  }

  /// A person right behind his office, whose body was taken for a name of its own.
  private func continuesName(at place: Int) -> Bool {
    place > 0 && around.endsName(at: place, [.title, .organization, .location])
  }

  /// `lễ đón …`, `lễ viếng …`: heads that end in a verb take whoever it is done to.
  private func isTransitive(before head: Int) -> Bool {
    (1...Self.longestVerb).contains { length in
      guard head >= length,
        let (act, after) = words.verbs.longest(in: tokens, at: head - length, before: head),
        act.kind != nil, act.kind != .workingSession
      else { return false }
      // "lễ đón chính thức …": how it is done may end the head.
      return after == head
        || (head > length
          && words.nouns.longest(in: tokens, at: head - length - 1, before: head)?.end == head)
    }
  }

  /// `Đồng chí`, `Ông` with the person's name, capitalised: a new sentence whose full stop was
  /// lost.
  private func addressesPerson(at place: Int) -> Bool {
    tokens[place].isCapitalized && isHonorific(at: place)
  }

  func isHonorific(at place: Int) -> Bool {
    guard let (_, after) = words.honorifics.longest(in: tokens, at: place, before: end) else {
      return false
    }
    return around.name(at: after)?.kind == .person
  }

  private static func isSitting(_ kind: Event.Kind) -> Bool {
    switch kind {
    case .workingSession, .conference, .session, .press: true
    default: false
    }
  }

  private static func isNumbered(_ kind: Event.Kind) -> Bool {
    kind == .session || kind == .congress || kind == .election
  }

  static func isPersonal(_ kind: Event.Kind) -> Bool {
    kind == .meeting || kind == .visit || kind == .workingSession
  }

  /// `lễ kỷ niệm 60 năm ngày …`: the name tells what is remembered, and who did it.
  private func isAnniversary(_ kind: Event.Kind, _ tail: Range<Int>) -> Bool {
    kind == .ceremony && tail.contains { tokens[$0].kind == .number }
  }

  private func endsPerson(_ place: Int) -> Bool {
    around.endsName(at: place, [.person])
  }

  /// Whose visit it is: `của`, then an office or a person that ends right before `place`.
  private func endsOwner(_ place: Int, of head: Int) -> Bool {
    guard around.endsName(at: place, [.person, .title]) else { return false }
    return (max(head, place - Self.longestOwner)..<place).contains { tokens[$0].key == words.of }
  }

  private func isMark(_ place: Int) -> Bool { place >= 0 && tokens[place].kind == .punctuation }

  func isJoint(_ place: Int) -> Bool {
    if words.trailing.contains(tokens[place].key) { return true }
    // An honorific, a description or an office right before the name.
    for start in max(0, place - 2)...place {
      if words.honorifics.longest(in: tokens, at: start, before: place + 1)?.end == place + 1
        || words.objects.longest(in: tokens, at: start, before: place + 1)?.end == place + 1
      {
        return true
      }
    }
    return around.endsName(at: place + 1, [.title])
  }

  private func trimmed(from least: Int, to place: Int) -> Int {
    var place = place
    while place > least {
      let last = tokens[place - 1]
      let isMark =
        last.kind == .punctuation
        && ![
          PunctuationKey.closingParenthesis, PunctuationKey.closingQuote,
          PunctuationKey.straightQuote,
        ].contains(last.key)
      guard isMark || words.trailing.contains(last.key) else { break }
      place -= 1
    }
    return place
  }

  /// In tokens.
  private static let longest = 96
  private static let longestOwner = 16
  static let longestVerb = 3
  static let longestAttributed = 4
}
