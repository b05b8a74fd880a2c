internal import DanvanModel

/// What the rank index holds of an article, as term streams: the headline's terms, and the terms that
/// it says so often that BM25 would count them high.
///
/// A pure function of headline and text, for an entry is taken out again by giving FTS5 the same.
struct RankTerms {
  let title: [UInt8]
  let high: [UInt8]

  /// BM25's usual constants; the mean length is that of a news article, in terms.
  private static let k1 = 1.2
  private static let b = 0.75
  private static let meanLength = 550.0
  /// Of the part of BM25 that the frequency makes, which is 1 for one mention in an article of mean
  /// length and below 2.2 for ever so many; 1.75 is five mentions.
  private static let threshold = 1.75

  /// `title` and `text` are streams.
  init(title: [UInt8], text: [UInt8]) {
    self.title = title
    var terms: [UInt64: (count: Int, range: Range<Int>)] = [:]
    var length = 0.0
    high = text.withUnsafeBufferPointer { bytes in
      TermStream.forEachTerm(in: bytes) { range, colocated in
        if !colocated { length += 1 }
        let hash = Vocabulary.hash(UnsafeBufferPointer(rebasing: bytes[range]))
        terms[hash, default: (0, range)].count += 1
        return true
      }
      let norm = Self.k1 * (1 - Self.b + Self.b * length / Self.meanLength)
      var stream: [UInt8] = [TermStream.opening]
      let chosen = terms.values.filter { term in
        let count = Double(term.count)
        return count > 1 && count * (Self.k1 + 1) / (count + norm) >= Self.threshold
      }
      for term in chosen.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
        if stream.count > 1 { stream.append(TermStream.next) }
        stream += bytes[term.range]
      }
      return stream
    }
  }
}
