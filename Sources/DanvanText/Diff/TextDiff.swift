/// What changed from one text to another: by sentences first, then by words within those that changed.
///
/// Kept and removed stretches in order are the old text, kept and added ones the new one, byte for byte.
/// Near linear in the length; see `SequenceDiff`.
public struct TextDiff: Sendable {
  public enum Change: Sendable { case kept, removed, added }

  public struct Stretch: Sendable, Equatable {
    public var change: Change
    public var text: String
  }

  /// A removed stretch comes before the added one that takes its place.
  public private(set) var stretches: [Stretch] = []

  public init(from old: String, to new: String) {
    var (old, new) = (old, new)
    let bytes = (old.withUTF8 { Array($0) }, new.withUTF8 { Array($0) })
    var builder = Builder()
    Self.walk(bytes.0[...], bytes.1[...], cut: Self.sentences) { a, b, isKept in
      if isKept { return builder.keep(a) }
      Self.walk(a, b, cut: Self.words) { a, b, isKept in
        if isKept { builder.keep(a) } else { builder.change(a, b) }
      }
    }
    stretches = builder.stretches
  }

  /// Calls `body` with the stretches that are the same and, between them, with what each has else.
  private static func walk(
    _ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>, cut: (ArraySlice<UInt8>) -> [Int],
    _ body: (_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>, _ isKept: Bool) -> Void
  ) {
    let (cutsA, cutsB) = (cut(a), cut(b))
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    func items(_ bytes: ArraySlice<UInt8>, _ cuts: [Int]) -> [Int] {
      zip(cuts, cuts.dropFirst()).map { start, end in
        let (item, next) = (bytes[start..<end], numbers.count)
        if let known = numbers[item] { return known }
        numbers[item] = next
        return next
      }
    }
    let diff = SequenceDiff(items(a, cutsA), items(b, cutsB))
    var (atA, atB) = (0, 0)
    for match in diff.matches + [.init(a: cutsA.count - 1, b: cutsB.count - 1, count: 0)] {
      if match.a > atA || match.b > atB {
        body(a[cutsA[atA]..<cutsA[match.a]], b[cutsB[atB]..<cutsB[match.b]], false)
      }
      (atA, atB) = (match.a + match.count, match.b + match.count)
      if match.count > 0 {
        body(a[cutsA[match.a]..<cutsA[atA]], b[cutsB[match.b]..<cutsB[atB]], true)
      }
    }
  }

  /// Where lines and, roughly, sentences end: a place that is wrong costs nothing but a finer cut.
  private static func sentences(_ bytes: ArraySlice<UInt8>) -> [Int] {
    var cuts = [bytes.startIndex]
    for at in bytes.indices.dropFirst() {
      let last = bytes[at - 1]
      let ends =
        last == 0x0A
        || last == 0x20 && at - 2 >= bytes.startIndex && ".!?:;".utf8.contains(bytes[at - 2])
      if ends { cuts.append(at) }
    }
    return cuts + [bytes.endIndex]
  }

  /// Words, runs of spaces, and every other sign of ASCII by itself. Bytes beyond ASCII are of words.
  private static func words(_ bytes: ArraySlice<UInt8>) -> [Int] {
    enum Kind { case word, space, sign }
    func kind(_ byte: UInt8) -> Kind {
      switch byte {
      case 0x80..., 0x30...0x39, 0x41...0x5A, 0x61...0x7A: .word
      case ...0x20: .space
      default: .sign
      }
    }
    var cuts = [bytes.startIndex]
    for at in bytes.indices.dropFirst() {
      let (last, next) = (kind(bytes[at - 1]), kind(bytes[at]))
      if last != next || next == .sign { cuts.append(at) }
    }
    return cuts + [bytes.endIndex]
  }

  /// Gathers stretches so that words changed side by side are one change.
  private struct Builder {
    private var done: [Stretch] = []
    private var kept: [UInt8] = []
    private var removed: [UInt8] = []
    private var added: [UInt8] = []

    mutating func keep(_ bytes: ArraySlice<UInt8>) {
      if bytes.isEmpty { return }
      kept += bytes
    }

    mutating func change(_ old: ArraySlice<UInt8>, _ new: ArraySlice<UInt8>) {
      // Spaces between two words that were each replaced go with them.
      let joins =
        !removed.isEmpty && !added.isEmpty && !old.isEmpty && !new.isEmpty
        && kept.allSatisfy { $0 == 0x20 }
      if joins {
        removed += kept
        added += kept
        kept = []
      } else if !kept.isEmpty {
        close()
      }
      removed += old
      added += new
    }

    /// Ends the change and the kept stretch behind it.
    private mutating func close() {
      for (change, bytes) in [(Change.removed, removed), (.added, added), (.kept, kept)]
      where !bytes.isEmpty {
        // Cut between characters of valid texts.
        done.append(Stretch(change: change, text: String(decoding: bytes, as: UTF8.self)))
      }
      (kept, removed, added) = ([], [], [])
    }

    var stretches: [Stretch] {
      var last = self
      last.close()
      return last.done
    }
  }
}
