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
    let items = Array(self)
    let keys = items.map { (weighing: weight($0), order: order($0)) }
    // Places are sorted, not the items, which are large.
    return items.indices.sorted { a, b in
      let (left, right) = (keys[a], keys[b])
      guard left.weighing.sum == right.weighing.sum else {
        return left.weighing.sum > right.weighing.sum
      }
      return earliest ? left.order < right.order : right.order < left.order
    }
    .map { (items[$0], keys[$0].weighing) }
  }
}
