internal import DanvanModel

extension Article {
  func sortDay(_ date: DocumentDate?) -> Int32? {
    sortingDay(published: published, reported: date)
  }
}

extension ArticleHeader {
  /// As it will be once the article reports from `date`.
  func sortDay(_ date: DocumentDate?) -> Int32? {
    sortingDay(published: published, reported: date)
  }
}

/// The day to sort by: of publication where it is known whole, else the day reported from, else what
/// is known of the publication.
private func sortingDay(published: PartialDate?, reported: DocumentDate?) -> Int32? {
  let given = published.flatMap { $0.isWhole ? $0 : nil }
  return (given ?? reported?.date ?? published)?.dayNumber
}
