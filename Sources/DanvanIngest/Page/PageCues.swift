/// Words in the `class` and `id` of elements by which pages mark what is not the article.
///
/// They are data: `lexicon/page-parts.tsv`.
public struct PageCues: Sendable {
  public enum Role: String, Sendable, CaseIterable {
    /// Menus, links to other articles, advertisements, sharing, players, polls: left out.
    case aside
    /// Readers' comments: left out, however long.
    case comment
    /// Who wrote it.
    case author
    /// When it was published.
    case date
  }
  private var roles: [String: Role] = [:]

  public init() {}

  /// `word` in lower case ASCII.
  public mutating func add(_ word: String, as role: Role) { roles[word] = role }

  /// The roles of an element by its `class` and `id`. Words are parted at anything but letters and
  /// digits, and before capitals; a word behind `has`, `with` or `no` speaks of what is inside.
  func roles(of element: MarkupElement) -> Set<Role> {
    if roles.isEmpty { return [] }
    var found: Set<Role> = []
    for name in ["class", "id"] {
      guard let value = element.attribute(name) else { continue }
      for label in value.prefix(400).split(separator: " ") {
        let words = Self.words(of: label)
        for (place, word) in words.enumerated() {
          guard let role = roles[word] else { continue }
          if place > 0, ["has", "with", "no"].contains(words[place - 1]) { continue }
          found.insert(role)
        }
      }
    }
    return found
  }

  private static func words(of label: Substring) -> [String] {
    var words: [String] = []
    var word = ""
    var wasLower = false
    for scalar in label.unicodeScalars {
      let isLetter = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
      let isUpper = ("A"..."Z").contains(scalar)
      if !isLetter && !("0"..."9").contains(scalar) || (isUpper && wasLower) {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if isLetter || ("0"..."9").contains(scalar) { word.unicodeScalars.append(scalar) }
      wasLower = isLetter && !isUpper
    }
    if !word.isEmpty { words.append(word) }
    return words.map { $0.lowercased() }
  }
}
