import DanvanModel
import DanvanText

/// Finds instruments (laws, decrees, resolutions, directives, plans), each at its first mention.
struct InstrumentTagger: Sendable {
  /// When a head word names an instrument.
  enum Form: String, Sendable {
    /// Never: a compound that holds such a word.
    case not
    /// Only with a number.
    case numbered
    /// Also capitalised inside a sentence, with a title.
    case titled
    /// Also in lower case, where what follows is clearly a title.
    case strong
  }

  private let heads: Vocabulary<Form>
  private let openers: Lexicon
  private let stops: Lexicon
  private let laws: Lexicon
  private let known: Lexicon
  private let words: GrammarWords
  private let byNumber: Evidence
  private let byTitle: Evidence
  private let byLaw: Evidence
  private let byName: Evidence

  init(_ rules: RuleSet) throws {
    heads = try Vocabulary(rules.lexicon("instrument-heads")) { Form(rawValue: $0.field(0)) }
    openers = try rules.lexicon("instrument-title-openers")
    stops = try rules.lexicon("instrument-stops")
    laws = try rules.lexicon("law-titles")
    known = try rules.lexicon("instrument-titles")
    words = try GrammarWords(rules)
    byNumber = try rules.evidence("instrument.numbered")
    byTitle = try rules.evidence("instrument.titled")
    byLaw = try rules.evidence("instrument.law")
    byName = try rules.evidence("instrument.known")
  }

  func instruments(in scan: Scan, names: [NameMention], times: [TimeMention]) -> [NamedThing] {
    var found: [NamedThing] = []
    var seen: Set<UInt64> = []
    let days = Set(times.filter { $0.expression.isCalendarDay }.map(\.tokens.lowerBound))
    // The ministry of planning is no plan.
    let insideBodies = Set(
      names.filter { $0.kind == .organization }.flatMap { $0.tokens.dropFirst() })
    for sentence in scan.sentences where sentence.zone.isReport || sentence.zone == .caption {
      var place = sentence.tokens.lowerBound
      while place < sentence.tokens.upperBound {
        let end = sentence.tokens.upperBound
        if case (.not, let after)? = heads.longest(in: scan.tokens, at: place, before: end) {
          place = after
          continue
        }
        guard let (tokens, evidence) = instrument(at: place, in: sentence, of: scan, days: days),
          evidence != byTitle || !insideBodies.contains(tokens.lowerBound)
        else {
          place += 1
          continue
        }
        if seen.insert(identity(of: tokens, in: scan)).inserted {
          found.append(
            NamedThing(scan.range(tokens), text: scan.string(tokens), evidence: evidence))
        }
        place = tokens.upperBound
      }
    }
    return found
  }

  /// The instrument whose name begins at a token.
  private func instrument(
    at start: Int, in sentence: Sentence, of scan: Scan, days: Set<Int>
  ) -> (Range<Int>, Evidence)? {
    let tokens = scan.tokens
    let end = sentence.tokens.upperBound
    if let (_, after) = known.longest(in: tokens, at: start, before: end),
      laws.longest(in: tokens, at: start + 1, before: end)?.end ?? 0 <= after
    {
      return (start..<(endOfTerm(at: after, in: tokens, before: end) ?? after), byName)
    }
    guard let (form, head) = heads.longest(in: tokens, at: start, before: end), head < end else {
      return nil
    }
    if let number = endOfNumber(after: head, of: tokens[start], form, in: tokens, before: end) {
      return (start..<number, byNumber)
    }
    if words.laws.contains(tokens[head - 1].key),
      let (_, title) = laws.longest(in: tokens, at: head, before: end)
    {
      let number = endOfNumber(after: title, of: tokens[start], form, in: tokens, before: end)
      return (start..<(number ?? title), byLaw)
    }
    guard form == .titled || form == .strong, hasTitle(head, start, form, in: sentence, of: scan)
    else { return nil }
    let title = endOfTitle(from: head, in: tokens, before: end, days: days)
    guard title > head + 1 || (title > head && tokens[head].isCapitalized) else { return nil }
    return (start..<title, byTitle)
  }

  /// The end of `số 05-CT/TW`, `15/2015` or `tổ chức Tòa án … số 62/2014/QH13` behind a head.
  private func endOfNumber(
    after head: Int, of first: Token, _ form: Form, in tokens: Tokens, before end: Int
  ) -> Int? {
    guard head < end else { return nil }
    if tokens[head].kind == .number {
      let code = endOfCode(at: head, in: tokens, before: end)
      if code > head + 1 || first.isCapitalized { return code }
      // "chỉ thị 42": not "chương trình 5 năm".
      let isAlone =
        code >= end || tokens[code].kind == .punctuation
        || stops.longest(in: tokens, at: code, before: end) != nil
        || openers.longest(in: tokens, at: code, before: end) != nil
      return form == .strong && isAlone ? code : nil
    }
    // The word "số" may come after a title, but then a code must follow it.
    var place = head
    while place < min(end - 1, head + Self.longestTitle) {
      let token = tokens[place]
      if token.key == words.numbered, tokens[place + 1].kind == .number {
        let code = endOfCode(at: place + 1, in: tokens, before: end)
        return place == head || code > place + 2 ? code : nil
      }
      guard token.kind == .word, heads.longest(in: tokens, at: place, before: end) == nil,
        stops.longest(in: tokens, at: place, before: end) == nil
      else { return nil }
      place += 1
    }
    return nil
  }

