import DanvanModel
import DanvanText

/// Resolves short forms of bodies by the article's own full names: `Thành ủy` is `Thành ủy Hà Nội`
/// where that stands in the article and no other `Thành ủy` does.
///
/// Only bodies of which every locality has one (`lexicon/local-bodies.tsv`); without an anchor, or
/// with two that differ, nothing is said.
struct BodyResolver: Sendable {
  private let heads: Lexicon

  init(_ rules: RuleSet) throws { heads = try rules.lexicon("local-bodies") }

  /// The fullest form of each body mention that has a fuller one, by the mention's first token.
  func fullNames(of names: [NameMention], in scan: Scan) -> [Int: String] {
    let bodies = names.filter { $0.kind == .organization }.map(\.tokens)
    let anchors = Anchors(bodies, in: scan) {
      heads.longestMatch(in: scan, at: $0, before: $1) != nil
    }
    var known: [[UInt64]: String?] = [:]
    var names: [Int: String] = [:]
    for body in bodies {
      let keys = body.map { scan.tokens[$0].key }
      let full = known[keys] ?? resolve(body, anchors, scan)
      known[keys] = full
      if let full { names[body.lowerBound] = full }
    }
    return names
  }

  /// The body itself has a longer form; else a body at its end has one (`Ban Thường vụ Thành ủy`).
  private func resolve(_ body: Range<Int>, _ anchors: Anchors, _ scan: Scan) -> String? {
    for start in body where start == body.lowerBound || scan.tokens[start].isCapitalized {
      guard heads.longestMatch(in: scan, at: start, before: body.upperBound) != nil else {
        if start == body.lowerBound { return nil }
        continue
      }
      switch anchors.extensions(of: start..<body.upperBound, in: scan) {
      case .none: continue
      case .some(nil): return nil
      case .some(let tail?):
        return scan.string(body) + " " + scan.string(tail)
      }
    }
    return nil
  }
}

/// Where local bodies begin inside the names of bodies, by the key of their first syllable.
private struct Anchors {
  private var places: [UInt64: [Range<Int>]] = [:]
  /// More forms than this of one body say nothing more.
  private static let most = 200

  init(_ bodies: [Range<Int>], in scan: Scan, _ isHead: (Int, Int) -> Bool) {
    var seen: Set<[UInt64]> = []
    for body in bodies where seen.insert(body.map { scan.tokens[$0].key }).inserted {
      for start in body
      where (start == body.lowerBound || scan.tokens[start].isCapitalized)
        && isHead(start, body.upperBound)
      {
        let key = scan.tokens[start].key
        if places[key, default: []].count < Self.most {
          places[key, default: []].append(start..<body.upperBound)
        }
      }
    }
  }

  /// What follows the body in its one fuller form: nil where there is none, a nil tail where there
  /// are several that differ.
  func extensions(of body: Range<Int>, in scan: Scan) -> Range<Int>?? {
    func key(_ place: Int) -> UInt64 { scan.tokens[place].key }
    var longest: Range<Int>?
    for place in places[key(body.lowerBound)] ?? []
    where place.count > body.count && zip(body, place).allSatisfy({ key($0) == key($1) }) {
      let tail = place.lowerBound + body.count..<place.upperBound
      guard let other = longest else {
        longest = tail
        continue
      }
      guard zip(tail, other).allSatisfy({ key($0) == key($1) }) else { return .some(nil) }
      if tail.count > other.count { longest = tail }
    }
    return longest.map { .some($0) }
  }
}
