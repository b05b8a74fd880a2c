internal import DanvanExtract
internal import DanvanIngest
internal import DanvanModel

extension PageCues {
  /// Reads `lexicon/page-parts.tsv`. Throws `DanvanError` where it is missing or names an unknown role.
  init(_ rules: RuleSet) throws {
    self.init()
    for (entry, place) in zip(try rules.words("page-parts"), try rules.places(of: "page-parts")) {
      guard let role = Role(rawValue: entry.role) else {
        throw DanvanError.invalid(
          "\(place): '\(entry.word)' has the unknown role '\(entry.role)'")
      }
      add(entry.word, as: role)
    }
  }
}