  /// The end of a number and what is joined to it without spaces: `05-CT/TW`, `15/2015/TT-BTC`.
  private func endOfCode(at number: Int, in tokens: Tokens, before end: Int) -> Int {
    var place = number + 1
    while place + 1 < end,
      tokens[place].key == PunctuationKey.slash || tokens[place].key == PunctuationKey.dash,
      !tokens[place].spaceBefore, !tokens[place + 1].spaceBefore,
      tokens[place + 1].kind == .number
        || (tokens[place + 1].kind == .word && tokens[place + 1].shape != .lower)
    {
      place += 2
      while place < end, !tokens[place].spaceBefore,
        tokens[place].kind == .number || tokens[place].isCapitalized
      {
        place += 1
      }
    }
    return place
  }

  /// Whether what follows a head reads as a title of its own.
  private func hasTitle(
    _ head: Int, _ start: Int, _ form: Form, in sentence: Sentence, of scan: Scan
  ) -> Bool {
    let tokens = scan.tokens
    let end = sentence.tokens.upperBound
    guard tokens[head].kind == .word, tokens[head].spaceBefore,
      heads.longest(in: tokens, at: head, before: end) == nil
    else { return false }
    let opens = openers.longest(in: tokens, at: head, before: end) != nil
    if form == .strong && (opens || tokens[head].isCapitalized) { return true }
    // A capital tells nothing where any word would have one.
    let isFirst =
      start == sentence.tokens.lowerBound
      || tokens[start - 1].kind == .punctuation
        && tokens[start - 1].key != PunctuationKey.comma
    guard tokens[start].isCapitalized, !isFirst else { return false }
    return stops.longest(in: tokens, at: head, before: end) == nil
  }

  private func endOfTitle(from head: Int, in tokens: Tokens, before end: Int, days: Set<Int>) -> Int
  {
    var place = head
    let opensWithAbout = openers.longest(in: tokens, at: head, before: end) != nil
    while place < end, place < head + Self.longestTitle {
      let token = tokens[place]
      if days.contains(place) { break }
      if token.kind == .punctuation || token.kind == .symbol {
        if token.key == PunctuationKey.dash {
          guard place + 1 < end, tokens[place + 1].kind == .word else { break }
        } else if token.key == PunctuationKey.openingParenthesis {
          return endOfTerm(at: place, in: tokens, before: end) ?? place
        } else if token.key == PunctuationKey.comma, opensWithAbout {
          guard goesOn(after: place, in: tokens, before: end) else { break }
        } else {
          break
        }
      } else if place > head {
        if stops.longest(in: tokens, at: place, before: end) != nil { break }
        if token.key == words.and, heads.longest(in: tokens, at: place + 1, before: end) != nil {
          break
        }
      }
      place += 1
    }
    while place > head, tokens[place - 1].kind == .punctuation || tokens[place - 1].key == words.and
    {
      place -= 1
    }
    return place
  }

  /// Whether a title goes on after a comma: with a short lower-case item of the same list.
  private func goesOn(after comma: Int, in tokens: Tokens, before end: Int) -> Bool {
    var place = comma + 1
    while place < end, place <= comma + 6, tokens[place].kind == .word {
      if place == comma + 1, tokens[place].shape != .lower { return false }
      if heads.longest(in: tokens, at: place, before: end) != nil { return false }
      if stops.longest(in: tokens, at: place, before: end) != nil { return place > comma + 2 }
      place += 1
    }
    return place > comma + 1
  }

  /// The end of `khóa XII` or `(khóa XII)` at a token.
  private func endOfTerm(at place: Int, in tokens: Tokens, before end: Int) -> Int? {
    let isEnclosed =
      place < end && tokens[place].key == PunctuationKey.openingParenthesis
    let first = isEnclosed ? place + 1 : place
    guard first + 1 < end, tokens[first].key == words.session else { return nil }
    guard isEnclosed else { return first + 2 }
    return first + 2 < end && tokens[first + 2].key == PunctuationKey.closingParenthesis
      ? first + 3 : nil
  }

  /// Equal for mentions of one instrument: its words up to its first number.
  private func identity(of range: Range<Int>, in scan: Scan) -> UInt64 {
    var hash: UInt64 = 0
    for place in range where scan.tokens[place].key != words.numbered {
      hash = hash &* 31 &+ scan.tokens[place].key
      if scan.tokens[place].kind == .number { break }
    }
    return hash
  }

  /// In tokens.
  private static let longestTitle = 24
}
