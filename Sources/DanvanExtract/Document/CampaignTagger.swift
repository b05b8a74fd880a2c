import DanvanModel
import DanvanText

/// Finds named movements and campaigns, each at its first mention.
struct CampaignTagger: Sendable {
  /// What a word before a campaign's name asks of that name.
  enum Form: String, Sendable {
    /// Quotation marks, or a word with which such names begin.
    case strong
    /// Quotation marks and a word with which such names begin.
    case quoted
  }

  private let cues: Vocabulary<Form>
  private let openers: Lexicon
  private let known: Lexicon
  private let stops: Lexicon
  private let byQuotation: Evidence
  private let byOpener: Evidence
  private let byName: Evidence

  init(_ rules: RuleSet) throws {
    cues = try Vocabulary(rules.lexicon("campaign-cues")) { Form(rawValue: $0.field(0)) }
    openers = try rules.lexicon("campaign-openers")
    known = try rules.lexicon("campaigns")
    stops = try rules.lexicon("instrument-stops")
    byQuotation = try rules.evidence("campaign.quoted")
    byOpener = try rules.evidence("campaign.after-cue")
    byName = try rules.evidence("campaign.known")
  }

  func campaigns(in scan: Scan) -> [NamedThing] {
    var found: [NamedThing] = []
    var seen: Set<[UInt64]> = []
    for sentence in scan.sentences where sentence.zone.isReport || sentence.zone == .caption {
      var place = sentence.tokens.lowerBound
      while place < sentence.tokens.upperBound {
        guard let (tokens, evidence) = campaign(at: place, in: sentence, of: scan) else {
          place += 1
          continue
        }
        if seen.insert(scan.tokens[tokens].map(\.key)).inserted {
          found.append(
            NamedThing(scan.range(tokens), text: scan.string(tokens), evidence: evidence))
        }
        place = tokens.upperBound
      }
    }
    return found
  }

  private func campaign(at place: Int, in sentence: Sentence, of scan: Scan)
    -> (Range<Int>, Evidence)?
  {
    let tokens = scan.tokens
    let end = sentence.tokens.upperBound
    if isOpeningQuote(tokens[place]) {
      guard let close = closingQuote(after: place, in: tokens, before: end) else { return nil }
      let name = (place + 1)..<close
      if name.contains(where: { known.longest(in: tokens, at: $0, before: close) != nil }) {
        return (name, byName)
      }
      let opener = openers.longest(in: tokens, at: name.lowerBound, before: close)
      guard tokens[name.lowerBound].isCapitalized else { return nil }
      switch cue(before: place, in: sentence, of: scan) {
      case .strong: return (name, byQuotation)
      case .quoted: return opener != nil ? (name, byQuotation) : nil
      case nil:
        // Without any cue, two words or more that only such names begin with.
        guard let (_, after) = opener, after > name.lowerBound + 1,
          place > sentence.tokens.lowerBound, tokens[place - 1].kind == .word
        else { return nil }
        return (name, byQuotation)
      }
    }
    if let (_, after) = known.longest(in: tokens, at: place, before: end),
      tokens[place].isCapitalized && place > sentence.tokens.lowerBound
    {
      return (place..<after, byName)
    }
    guard openers.longest(in: tokens, at: place, before: end) != nil,
      cue(before: place, in: sentence, of: scan) == .strong
    else { return nil }
    let after = endOfName(from: place, in: tokens, before: end)
    return after >= place + 4 ? (place..<after, byOpener) : nil
  }

  /// The cue that ends right before a token, with no more than a word between.
  private func cue(before place: Int, in sentence: Sentence, of scan: Scan) -> Form? {
    for start in stride(
      from: place - 1, through: max(sentence.tokens.lowerBound, place - 5), by: -1)
    {
      if let (form, end) = cues.longest(in: scan.tokens, at: start, before: place), end == place {
        return form
      }
    }
    return nil
  }

  private func endOfName(from start: Int, in tokens: Tokens, before end: Int) -> Int {
    var place = start
    while place < min(end, start + Self.longestName), tokens[place].kind == .word,
      stops.longest(in: tokens, at: place, before: end) == nil
    {
      place += 1
    }
    return place
  }

  private func isOpeningQuote(_ token: Token) -> Bool {
    token.key == PunctuationKey.openingQuote
      || (token.key == PunctuationKey.straightQuote && token.spaceBefore)
      || token.key == PunctuationKey.openingSingleQuote
  }

  private func closingQuote(after open: Int, in tokens: Tokens, before end: Int) -> Int? {
    let straight = tokens[open].key == PunctuationKey.straightQuote
    let single = tokens[open].key == PunctuationKey.openingSingleQuote
    let wanted =
      straight
      ? PunctuationKey.straightQuote
      : single ? PunctuationKey.apostrophe : PunctuationKey.closingQuote
    let limit = min(end, open + Self.longestName + 2)
    guard open + 2 < limit else { return nil }
    return ((open + 2)..<limit).first { tokens[$0].key == wanted }
  }

  /// In tokens; longer quotations are speech.
  private static let longestName = 20
}
