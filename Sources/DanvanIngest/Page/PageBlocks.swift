/// The running text of a page as blocks (paragraphs, headings, list items), in the order of the page,
/// with the elements that they stand in.
///
/// What is never part of an article is left out whole: scripts, forms, navigation, asides, footers,
/// and a header outside the article.
struct PageBlocks {
  struct Block {
    var text: String
    /// Length of the text that is in links, in scalars.
    var linked: Int
    /// In scalars.
    var length: Int
    let isHeading: Bool
    /// The number in `nodes` of the block element that the text stands in.
    let node: Int

    /// Whether it is there to point elsewhere.
    var isLinks: Bool { linked * 2 > length }
    /// Whether it is long enough to be told rather than named.
    var isProse: Bool { length >= 60 }
  }

  /// An element that holds blocks; those around it come before it.
  struct Node {
    let name: String
    /// -1 for the root.
    let parent: Int
    let roles: Set<PageCues.Role>
  }
  private(set) var blocks: [Block] = []
  private(set) var nodes: [Node] = []
  private let cues: PageCues
  private var text = ""
  private var linked = 0

  init(_ root: MarkupElement, cues: PageCues) {
    self.cues = cues
    nodes.append(Node(name: root.name, parent: -1, roles: []))
    walk(root, Place(node: 0))
    flush(Place(node: 0))
  }

  private struct Place {
    var node: Int
    var isHeading = false
    var isInLink = false
    var isInArticle = false
    var depth = 0
  }

  /// The parser keeps trees this shallow; deeper ones are not followed.
  private static let depthLimit = 300

  private mutating func walk(_ element: MarkupElement, _ place: Place) {
    guard place.depth < Self.depthLimit else { return }
    for child in element.children {
      switch child {
      case .text(let run):
        text += run
        if place.isInLink { linked += run.squeezed.unicodeScalars.count }
      case .element(let child):
        let name = child.name
        if Self.isLeftOut(name, child, place) { continue }
        var inner = place
        inner.depth += 1
        inner.isInLink = place.isInLink || name == "a"
        inner.isInArticle = place.isInArticle || name == "article" || name == "main"
        if name == "br" {
          // A headline over several lines is one.
          if place.isHeading { text += " " } else { flush(place) }
        } else if Self.inline.contains(name) {
          walk(child, inner)
        } else {
          flush(place)
          inner.node = nodes.count
          nodes.append(Node(name: name, parent: place.node, roles: cues.roles(of: child)))
          inner.isHeading = Self.headings.contains(name)
          walk(child, inner)
          flush(inner)
        }
      }
    }
  }

  private mutating func flush(_ place: Place) {
    let block = text.squeezed
    if !block.isEmpty {
      blocks.append(
        Block(
          text: block, linked: linked, length: block.unicodeScalars.count,
          isHeading: place.isHeading, node: place.node))
    }
    text = ""
    linked = 0
  }

  private static func isLeftOut(_ name: String, _ element: MarkupElement, _ place: Place) -> Bool {
    leftOut.contains(name) || (name == "header" && !place.isInArticle)
      || element.attribute("hidden") != nil || element.attribute("aria-hidden") == "true"
  }

  private static let leftOut: Set = [
    "aside", "audio", "button", "canvas", "datalist", "dialog", "footer", "form", "head", "iframe",
    "input", "label", "map", "menu", "nav", "noscript", "object", "option", "script", "select",
    "style", "svg", "template", "textarea", "video",
  ]
  private static let inline: Set = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "tt",
    "u", "var", "wbr",
  ]
  private static let headings: Set = ["h1", "h2", "h3", "h4", "h5", "h6"]
}
