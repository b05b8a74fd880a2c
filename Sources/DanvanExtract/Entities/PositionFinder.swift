import DanvanModel
import DanvanText

/// Who holds which post of which body, as the article says: one position for each title with a holder.
struct PositionFinder: Sendable {
  private let evidence: Evidence

  init(_ rules: RuleSet) throws { evidence = try rules.evidence("position.title") }

  /// Each position once, at its first title. `bodies` are the full names of bodies by first token.
  func positions(of names: [NameMention], bodies: [Int: String], in scan: Scan) -> [Position] {
    var seen: Set<[String]> = []
    return names.compactMap { title in
      guard title.kind == .title, let holder = title.holder else { return nil }
      let body = title.body.map { bodies[$0.lowerBound] ?? scan.string($0) }
      let role = role(of: title, in: scan)
      guard seen.insert([holder, role.lowercased(), body?.lowercased() ?? ""]).inserted else {
        return nil
      }
      return Position(
        scan.range(title.tokens), person: holder, role: role, body: body, evidence: evidence)
    }
  }

  /// The title without its body; `Trưởng ban` of `Trưởng ban Dân vận`, where the first syllable of the
  /// body is also the role's last.
  private func role(of title: NameMention, in scan: Scan) -> String {
    guard let body = title.body, body.lowerBound > title.tokens.lowerBound,
      body.upperBound == title.tokens.upperBound
    else { return scan.string(title.tokens) }
    let shares = scan.tokens[body.lowerBound].shape == .lower
    let end = body.lowerBound + (shares ? 1 : 0)
    return scan.string(title.tokens.lowerBound..<end)
  }
}
