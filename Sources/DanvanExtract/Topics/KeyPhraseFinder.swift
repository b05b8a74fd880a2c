import DanvanModel
import DanvanText

/// Finds the phrases that say what an article is about, best first.
///
/// Candidates are runs of up to four words with no function word, names of bodies, instruments and
/// campaigns, and cues of topics. Their score is the C-value (Frantzi, Ananiadou and Mima 2000,
/// "Automatic recognition of multi-word terms"): how often a phrase stands, less what longer
/// candidates account for, weighted by its length; and higher the earlier it first stands, as in
/// KP-Miner (El-Beltagy and Rafea 2009).
struct KeyPhraseFinder: Sendable {
  private let segmenter: WordSegmenter
  private let stops: Lexicon
  private let evidence: Evidence
  private static let most = 15
  private static let longest = 4
  /// Longer articles are judged by their beginning.
  private static let tokenLimit = 20_000

  init(_ rules: RuleSet) throws {
    segmenter = try rules.wordSegmenter()
    stops = try rules.lexicon("phrase-stops")
    evidence = try rules.evidence("keyphrase.c-value")
  }

  /// `terms` are token ranges of what was found by name.
  func phrases(in scan: Scan, terms: [Range<Int>]) -> [NamedThing] {
    var candidates = PhraseCandidates(scan.tokens)
    for sentence in scan.sentences where sentence.zone.isReport {
      guard sentence.tokens.upperBound <= Self.tokenLimit else { break }
      for run in runs(scan, sentence.tokens) { candidates.add(run, upTo: Self.longest) }
    }
    for term in terms where term.upperBound <= Self.tokenLimit { candidates.addTerm(term) }
    return candidates.best(Self.most).map {
      NamedThing(scan.range($0), text: scan.string($0), evidence: evidence)
    }
  }

  /// Words next to each other of which none is a function word, a number or a mark.
  private func runs(_ scan: Scan, _ sentence: Range<Int>) -> [[Range<Int>]] {
    var runs: [[Range<Int>]] = []
    var run: [Range<Int>] = []
    for word in segmenter.words(in: scan.tokens, sentence) {
      if scan.tokens[word.lowerBound].kind == .word && !isStop(word, scan) {
        run.append(word)
      } else if !run.isEmpty {
        runs.append(run)
        run = []
      }
    }
    return run.isEmpty ? runs : runs + [run]
  }

  private func isStop(_ word: Range<Int>, _ scan: Scan) -> Bool {
    guard stops.mayBegin(with: scan.tokens[word.lowerBound].key),
      let match = stops.longestMatch(in: scan, at: word.lowerBound, before: word.upperBound)
    else { return false }
    return match.tokens == word
  }
}
