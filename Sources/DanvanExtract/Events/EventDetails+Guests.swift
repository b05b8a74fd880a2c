import DanvanModel
import DanvanText

/// Who works with a body, where only what he says there is told.
extension EventDetails {
  /// `Tại buổi làm việc với UBND quận 2, Bí thư Thành ủy A yêu cầu …`: the official named first
  /// behind the naming, unless he is of those whom the session was with.
  func guest(at member: EventCandidate) -> String? {
    let end = around.scan.sentences[member.sentence].tokens.upperBound
    guard member.kind == .workingSession, member.role == nil, !member.isBare,
      let with = (member.head.upperBound - 1..<member.tokens.upperBound).first(where: {
        tokens[$0].key == words.with
      }), with <= member.head.upperBound
    else { return nil }
    var place = member.tokens.upperBound
    if let time = around.time(at: place) { place = time.tokens.upperBound }
    guard place < end, tokens[place].key == PunctuationKey.comma else { return nil }
    place += 1
    if let (_, after) = words.honorifics.longest(in: tokens, at: place, before: end) {
      place = after
    }
    let hosts = around.names(in: with..<member.tokens.upperBound).filter {
      $0.kind == .organization || $0.kind == .location
    }
    guard let first = around.name(at: place), let person = around.fullName(of: first),
      around.officials.contains(person),
      // "buổi làm việc với Đoàn, …": those named behind are the hosts.
      words.subjects.longest(in: tokens, at: with + 1, before: end) == nil,
      !hosts.contains(where: { isHolder(person, of: $0) })
    else { return nil }
    return person
  }

  /// The person named last, where nothing is told as said behind him: `ông A kể, vừa rồi đoàn công
  /// tác vào làm việc với …` is of others.
  func lastPerson(in range: Range<Int>) -> String? {
    guard
      let last = range.last(where: { around.name(at: $0).flatMap(around.fullName(of:)) != nil }),
      let name = around.name(at: last)
    else { return nil }
    let isTold = (min(name.tokens.upperBound, range.upperBound)..<range.upperBound).contains {
      words.sayings.longest(in: tokens, at: $0, before: range.upperBound) != nil
    }
    return isTold ? nil : around.fullName(of: name)
  }

  /// `sau khi tham dự cuộc họp …`: right before the naming.
  func attends(_ before: Range<Int>) -> Bool {
    (max(before.lowerBound, before.upperBound - Self.longestCue)..<before.upperBound).contains {
      guard
        case (.attends, let end)? = words.cues.longest(
          in: tokens, at: $0, before: before.upperBound)
      else { return false }
      return end == before.upperBound
    }
  }

  /// In tokens.
  private static let longestCue = 4

  /// Whether an office that a person holds names the body or place itself.
  private func isHolder(_ person: String, of host: NameMention) -> Bool {
    let body = around.scan.tokens[host.tokens].map(\.key)
    return around.names.contains { title in
      guard title.kind == .title, title.holder == person else { return false }
      let keys = around.scan.tokens[title.tokens].map(\.key)
      return keys.indices.contains { keys[$0...].starts(with: body) }
    }
  }
}
