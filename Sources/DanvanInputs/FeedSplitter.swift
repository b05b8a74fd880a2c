import DanvanModel

/// Cuts an RSS 2.0, RSS 1.0 or Atom feed into feeds of one item each, every one with the head of the
/// whole: its declaration, its root and what it says of itself before the first item.
///
/// A document type is left out, and so nothing that it declares is ever expanded.
struct FeedSplitter {
  private let tokens = MarkupTokens()
  private var head: [UInt8] = []
  /// The open elements above the items.
  private var open: [String] = []
  private var count = 0
  private static let headLimit = 64 << 10
  private static let roots = ["rss", "feed", "rdf:RDF"]
  private static let items = ["item", "entry"]

  mutating func next(in bytes: InputBytes) throws(DanvanError) -> Piece? {
    while let token = try tokens.next(in: bytes) {
      switch token.kind {
      case .documentType: continue
      case .start where Self.items.contains(token.name):
        guard !open.isEmpty else { throw Self.noFeed }
        return try item(from: token, in: bytes)
      case .start:
        guard !open.isEmpty || Self.roots.contains(token.name) else { throw Self.noFeed }
        open.append(token.name)
      case .end:
        if let place = open.lastIndex(of: token.name) { open.removeSubrange(place...) }
      case .text, .empty, .other: break
      }
      guard open.count < 64 else { throw DanvanError.invalid("not a feed: nested too deep") }
      // Once there are items, what stands between them is not theirs.
      if count == 0, let more = token.bytes, head.count + more.count <= Self.headLimit {
        head += more
      } else if count == 0, token.kind == .start {
        throw DanvanError.invalid("not a feed: its head is over \(Self.headLimit >> 10) KiB")
      }
    }
    if head.isEmpty || count == 0, !Self.roots.contains(where: { contains($0) }) {
      throw Self.noFeed
    }
    guard open.isEmpty else {
      throw DanvanError(.dataLoss, "truncated: the feed ends inside '\(open.last ?? "")'")
    }
    return nil
  }

  private mutating func item(
    from start: MarkupTokens.Token, in bytes: InputBytes
  ) throws(DanvanError) -> Piece {
    count += 1
    var gathered = Gathering(head)
    gathered.add(start.bytes ?? [])
    while let token = try tokens.next(in: bytes) {
      if token.kind == .documentType { continue }
      if let more = token.bytes {
        gathered.add(more)
      } else {
        gathered.add(repeatElement(0, count: Submission.sizeLimit + 1))
      }
      if token.kind == .end, token.name == start.name {
        gathered.add(open.reversed().flatMap { "</\($0)>".utf8 })
        return Piece(number: count, content: gathered.content)
      }
    }
    throw DanvanError(.dataLoss, "truncated: the feed ends inside item \(count)")
  }

  private func contains(_ root: String) -> Bool {
    String(decoding: head, as: UTF8.self).contains("<" + root)
  }

  private static let noFeed = DanvanError.invalid("neither an RSS nor an Atom feed")
}
