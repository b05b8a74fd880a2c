/// The article's own blocks among all those of a page.
///
/// The method is that of shallow text features (Kohlschütter, Fankhauser and Nejdl, "Boilerplate
/// Detection using Shallow Text Features", WSDM 2010): a block speaks by its length and by the share of
/// it that is links. Blocks vote for every element around them, prose by its length, short and linked
/// ones against it, and the article is the element with the most votes, the innermost of equals, as in
/// "DOM Based Content Extraction via Text Density" (Sun, Song and Liao, SIGIR 2011). Before that,
/// three kinds of element are set aside with all in them:
///
/// - those that the page marks as something else (`PageCues`), unless they hold the headline;
/// - teasers: where several headings are links, each with what it alone stands over;
/// - `article` elements within the article, unless these hold most of its text.
///
/// Every step is one pass over the elements or the blocks.
struct MainText {
  /// In the order of the page.
  private(set) var blocks: [PageBlocks.Block] = []
  /// The first heading of the page's first rank that is no link: its place among all blocks.
  let headline: PageBlocks.Block?
  /// Whether there was text, but all of it in teasers.
  private(set) var isFront = false
  private let page: PageBlocks
  private var isAside: [Bool]

  init(_ page: PageBlocks) {
    self.page = page
    headline = page.blocks.first {
      $0.isHeading && !$0.isLinks && page.nodes[$0.node].name == "h1"
        && !MainText.marked(page, [.comment])[$0.node]
    }
    isAside = Self.marked(page, [.comment, .aside])
    keep(headline?.node)
    let teasers = Self.teasers(page, isAside, besides: headline?.node)
    let open = zip(isAside, teasers).map { $0 || $1 }
    blocks = article(without: open)
    let prose = Self.prose(blocks)
    // Cues are only cues: where they leave next to nothing of a page that has much, comments alone go.
    if prose < 200 {
      let comments = Self.marked(page, [.comment])
      let mild = zip(comments, Self.teasers(page, comments, besides: headline?.node)).map {
        $0 || $1
      }
      let second = article(without: mild)
      if Self.prose(second) > max(2 * prose, 400) { blocks = second }
    }
    let told = page.blocks.filter { $0.isProse && !$0.isLinks && !isAside[$0.node] }
    let teased = told.filter { teasers[$0.node] }
    isFront =
      headline == nil && (Self.prose(blocks) < Self.prose(teased) || isOneOfMany)
      || blocks.isEmpty && !teased.isEmpty
  }

  /// Whether what was found is one `article` element beside several others.
  private var isOneOfMany: Bool {
    guard let first = blocks.first else { return false }
    var next = first.node
    while next >= 0, page.nodes[next].name != "article" { next = page.nodes[next].parent }
    return next >= 0 && page.nodes.count { $0.name == "article" } > 3
  }

  /// Which elements have one of the roles, or lie in one that has.
  private static func marked(_ page: PageBlocks, _ roles: Set<PageCues.Role>) -> [Bool] {
    var marked = [Bool](repeating: false, count: page.nodes.count)
    for (number, node) in page.nodes.enumerated() {
      let isRoot = ["html", "body", "main"].contains(node.name)
      marked[number] =
        (node.parent >= 0 && marked[node.parent])
        || (!isRoot && !node.roles.isDisjoint(with: roles))
    }
    return marked
  }

  /// Frees the elements around one, as a mark on these cannot be meant for it; then what is marked by
  /// itself stays so.
  private mutating func keep(_ node: Int?) {
    guard let node, isAside[node] else { return }
    var freed: Set<Int> = []
    var next = node
    while next >= 0 {
      freed.insert(next)
      next = page.nodes[next].parent
    }
    for (number, item) in page.nodes.enumerated() {
      let isRoot = ["html", "body", "main"].contains(item.name)
      let own = !isRoot && !item.roles.isDisjoint(with: [.comment, .aside])
      isAside[number] =
        !freed.contains(number) && (own || (item.parent >= 0 && isAside[item.parent]))
    }
  }

  /// Where at least two headings are links, the widest element around each that holds no other one.
  private static func teasers(
    _ page: PageBlocks, _ isAside: [Bool], besides headline: Int?
  ) -> [Bool] {
    var counts = [Int](repeating: 0, count: page.nodes.count)
    let heads = page.blocks.filter { $0.isHeading && $0.isLinks && !isAside[$0.node] }.map(\.node)
    for head in heads { counts[head] += 1 }
    var holdsHeadline = [Bool](repeating: false, count: page.nodes.count)
    if let headline { holdsHeadline[headline] = true }
    for number in page.nodes.indices.reversed() {
      let parent = page.nodes[number].parent
      guard parent >= 0 else { continue }
      counts[parent] += counts[number]
      if holdsHeadline[number] { holdsHeadline[parent] = true }
    }
    var teasers = [Bool](repeating: false, count: page.nodes.count)
    guard heads.count >= 2 else { return teasers }
    for head in heads {
      var unit = head
      while case let parent = page.nodes[unit].parent, parent >= 0, counts[parent] == 1,
        !holdsHeadline[parent], !["article", "li"].contains(page.nodes[unit].name)
      {
        unit = parent
      }
      teasers[unit] = true
    }
    for number in page.nodes.indices where page.nodes[number].parent >= 0 {
      if teasers[page.nodes[number].parent] { teasers[number] = true }
    }
    return teasers
  }

  /// The blocks of the element with the most votes.
  private func article(without closed: [Bool]) -> [PageBlocks.Block] {
    var votes = [Int](repeating: 0, count: page.nodes.count)
    for block in page.blocks where !block.isHeading && !closed[block.node] {
      votes[block.node] += Self.vote(of: block)
    }
    for number in page.nodes.indices.reversed() where page.nodes[number].parent >= 0 {
      votes[page.nodes[number].parent] += votes[number]
    }
    guard let most = votes.max(), most > 0, let best = votes.lastIndex(of: most) else { return [] }
    var isInside = [Bool](repeating: false, count: page.nodes.count)
    var isInTeaser = isInside
    isInside[best] = true
    for (number, node) in page.nodes.enumerated() where number > best && node.parent >= 0 {
      guard isInside[node.parent] else { continue }
      isInside[number] = true
      isInTeaser[number] = isInTeaser[node.parent] || node.name == "article"
    }
    let inside = page.blocks.filter { isInside[$0.node] && !closed[$0.node] && !$0.isLinks }
    let own = inside.filter { !isInTeaser[$0.node] }
    func length(_ blocks: [PageBlocks.Block]) -> Int { blocks.reduce(0) { $0 + $1.length } }
    var kept = 2 * length(own) >= length(inside) ? own : inside
    // A heading with nothing below it stood over what was left out.
    while kept.last?.isHeading == true { kept.removeLast() }
    return kept
  }

  private static func vote(of block: PageBlocks.Block) -> Int {
    if block.isLinks { return -(block.length + 20) }
    return block.isProse ? block.length : -10
  }

  private static func prose(_ blocks: [PageBlocks.Block]) -> Int {
    blocks.reduce(0) { $0 + ($1.isProse && !$1.isHeading ? $1.length : 0) }
  }
}
