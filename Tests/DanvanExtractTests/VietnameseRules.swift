import DanvanExtract

/// The shipped rule set, found beside this file's module.
enum VietnameseRules {
  static let directory: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return parts.joined(separator: "/") + "/Sources/DanvanExtract/Resources/vi"
  }()
  static let set = Result { try RuleSet(directory: directory) }
  static let extractor = Result { try Extractor(set.get()) }
  /// Every rule, for parameterised tests; empty where the set does not load, which has its own test.
  static let rules: [Rule] = (try? set.get().rules) ?? []
}
