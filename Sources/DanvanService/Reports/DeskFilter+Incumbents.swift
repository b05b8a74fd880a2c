internal import DanvanModel
internal import DanvanStore

extension DeskFilter {
  /// Facts of titles alone that one answer looks at, the newest: who held the post is asked for each.
  private static let mostAsked = 1_000

  /// As `parts`; with `reader`, also those of a person that articles give to the title alone, where he is who
  /// held the post by other articles. Of these the newest thousand are looked at.
  func parts(
    of text: String, as role: RegisterRole, in days: ClosedRange<Int32>?,
    withIncumbents reader: DeskReader?
  ) throws -> [KnownPart] {
    var parts = Set(try self.parts(of: text, as: role, in: days))
    guard let reader, let person = try person(text) else {
      return parts.sorted(by: KnownPart.isNewer)
    }
    let asked = try titleParts(of: person, as: role, in: days).subtracting(parts)
    for part in asked.sorted(by: KnownPart.isNewer).prefix(Self.mostAsked)
    where try incumbents(of: part, as: role, reader).contains(person.reference) {
      parts.insert(part)
    }
    return parts.sorted(by: KnownPart.isNewer)
  }

  /// Nil where nobody is so named.
  private func person(_ text: String) throws -> Person? {
    var finder = PersonFinder(snapshot, desk.engine)
    do {
      return try finder.person(EntityReference(text))
    } catch let error as DanvanError where error.code == .notFound {
      return nil
    }
  }

  /// The parts of all wordings that may mean a post of the person: whole, or cut off behind, as articles write
  /// them that name the body in full elsewhere.
  private func titleParts(
    of person: Person, as role: RegisterRole, in days: ClosedRange<Int32>?
  ) throws -> Set<KnownPart> {
    var parts: Set<KnownPart> = []
    let window = IncumbentFinder.window
    for (number, positions) in Dictionary(grouping: person.positions, by: \.post) {
      guard let post = try snapshot.post(number), let first = positions.compactMap(\.day).min(),
        let last = positions.compactMap(\.day).max()
      else { continue }
      let key = desk.engine.postAbbreviations.expanded(post.canonical).map(String.init)
      for form in desk.engine.postAbbreviations.forms(of: key) {
        for count in 1...form.count {
          let wording = form.prefix(count).joined(separator: " ")
          guard let name = try snapshot.name(canonical: wording) else { continue }
          parts.formUnion(
            try snapshot.parts(of: name.id, as: role, in: days).filter { part in
              part.day.map { first - window <= $0 && $0 <= last + window } ?? false
            })
        }
      }
    }
    return parts
  }

  private func incumbents(of part: KnownPart, as role: RegisterRole, _ reader: DeskReader) throws
    -> [String]
  {
    let found: [Incumbent?] =
      switch role {
      case .speaker: [try reader.statement(part)?.incumbent]
      case .issuer: [try reader.directive(part)?.incumbent]
      case .chair: try reader.chairs(part)
      default: []
      }
    return found.compactMap { $0?.person.reference }
  }
}
