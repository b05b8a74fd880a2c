internal import DanvanModel

/// The order of facts in time: by day, then by article and place.
struct BriefOrder: Comparable {
  let day: Int32
  let article: ArticleID
  let place: Int

  static func < (a: BriefOrder, b: BriefOrder) -> Bool {
    (a.day, a.article, a.place) < (b.day, b.article, b.place)
  }
}

extension Sequence {
  /// The heaviest first; of equal weight the newer one, or with `earliest` the older one.
  func heaviest(
    earliest: Bool = false, by order: (Element) -> BriefOrder, _ weight: (Element) -> Weighing
  ) -> [(element: Element, weighing: Weighing)] {
    map { ($0, weight($0), order($0)) }
      .sorted { a, b in
        guard a.1.sum == b.1.sum else { return a.1.sum > b.1.sum }
        return earliest ? a.2 < b.2 : b.2 < a.2
      }
      .map { ($0.0, $0.1) }
  }
}
