/// The article's own paragraphs among all the blocks of a page.
///
/// A block speaks for its place by its length when it is prose, and against it when it is short or
/// mostly links; headings say nothing. The article is the element whose blocks say the most, the
/// innermost of equals. Of its blocks, those that are mostly links are left out: they point to
/// other articles. So are those in `article` elements within it, unless these hold most of the
/// text: they are the teasers of other articles.
enum MainText {
  static func blocks(of page: PageBlocks) -> [PageBlocks.Block] {
    var votes: [UnsafeRawPointer: Int] = [:]
    for block in page.blocks where !block.isHeading {
      let vote = vote(of: block)
      var element: HTMLElement? = block.element
      while let current = element {
        votes[current.identity, default: 0] += vote
        element = current.parent
      }
    }
    var best: (element: HTMLElement, votes: Int)?
    for block in page.blocks {
      var element: HTMLElement? = block.element
      // From the inside out, so that of equals the innermost is met first.
      while let current = element {
        let count = votes[current.identity] ?? 0
        if count > best?.votes ?? 0 { best = (current, count) }
        element = current.parent
      }
    }
    guard let best else { return [] }
    let inside = page.blocks.filter { !isLinks($0) && isInside($0.element, best.element) }
    let own = inside.filter { !isInTeaser($0.element, of: best.element) }
    func length(_ blocks: [PageBlocks.Block]) -> Int { blocks.reduce(0) { $0 + $1.length } }
    return 2 * length(own) >= length(inside) ? own : inside
  }

  private static func vote(of block: PageBlocks.Block) -> Int {
    if isLinks(block) { return -(block.length + 20) }
    return block.length >= 60 ? block.length : -10
  }

  private static func isLinks(_ block: PageBlocks.Block) -> Bool {
    block.linked * 2 > block.length
  }

  /// Whether an `article` element lies between the element and the container.
  private static func isInTeaser(_ element: HTMLElement, of container: HTMLElement) -> Bool {
    var current: HTMLElement? = element
    while let here = current, here.identity != container.identity {
      if here.name == "article" { return true }
      current = here.parent
    }
    return false
  }

  private static func isInside(_ element: HTMLElement, _ container: HTMLElement) -> Bool {
    var current: HTMLElement? = element
    while let here = current {
      if here.identity == container.identity { return true }
      current = here.parent
    }
    return false
  }
}
