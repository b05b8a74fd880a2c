import DanvanModel
import DanvanText

/// Who may order, and by which rule.
extension SpeechWriter {
  /// Whether `các sở cần …` is a demand when this one says it: a person must hold an office.
  func demands(_ speaker: SpeechFloor) -> Bool {
    switch speaker.kind {
    case .person, .reference: officials.contains(speaker.speaker)
    case .group: false
    case .title, .body, .place: true
    }
  }

  /// Whether an order of this act is one: of what anybody may ask for, a person must hold an office.
  func hasAuthority(_ act: SpeechAct) -> Bool {
    guard let verb = act.cue.directive, verb.asks else { return true }
    switch act.kind {
    case .person, .reference: return officials.contains(act.speaker)
    case .group:
      // "ông A và bà B": as the first of them.
      if let first = sentence.agents.first(where: { $0.tokens.lowerBound == act.start }),
        first.kind == .person
      {
        return officials.contains(first.name)
      }
      return act.link != .adjacent || !sentence.isLay(act.start)
    case .title, .body, .place: return true
    }
  }

  func evidence(of act: SpeechAct) -> Evidence {
    switch act.cue.directive?.frame {
    case .wish: evidence.wish
    case .assign: evidence.assign
    case .order, nil: evidence.order
    }
  }
}
