import DanvanText

/// When something is to be done.
extension SpeechSentence {
  /// A time before the action (`Trước mắt, các sở cần …`), else a deadline in it (`… trước ngày 30/9`).
  func time(of action: Range<Int>, after introduction: Range<Int>) -> Range<Int>? {
    if let time = times.last(where: { introduction.contains($0.tokens.lowerBound) }) {
      return withPreposition(time.tokens) ?? time.tokens
    }
    var place = introduction.lowerBound
    while place < introduction.upperBound {
      if let opener = words.openers.longest(in: tokens, at: place, before: introduction.upperBound)
      {
        if opener.0 == .time { return place..<opener.end }
        place = opener.end
      } else {
        place += 1
      }
    }
    return times.lazy.filter { action.contains($0.tokens.lowerBound) }
      .compactMap { withPreposition($0.tokens) }.first
  }

  /// `trước ngày 30/9`, `trong năm 2017`: the time with the word before it that makes it a deadline.
  private func withPreposition(_ time: Range<Int>) -> Range<Int>? {
    guard
      words.particles.longest(in: tokens, at: time.lowerBound - 1, before: time.lowerBound)?.0
        == .deadline
    else { return nil }
    return time.lowerBound - 1..<time.upperBound
  }
}
