import DanvanModel

/// One item of an RSS or Atom feed, as a feed that holds it alone.
///
/// The text is the item's whole content (`content:encoded`, Atom's `content`) where there is one, else
/// its summary, and then the article is marked as a summary. Markup in it is read as a page's is.
func feedArticle(_ bytes: [UInt8], stated: String?, cues: PageCues) throws -> Draft {
  let decoded = try DecodedText(bytes, stated: stated, declared: declaredCharset(bytes))
  try demandNoZero(in: decoded.text)
  let references = XMLReferences(decoded.text)
  let tree = try MarkupTree(xml: references.text)
  return try withExtendedLifetime(tree) {
    guard let root = tree.root, let item = FeedItem(root) else {
      throw DanvanError.invalid("neither an RSS nor an Atom feed with one item")
    }
    var draft = try item.draft(cues)
    draft.note(decoded)
    if tree.isCut { draft.notes.append(MarkupBounds.cutNote) }
    if let name = references.unknown {
      draft.notes.append("the entity '&\(name);' is not known; it stands as it is")
    }
    return draft
  }
}

private struct FeedItem {
  private let form: String
  private let item: MarkupElement
  private let channel: MarkupElement

  init?(_ root: MarkupElement) {
    switch root.name {
    case "rss", "rdf:RDF":
      form = "rss"
      let channel = root.elements.first { $0.name == "channel" }
      // RSS 1.0 has its items beside the channel.
      let items = (channel?.elements ?? []) + root.elements
      guard let channel, let item = items.first(where: { $0.name == "item" }) else { return nil }
      self.channel = channel
      self.item = item
    default:
      guard root.localName == "feed",
        let item = root.elements.first(where: { $0.localName == "entry" })
      else { return nil }
      form = "atom"
      channel = root
      self.item = item
    }
  }

  func draft(_ cues: PageCues) throws -> Draft {
    let whole = first(["content:encoded", "content"])
    guard let body = whole ?? first(["description", "summary"]) else {
      throw DanvanError.invalid("the feed's item has neither content nor a summary")
    }
    let text = try Self.lines(of: body.element.markup)
    guard !text.isBlank else { throw DanvanError.invalid("the feed's item holds no text") }
    var draft = Draft(text: text)
    draft.isSummary = whole == nil
    if draft.isSummary { draft.notes.append("only a summary: the feed has no more") }
    draft.title = try first(["title"]).flatMap {
      Stated(try Self.lines(of: $0.element.markup).onOneLine, $0.origin)
    }
    draft.url = link
    draft.publisher = Stated(
      channel.elements.first { $0.localName == "title" }?.text.squeezed, "\(form):channel")
    draft.author = first(["dc:creator", "author"]).flatMap {
      Stated(
        ($0.element.elements.first { $0.localName == "name" } ?? $0.element).text.squeezed,
        $0.origin)
    }
    for name in ["pubDate", "published", "dc:date", "updated"] {
      guard let found = first([name]), let day = publicationDate(found.element.text) else {
        continue
      }
      draft.published = Stated(value: day, origin: found.origin)
      break
    }
    return draft
  }

  private var link: Stated<String>? {
    let links = item.elements.filter { $0.localName == "link" }
    let own = links.first { [nil, "alternate"].contains($0.attribute("rel")) }
    return Stated(own?.attribute("href") ?? own?.text, "\(form):link")
      ?? first(["guid", "id"]).flatMap {
        let id = $0.element.text.trimmed
        return id.contains("://") ? Stated(id, $0.origin) : nil
      }
  }

  private func first(_ names: [String]) -> (element: MarkupElement, origin: String)? {
    for name in names {
      if let element = item.elements.first(where: { $0.name == name && !$0.text.isBlank }) {
        return (element, "\(form):\(name)")
      }
    }
    return nil
  }

  /// The running text of a fragment, a line a block.
  private static func lines(of markup: String) throws -> String {
    guard markup.contains("<") || markup.contains("&") else { return markup.trimmed }
    let tree = try MarkupTree(html: "<html><body>" + markup + "</body></html>")
    return withExtendedLifetime(tree) {
      guard let root = tree.root else { return "" }
      return PageBlocks(root, cues: PageCues()).blocks.map(\.text).joined(separator: "\n")
    }
  }
}

extension MarkupElement {
  /// Without its prefix.
  fileprivate var localName: Substring { name.split(separator: ":").last ?? "" }

  /// What the element holds as HTML: text that was escaped, or the XHTML itself.
  fileprivate var markup: String {
    attribute("type") == "text"
      ? text.replacing("&", with: "&amp;").replacing("<", with: "&lt;") : inner
  }

  private var inner: String {
    let children = children
    guard children.contains(where: { if case .element = $0 { true } else { false } }) else {
      return text
    }
    return children.map { child in
      switch child {
      case .text(let run): run.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      case .element(let element): "<\(element.localName)>\(element.inner)</\(element.localName)>"
      }
    }.joined()
  }
}
