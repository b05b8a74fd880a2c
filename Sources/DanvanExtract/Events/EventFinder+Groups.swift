import DanvanModel
import DanvanText

/// Acts of those who were sent: delegations, working groups.
extension EventFinder {
  /// `Đoàn đại biểu Đảng Cộng sản Cuba`: a body that was sent there to do so.
  func isDelegation(_ subject: Int) -> Bool {
    let name = around.names[subject]
    return name.kind == .organization
      && words.subjects.longest(
        in: tokens, at: name.tokens.lowerBound, before: name.tokens.upperBound) != nil
  }

  /// `Đoàn công tác đến …`, `Tổ công tác của Thủ tướng làm việc …`: a group that is no name of a
  /// body.
  func endsGroup(before place: Int, in sentence: Sentence) -> Bool {
    var end = place
    let start = sentence.tokens.lowerBound
    if let owner = owner(before: place, from: start) { end = owner }
    for _ in 0..<3 {
      for length in 1...4 where end - length >= start {
        if words.subjects.longest(in: tokens, at: end - length, before: end)?.end == end {
          // "lập các đoàn đi kiểm tra …": which, and when, is not told.
          return end - length == start
            || words.plurals.longest(in: tokens, at: end - length - 1, before: end - length) == nil
        }
      }
      for length in 1...4 where end - length >= start {
        if words.adverbs.longest(in: tokens, at: end - length, before: end)?.end == end {
          end -= length
          break
        }
      }
    }
    return false
  }

  /// Where `của` and the office begin whose group does what the verb at `place` says; nil where
  /// none does.
  func owner(before place: Int, from start: Int) -> Int? {
    around.numbers(endingAt: beforeAdverbs(place, from: start)).lazy
      .map { around.names[$0].tokens.lowerBound - 1 }
      .first { of in
        of > start && tokens[of].key == words.of
          && (1...4).contains {
            of - $0 >= start
              && words.subjects.longest(in: tokens, at: of - $0, before: of)?.end == of
          }
      }
  }
}
