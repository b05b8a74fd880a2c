public import DanvanModel
internal import DanvanStore

/// Who is said to hold a post; asked about a day, how near to it.
public struct Holding: Sendable {
  public var tenure: Tenure
  /// The day asked about lies within the tenure.
  public var isAttested: Bool
  /// Days between that day and the nearest that is attested.
  public var daysOff: Int
}

extension Desk {
  /// Who held a post: all holders, the newest first; with `day`, those attested nearest to it, the
  /// nearest first. The post is found by its words in their order; typed without marks they match any.
  ///
  /// Throws `notFound` where the corpus has no such post, `invalidArgument` for a text without words.
  public func holders(
    of title: String, at day: PartialDate? = nil, limit: Int = 0,
    deadline: ContinuousClock.Instant? = nil
  ) throws -> [Holding] {
    let reference = try EntityReference(title)
    let limit = try Self.items(limit)
    let engine = self.engine
    return try reading(deadline) { snapshot in
      let posts = try posts(reference, engine.postAbbreviations, snapshot)
      guard !posts.isEmpty else {
        throw DanvanError(.notFound, "no article names the post '\(title.prefix(80))'")
      }
      let positions = try posts.flatMap { try snapshot.positions(ofPost: $0.id) }
      var finder = PersonFinder(snapshot, engine)
      let reader = DeskReader(snapshot, engine)
      let number = day?.dayNumber
      let tenures = try HolderList(engine, reader.shelf).tenures(
        of: positions, near: number, limit: limit, &finder)
      return tenures.compactMap { tenure in
        guard let number else { return Holding(tenure: tenure, isAttested: true, daysOff: 0) }
        guard let first = tenure.first?.dayNumber, let last = tenure.last?.dayNumber else {
          return nil
        }
        let off = Int(max(first - number, number - last, 0))
        return Holding(tenure: tenure, isAttested: off == 0, daysOff: off)
      }
    }
  }

  /// The posts that read so with abbreviations written out, or so with more behind it, as a place or a term:
  /// a `Phó Chủ tịch` is no `Chủ tịch`. Where there is none, those that hold the words in their order.
  private func posts(
    _ reference: EntityReference, _ abbreviations: Abbreviations, _ snapshot: Snapshot
  ) throws -> [KnownPost] {
    let isPlain = reference.isPlain
    let written = reference.name.canonical.split(separator: " ").map(String.init)
    let expanded = abbreviations.expanded(reference.name.canonical).map(String.init)
    var seen: Set<Int64> = []
    let forms = Set([written, expanded] + abbreviations.shortForms(of: expanded))
    let found = try forms.sorted { $0.count > $1.count }
      .flatMap { try snapshot.posts(holding: $0, plain: isPlain) }
      .filter { seen.insert($0.id).inserted }
    func read(_ terms: [some StringProtocol]) -> [[UInt8]] {
      let terms = terms.map { Array($0.utf8) }
      return isPlain ? terms.map(SyllableTokenizer().plain) : terms
    }
    let wanted = read(expanded)
    let same = found.filter { read(abbreviations.expanded($0.canonical)).starts(with: wanted) }
    return same.isEmpty ? found : same
  }
}
