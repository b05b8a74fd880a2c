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

  /// `phiên họp thứ 8`, `hội nghị lần thứ 9`: the number that names it, not a date or year.
  func endsOrdinal(_ place: Int) -> Bool {
    guard let time = around.time(endingAt: place) else { return tokens[place - 1].kind == .number }
    return time.value?.hasPrefix("term:") == true
      && tokens[time.tokens.lowerBound].key != words.term
  }

  /// `về việc giải phóng mặt bằng để xây dựng …`: what the matter is for is a part of it.
  func isMatter(_ tail: Range<Int>) -> Bool {
    tail.dropLast().contains {
      tokens[$0].key == words.about && tokens[$0 + 1].key == words.matter
    }
  }

  /// `một số giải pháp trọng tâm để thực hiện …`: what means are for belongs to them.
  func isMeans(_ tail: Range<Int>) -> Bool {
    tail.suffix(Self.longestMeans).contains {
      words.means.longest(in: tokens, at: $0, before: tail.upperBound) != nil
    }
  }

  /// In tokens.
  private static let longestMeans = 5

  /// `họp dưới sự chủ trì của đồng chí A để xem xét …`: what it is for stands behind who presides.
  func isWhoPresides(_ tail: Range<Int>) -> Bool {
    !tail.isEmpty && tokens[tail.lowerBound - 1].key == words.of
      && around.endsName(at: tail.upperBound, [.person])
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

  /// `lễ kỷ niệm 140 năm ngày sinh Đặng Thái Thân`, `tưởng niệm 50 năm Bồ tát A`: who is remembered,
  /// right behind a word, where the naming holds none yet.
  func isRemembered(_ place: Int, _ kind: Event.Kind, _ head: Int) -> Bool {
    guard kind == .ceremony, place > head, tokens[place - 1].kind == .word,
      around.time(endingAt: place) == nil,
      !(head..<place).contains(where: { around.name(at: $0)?.kind == .person })
    else { return false }
    return (head..<place).contains { tokens[$0].kind == .number }
  }

  func startsNoun(at place: Int) -> Bool {
    place < end && (words.nouns.longest(in: tokens, at: place, before: end)?.0 ?? nil) != nil
  }
}
