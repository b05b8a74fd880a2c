import DanvanModel

/// The article of a saved page: its main text, without the page around it, and what it says of itself.
///
/// Throws `invalidArgument` where there is no text that reads like an article, and where all there is
/// points to other pages, as a front or section page does.
func htmlArticle(_ bytes: [UInt8], stated: String?, cues: PageCues) throws -> Draft {
  if let zero = bytes.firstIndex(of: 0), !bytes.starts(with: [0xFF, 0xFE]),
    !bytes.starts(with: [0xFE, 0xFF])
  {
    throw DanvanError.invalid("a NUL byte at byte \(zero): not an HTML page")
  }
  let decoded = try DecodedText(bytes, stated: stated, declared: declaredCharset(bytes))
  var draft = try htmlDraft(decoded.text, cues: cues)
  draft.note(decoded)
  return draft
}

/// As `htmlArticle`, of text that is decoded.
func htmlDraft(_ text: String, cues: PageCues) throws -> Draft {
  let tree = try MarkupTree(html: text)
  // The tree must live until its last element has been read.
  return try withExtendedLifetime(tree) {
    guard let root = tree.root else { throw DanvanError.invalid("the HTML page is empty") }
    guard tree.isCut else { return try draft(of: root, cues) }
    do {
      var draft = try draft(of: root, cues)
      draft.notes.append(MarkupBounds.cutNote)
      return draft
    } catch let error as DanvanError {
      throw DanvanError(.resourceExhausted, "\(error.message); \(MarkupBounds.cutNote)")
    }
  }
}

private func draft(of root: MarkupElement, _ cues: PageCues) throws -> Draft {
  let metadata = PageMetadata(root)
  let page = PageBlocks(root, cues: cues)
  let main = MainText(page)
  guard !main.isFront || metadata.isArticle else {
    throw DanvanError.invalid(
      """
      a front or section page, not an article: its texts lead on to others and none has the page's \
      own headline
      """)
  }
  guard !main.blocks.isEmpty else {
    throw DanvanError.invalid("no article text was found in the HTML page")
  }
  let title =
    metadata.title ?? Stated(main.headline?.text, "h1") ?? heading(before: main, in: page)
    ?? metadata.pageTitle
  let day = visibleDate(of: main, in: page)
  let lines = main.blocks.filter { block in
    block.text != title?.value && !isDateLine(block, in: page)
  }
  var draft = Draft(text: lines.map(\.text).joined(separator: "\n"))
  draft.title = title
  draft.url = metadata.url
  draft.publisher = metadata.publisher
  draft.author = metadata.author ?? visibleAuthor(of: main, in: page)
  draft.published = metadata.published ?? day
  return draft
}

/// The last heading before the main text that is long enough for a headline.
private func heading(before main: MainText, in page: PageBlocks) -> Stated<String>? {
  guard let first = main.blocks.first(where: { !$0.isHeading }) else { return nil }
  let before = page.blocks.prefix { !($0.node == first.node && $0.text == first.text) }
  let heading = before.last { $0.isHeading && $0.length >= 20 && $0.length <= 300 }
  return Stated(heading?.text, "heading")
}

/// A date among the page's texts: in an element marked so, else a short block before the main text ends.
private func visibleDate(of main: MainText, in page: PageBlocks) -> Stated<PartialDate>? {
  let last = main.blocks.last
  var end = page.blocks.count
  if let last, let place = page.blocks.lastIndex(where: { $0.node == last.node }) {
    end = place + 1
  }
  for block in page.blocks[..<end] where block.length < 60 {
    let node = page.nodes[block.node]
    let isMarked = node.name == "time" || node.roles.contains(.date)
    if isMarked, let day = publicationDate(in: block.text) {
      return Stated(value: day, origin: "text")
    }
  }
  for block in main.blocks where block.length < 60 {
    if let day = publicationDate(in: block.text) { return Stated(value: day, origin: "text") }
  }
  return nil
}

/// Whether a block says when the article was published, and no more.
private func isDateLine(_ block: PageBlocks.Block, in page: PageBlocks) -> Bool {
  guard block.length < 60 else { return false }
  let node = page.nodes[block.node]
  let isMarked = node.name == "time" || node.roles.contains(.date)
  return publicationDate(in: block.text) != nil
    || isMarked && block.text.contains(where: \.isNumber)
}

private func visibleAuthor(of main: MainText, in page: PageBlocks) -> Stated<String>? {
  let block = main.blocks.last { page.nodes[$0.node].roles.contains(.author) && $0.length <= 80 }
  return Stated(block?.text, "text")
}

/// The encoding that a page declares in a `meta` element or an XML declaration among its first bytes.
func declaredCharset(_ bytes: [UInt8]) -> String? {
  let head = String(decoding: bytes.prefix(4096).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
    .lowercased()
  for mark in ["charset=", "encoding="] {
    var rest = head[...]
    while let found = rest.firstRange(of: mark) {
      let value = rest[found.upperBound...].drop { "\"' ".contains($0) }
        .prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_:.".contains($0)) }
      if !value.isEmpty { return String(value) }
      rest = rest[found.upperBound...]
    }
  }
  return nil
}
