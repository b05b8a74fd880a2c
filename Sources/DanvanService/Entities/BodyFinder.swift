internal import DanvanModel
internal import DanvanStore

/// A body of the corpus, under all names that mean it.
struct Body {
  var names: [KnownName]
  var shownName: String
}

/// Finds bodies in one snapshot: by name, with abbreviations written out and as people have ruled.
struct BodyFinder {
  let snapshot: Snapshot
  let abbreviations: Abbreviations

  /// The body of that name. Throws `notFound`, naming like names, where no post, directive, statement or
  /// meeting is of such a body.
  func body(_ reference: EntityReference) throws -> Body {
    var names = try spellings(of: reference.name.canonical)
    if reference.isPlain {
      for name in try snapshot.names(plain: reference.name.plain) {
        names += try spellings(of: name.canonical)
      }
    }
    var seen: Set<Int64> = []
    names = names.filter { seen.insert($0.id).inserted }
    var next = 0
    var shown: (id: Int64, text: String)?
    while next < names.count {
      let name = names[next]
      next += 1
      for ruling in try snapshot.rulings(.body, of: name.canonical) {
        if ruling.verb == .rename, ruling.id > shown?.id ?? 0 { shown = (ruling.id, ruling.text) }
        guard ruling.verb == .merge, let other = ruling.other else { continue }
        let second = ruling.entity.name == name.canonical ? other.name : ruling.entity.name
        for name in try spellings(of: second) where seen.insert(name.id).inserted {
          names.append(name)
        }
      }
    }
    let counted = try names.map { ($0, try count($0)) }.filter { $0.1 > 0 }
    guard let best = counted.max(by: { ($0.1, $1.0.id) < ($1.1, $0.0.id) })?.0 else {
      throw DanvanError(
        .notFound,
        "no fact is about a body '\(reference.name.text.prefix(80))'"
          + (try suggestions(reference)))
    }
    return Body(names: counted.map(\.0), shownName: shown?.text ?? best.text)
  }

  /// All names that read the same once abbreviations are written out: they end in the same syllable.
  private func spellings(of canonical: String) throws -> [KnownName] {
    let terms = abbreviations.expanded(canonical)
    guard let last = terms.last else { return [] }
    var names = NameReader(tokenizer: SyllableTokenizer())
    let ending = names.name(String(last))?.plain ?? String(last)
    let split = try Set(
      snapshot.rulings(.body, of: canonical).filter { $0.verb == .split }
        .flatMap { [$0.entity.name, $0.other?.name ?? ""] }
    ).subtracting([canonical])
    return try snapshot.names(plainEnding: ending).filter {
      ($0.canonical == canonical || abbreviations.expanded($0.canonical) == terms)
        && !split.contains($0.canonical)
    }
  }

  /// How many facts are about it.
  private func count(_ name: KnownName) throws -> Int {
    var count = try snapshot.posts(ofBody: name.id).count
    for role in Self.roles { count += try snapshot.parts(of: name.id, as: role).count }
    return count
  }

  private static let roles: [RegisterRole] = [.chair, .attendee, .speaker, .issuer, .addressee]

  private func suggestions(_ reference: EntityReference) throws -> String {
    let like = try snapshot.names(holding: reference.name.plain, limit: 200)
      .map { ($0, try count($0)) }.filter { $0.1 > 0 }
      .sorted { ($1.1, $0.0.id) < ($0.1, $1.0.id) }.prefix(3).map { "'\($0.0.text)'" }
    return like.isEmpty ? "" : "; there is \(like.joined(separator: ", "))"
  }
}
