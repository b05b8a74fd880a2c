/// The terms of one article as hashes: enough to say of most queries that they cannot match it.
public struct ArticleTerms: Sendable {
  private var texts: Set<UInt64> = []
  private var names: Set<UInt64> = []

  init(_ record: ArticleRecord) {
    for stream in [record.titleTerms, record.textTerms] { Self.add(stream, to: &texts) }
    for stream in record.nameTerms { if let stream { Self.add(stream, to: &names) } }
  }

  /// False only where the article certainly does not match. Looks at no order and no distance; the
  /// index has the last word on what may match.
  public func mayMatch(_ query: StoreQuery) -> Bool {
    switch query {
    case .everything, .ids, .dated, .tagged, .written, .not: true
    case .nothing: false
    case .phrase(let phrase): mayHold(phrase)
    case .near(let phrases, _): phrases.allSatisfy(mayHold)
    case .all(let parts): parts.allSatisfy(mayMatch)
    case .any(let parts): parts.contains(where: mayMatch)
    }
  }

  private func mayHold(_ phrase: TermPhrase) -> Bool {
    let terms = phrase.field.table == .articles ? texts : names
    return phrase.places.allSatisfy { forms in
      forms.contains { terms.contains($0.withUnsafeBufferPointer(Vocabulary.hash)) }
    }
  }

  private static func add(_ stream: [UInt8], to terms: inout Set<UInt64>) {
    stream.withUnsafeBufferPointer { bytes in
      TermStream.forEachTerm(in: bytes) { range, _ in
        terms.insert(Vocabulary.hash(UnsafeBufferPointer(rebasing: bytes[range])))
        return true
      }
    }
  }
}

extension ArticleRecord {
  /// Made anew at each call.
  public var terms: ArticleTerms { ArticleTerms(self) }
}
