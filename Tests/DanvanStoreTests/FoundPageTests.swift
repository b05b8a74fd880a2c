import DanvanModel
import Testing

@testable import DanvanStore

@Suite struct FoundPageTests {
  private static let positions: [SearchPosition] = (0..<500).map { number in
    SearchPosition(key: Int64(number * 7_919 % 23), id: ArticleID(Int64(number + 1)))
  }

  private func page(of limit: Int, after: SearchPosition?) -> FoundPage {
    var page = FoundPage(of: limit, after: after)
    for position in Self.positions.reversed() { page.add(position) }
    return page
  }

  @Test(arguments: [1, 7, 499, 500, 501])
  func pagesGoThroughAllInOrder(limit: Int) {
    let sorted = Self.positions.sorted { $0.key != $1.key ? $0.key < $1.key : $0.id > $1.id }
    var found: [ArticleID] = []
    var after: SearchPosition?
    repeat {
      let page = page(of: limit, after: after)
      found += page.best.map(\.id)
      after = page.next
    } while after != nil
    #expect(found == sorted.map(\.id))
  }

  @Test func nothingIsOnAPageOfNone() {
    let page = page(of: 0, after: nil)
    #expect(page.best.isEmpty && page.next == nil)
  }
}
