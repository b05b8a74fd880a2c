import DanvanText

/// Committees, whose names say what they were set up for: `Ban Chỉ đạo Nhà nước về đổi mới doanh nghiệp`.
extension NameGrammar {
  /// The end of a committee's name whose head is `head`, where only words for a level or for who takes part
  /// stand before what it was set up for: `Ban Chỉ đạo Trung ương về phòng, chống thiên tai`.
  func committeeEnd(_ word: NameWord, _ head: Range<Int>, before end: Int) -> Int? {
    guard word.follows.contains(.task) else { return nil }
    var place = head.upperBound
    while place - head.upperBound < Self.longestTask,
      let next = grid.longest(.level, at: place, before: end)?.end
        ?? grid.longest(.body, at: place, before: end)?.end
    {
      place = next
    }
    return taskTail(at: place, before: end)
  }

  /// What a committee was set up for: `về đổi mới cơ chế hoạt động đơn vị sự nghiệp công lập`, where
  /// a mark, or a word that no name holds, ends it; nil where a person, an office or a capital does.
  private func taskTail(at index: Int, before end: Int) -> Int? {
    guard index + 1 < end, key(index) == words.about,
      grid.longest(.field, at: index + 1, before: end) != nil || isProper(index + 1)
    else { return nil }
    var place = index + 1
    while place < end, place - index < Self.longestTask, isWord(place), !isGlued(place) {
      if grid.has(.stop, at: place) { break }
      if isJoiningWord(place), grid.has(.plural, at: place + 1) || grid.has(.head, at: place + 1) {
        break
      }
      if isProper(place), place > index + 1, grid.longest(.field, at: place, before: end) == nil {
        return nil
      }
      place = grid.longest(.field, at: place, before: end)?.end ?? place + 1
    }
    return place - index > 1 && place - index < Self.longestTask ? place : nil
  }

  /// In tokens.
  private static let longestTask = 18
}
