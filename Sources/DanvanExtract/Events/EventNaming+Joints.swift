import DanvanModel
import DanvanText

/// What stands behind `và`: more of the same event, or another.
extension EventNaming {
  /// `hội nghị quán triệt và triển khai …`: the head itself ends in what is done there.
  func endsAction(_ place: Int) -> Bool {
    (1...Self.longestVerb).contains { length in
      place >= length
        && words.actions.longest(in: tokens, at: place - length, before: place)?.end == place
    }
  }

  /// `Hội nghị … lần thứ 11 thảo luận …`, `phiên họp thường kỳ tháng 6 cho ý kiến …`: the number or term that names it is
  /// complete.
  func endsNumber(_ place: Int) -> Bool {
    tokens[place - 1].kind == .number || around.time(endingAt: place) != nil
  }

  /// `tham gia Hội thảo và đồng chí A …`, `bên lề buổi làm việc và tặng hoa B`: somebody else, or
  /// something else done.
  func beginsAnother(at place: Int) -> Bool {
    guard place < end else { return false }
    return isHonorific(at: place)
      || words.companions.longest(in: tokens, at: place, before: end) != nil
  }

  /// `buổi làm việc với A và giao lưu với B`: what else was held.
  func startsActivity(at place: Int) -> Bool {
    place < end && words.activities.longest(in: tokens, at: place, before: end) != nil
  }

  /// A verb or noun of another event.
  func startsAnotherEvent(at place: Int) -> Bool {
    guard place < end else { return false }
    return words.verbs.longest(in: tokens, at: place, before: end)?.0.kind != nil
      || startsNoun(at: place)
  }

  func startsNoun(at place: Int) -> Bool {
    place < end && (words.nouns.longest(in: tokens, at: place, before: end)?.0 ?? nil) != nil
  }
}
