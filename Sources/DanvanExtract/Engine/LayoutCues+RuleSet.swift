import DanvanModel
import DanvanText

extension LayoutCues {
  /// Reads `lexicon/layout.tsv`. Throws `DanvanError` where it is missing or names an unknown role.
  init(_ rules: RuleSet) throws {
    self.init()
    for entry in try rules.lexicon("layout").entries {
      guard let role = Role(rawValue: entry.field(0)) else {
        throw DanvanError.invalid(
          "\(entry.place): '\(entry.phrase)' has the unknown role '\(entry.field(0))'")
      }
      add(entry.phrase, as: role)
    }
  }
}
