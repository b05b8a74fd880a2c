/// The words by which parts of a page are known, as canonical keys; filled from data by the caller.
public struct LayoutCues: Sendable {
  /// What a phrase is a cue of.
  public enum Role: String, Sendable, CaseIterable {
    /// An abbreviation whose full stop ends no sentence: `TP`, `TS`.
    case abbreviation
    /// Begins a caption: `Quang cảnh`.
    case captionOpener = "caption"
    /// Stands before the colon of a picture credit: `Ảnh`.
    case photoCredit = "credit"
    /// Says where a picture was found, in place of who took it: `Internet`.
    case pictureSource = "picture-source"
    /// Opens a sentence before a day: `Sáng`, `Ngày`.
    case dayOpener = "day"
    /// Begins an attribution line: `Theo`.
    case attributionOpener = "attribution"
    /// Begins a keyword line: `Từ khóa`.
    case keywordOpener = "keywords"
    /// A lower-case word that a date or dateline may hold: `ngày`.
    case dateWord = "date"
  }

  private var phrases: [Role: [[UInt64]]] = [:]
  private var single: [Role: Set<UInt64>] = [:]

  /// No cues: zones then follow from shapes and punctuation alone.
  public init() {}

  /// Adds a phrase of one or more words or marks.
  public mutating func add(_ phrase: String, as role: Role) {
    let keys = Tokens(NormalizedText(phrase)).map(\.key)
    guard !keys.isEmpty else { return }
    if keys.count == 1 {
      single[role, default: []].insert(keys[0])
    } else {
      phrases[role, default: []].append(keys)
    }
  }

  /// The number of tokens of the longest phrase of a role that begins at a token; 0 where none does.
  func match(_ role: Role, in tokens: Tokens, at index: Int, before end: Int) -> Int {
    guard index < end else { return 0 }
    var longest = single[role]?.contains(tokens[index].key) == true ? 1 : 0
    for phrase in phrases[role] ?? [] where phrase.count > longest && index + phrase.count <= end {
      if zip(phrase, tokens[index..<(index + phrase.count)]).allSatisfy({ $0 == $1.key }) {
        longest = phrase.count
      }
    }
    return longest
  }

  func contains(_ key: UInt64, as role: Role) -> Bool { single[role]?.contains(key) == true }
}
